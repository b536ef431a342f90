import numpy as np
import pytest

from gui.common.scale import LinearScale, LogScale
from gui.plots.columns import PixelColumns, Trace


def trace(curves: int = 1, columns: int = 10, width: float = 1.0) -> Trace:
    made = Trace(LogScale(), curves)
    made.reduce(0.0, width, columns)
    return made


def test_a_column_is_the_mean_and_the_first_record_stands_alone():
    columns = PixelColumns(1, 0.0, 1.0, 4)
    columns.add(np.array([0.0, 0.2, 0.4, 1.5, 1.7]), np.array([[9.0], [1.0], [3.0], [5.0], [6.0]]))
    x, y, _ = columns.points()
    assert x.tolist() == pytest.approx([0.0, 0.3, 1.6])
    assert y[:, 0].tolist() == [9.0, 2.0, 5.5]


def test_an_unfinished_column_borrows_from_the_one_before_it():
    columns = PixelColumns(1, 0.0, 1.0, 4)
    columns.add(np.array([0.0, 0.2, 0.4, 1.5]), np.array([[9.0], [1.0], [3.0], [8.0]]))
    assert columns.points()[1][-1, 0] == pytest.approx((8.0 + 0.5 * 4.0) / (1 + 0.5 * 2))


def test_row_by_row_gives_what_all_at_once_gives():
    rng = np.random.default_rng(1)
    x, y = np.sort(rng.uniform(0, 10, 500)), rng.normal(size=(500, 3))
    y[rng.random(y.shape) < 0.05] = -np.inf
    y[rng.random(y.shape) < 0.05] = np.nan
    once, often = PixelColumns(3, 0.0, 0.1, 100), PixelColumns(3, 0.0, 0.1, 100)
    once.add(x, y)
    for start in range(0, 500, 7):
        often.add(x[start : start + 7], y[start : start + 7])
    for a, b in zip(once.points(), often.points(), strict=True):
        np.testing.assert_allclose(a, b)


@pytest.mark.parametrize(
    ("records", "shown", "zero"),
    [
        ([0.0, 0.0], -np.inf, True),
        ([0.0, 0.01], -2.0, True),
        ([np.nan, np.nan], np.nan, False),
        ([np.nan, 0.1], -1.0, False),
        ([np.inf, np.inf], np.inf, False),
        ([np.inf, 0.1], -1.0, False),
        ([-1.0, -1.0], np.nan, False),
        ([1e-310, 1e-310], -310.0, False),
    ],
)
def test_what_is_no_number_takes_part_in_no_mean(records, shown, zero):
    made = trace()
    table = np.array([1.0, *records])
    made.take(table, np.array([0.0, 5.1, 5.2]), table[:, None])
    _, y, zeros = made.columns.points()
    assert y[-1, 0] == pytest.approx(shown, nan_ok=True)
    assert zeros[-1, 0] == zero


def test_a_view_that_grows_is_not_read_again():
    owner = np.arange(1.0, 101.0).reshape(100, 1)
    made = trace()
    x = np.arange(100.0) / 10
    assert made.take(owner[:50], x[:50], owner[:50])
    assert made.replaced
    made.settle()
    assert not made.take(owner[:50], x[:50], owner[:50])
    owner[10] = 1e9  # it has been read before
    assert made.take(owner[:60], x[:60], owner[:60])
    assert made.grown
    assert not made.replaced
    assert made.columns.points()[1].max() < 2


def test_a_thinned_table_is_read_anew():
    made = trace()
    owner = np.full((100, 1), 1.0)
    made.take(owner, np.arange(100.0) / 10, owner)
    thinned = np.full((50, 1), 100.0)
    assert made.take(thinned, np.arange(50.0) / 5, thinned)
    assert made.replaced
    assert set(made.columns.points()[1].ravel()) == {2.0}


def test_rows_that_do_not_tell_are_no_gaps():
    made = trace()
    table = np.array([[0.1], [np.nan], [0.1]])
    made.take(table, np.array([0.0, 2.0, 4.0]), table, ~np.isnan(table[:, 0]))
    assert made.columns.points()[0].tolist() == [0.0, 4.0]


def test_a_view_into_the_run_keeps_one_record_on_either_side():
    made = Trace(LinearScale(), 1)
    x = np.arange(11.0)
    made.take(x, x, x[:, None])
    made.reduce(4.5, 0.5, 4)
    assert made.columns.points()[0].tolist() == [4.0, 5.0, 6.0, 7.0]


def test_nothing_is_left_after_forget():
    made = trace(2)
    table = np.ones((3, 2))
    made.take(table, np.arange(3.0), table)
    made.forget()
    assert not len(made.columns.points()[0])
    assert np.isnan(made.newest()).all()
    assert np.isnan(made.extent()).all()
