import numpy as np
import pytest

from gui.common.scale import LinearScale, LogScale
from gui.plots.parts.columns import PixelColumns
from gui.plots.parts.trace import Trace


def trace(curves: int = 1, columns: int = 10, width: float = 1.0) -> Trace:
    made = Trace(LogScale(), curves)
    made.reduce(0.0, width, columns)
    return made


def test_a_column_is_the_mean_and_the_first_record_stands_alone():
    columns = PixelColumns(1, 0.0, 1.0, 4)
    columns.add(np.array([0.0, 0.2, 0.4, 1.5, 1.7]), np.array([[9.0], [1.0], [3.0], [5.0], [6.0]]))
    points = columns.points()
    assert points.x.tolist() == pytest.approx([0.0, 0.3, 1.6])
    assert points.y[:, 0].tolist() == [9.0, 2.0, 5.5]


def test_an_unfinished_column_borrows_from_the_one_before_it():
    columns = PixelColumns(1, 0.0, 1.0, 4)
    columns.add(np.array([0.0, 0.2, 0.4, 1.5]), np.array([[9.0], [1.0], [3.0], [8.0]]))
    assert columns.points().y[-1, 0] == pytest.approx((8.0 + 0.5 * 4.0) / (1 + 0.5 * 2))


def test_row_by_row_gives_what_all_at_once_gives():
    rng = np.random.default_rng(1)
    x, y = np.sort(rng.uniform(0, 10, 500)), rng.normal(size=(500, 3))
    y[rng.random(y.shape) < 0.05] = -np.inf
    y[rng.random(y.shape) < 0.05] = np.nan
    once, often = PixelColumns(3, 0.0, 0.1, 100), PixelColumns(3, 0.0, 0.1, 100)
    once.add(x, y)
    for start in range(0, 500, 7):
        often.add(x[start : start + 7], y[start : start + 7])
    a, b = once.points(), often.points()
    for name in ("x", "y", "zero", "infinite", "missing"):
        np.testing.assert_allclose(getattr(a, name), getattr(b, name))


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
    points = made.columns.points()
    assert points.y[-1, 0] == pytest.approx(shown, nan_ok=True)
    assert points.zero[-1, 0] == zero
    told = [int(flaw[-1, 0]) for flaw in (points.zero, points.infinite, points.missing)]
    no_number = np.isnan(records) | (np.array(records) < 0)
    assert told == [0.0 in records, np.inf in records, no_number.any()]
    assert made.flaws[:, 0].tolist() == [
        records.count(0.0), records.count(np.inf), np.count_nonzero(no_number)
    ]  # fmt: skip


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
    assert made.columns.points().y.max() < 2


def test_a_thinned_table_is_read_anew():
    made = trace()
    owner = np.full((100, 1), 1.0)
    made.take(owner, np.arange(100.0) / 10, owner)
    thinned = np.full((50, 1), 100.0)
    assert made.take(thinned, np.arange(50.0) / 5, thinned)
    assert made.replaced
    assert set(made.columns.points().y.ravel()) == {2.0}


def test_rows_that_do_not_tell_are_no_gaps():
    made = trace()
    table = np.array([[0.1], [np.nan], [0.1]])
    made.take(table, np.array([0.0, 2.0, 4.0]), table, ~np.isnan(table[:, 0]))
    assert made.columns.points().x.tolist() == [0.0, 4.0]


def test_a_view_into_the_run_keeps_one_record_on_either_side():
    made = Trace(LinearScale(), 1)
    x = np.arange(11.0)
    made.take(x, x, x[:, None])
    made.reduce(4.5, 0.5, 4)
    assert made.columns.points().x.tolist() == [4.0, 5.0, 6.0, 7.0]


def test_nothing_is_left_after_forget():
    made = trace(2)
    table = np.ones((3, 2))
    made.take(table, np.arange(3.0), table)
    made.forget()
    assert not len(made.columns.points().x)
    assert np.isnan(made.newest()).all()
    assert np.isnan(made.extent()).all()


def test_going_back_and_on_again_is_what_reading_it_anew_is():
    rng = np.random.default_rng(4)
    owner = 10.0 ** rng.normal(size=(400, 3))
    owner[rng.random(owner.shape) < 0.03] = 0.0
    owner[rng.random(owner.shape) < 0.03] = np.nan
    x = np.sort(rng.uniform(0, 10, 400))
    kept = rng.random(400) < 0.8
    made = Trace(LogScale(), 3)
    made.reduce(0.0, 0.1, 100)
    for n in (400, 250, 251, 40, 3, 120, 1, 0, 399, 398, 400):
        assert made.take(owner[:n], x[:n], owner[:n], kept[:n])
        fresh = Trace(LogScale(), 3)
        fresh.reduce(0.0, 0.1, 100)
        again = owner[:n].copy()
        fresh.take(again, x[:n], again, kept[:n])
        a, b = made.columns.points(), fresh.columns.points()
        for name in ("x", "y", "zero", "infinite", "missing"):
            np.testing.assert_allclose(getattr(a, name), getattr(b, name), err_msg=f"{n} {name}")
        np.testing.assert_array_equal(made.flaws, fresh.flaws)
        made.settle()


def test_going_back_reads_the_last_column_only():
    owner = np.arange(1.0, 101.0).reshape(100, 1)
    made, x = trace(), np.arange(100.0) / 10
    made.take(owner, x, owner)
    owner[10] = 1e9  # it has been read before
    made.take(owner[:60], x[:60], owner[:60])
    assert made.replaced
    assert made.columns.points().y.max() < 2


def test_flaws_are_counted_in_all_that_was_recorded_not_in_what_is_seen():
    made = trace(2)
    table = np.ones((20, 2))
    table[3:8, 0], table[12, 1], table[15:17, 0] = 0.0, np.inf, np.nan
    x = np.arange(20.0)
    made.take(table[:10], x[:10], table[:10])
    assert made.flaws.tolist() == [[5, 0], [0, 0], [0, 0]]
    made.take(table, x, table)
    made.reduce(18.0, 0.1, 10)
    assert made.flaws.tolist() == [[5, 0], [0, 1], [2, 0]]
    assert not made.columns.points().zero.any()


def test_a_smoothed_point_is_the_mean_of_the_records_around_it():
    rng = np.random.default_rng(7)
    x, y = np.arange(100) + 0.5, rng.normal(size=(100, 1))
    columns = PixelColumns(1, 0.0, 1.0, 100)
    columns.add(x, y)
    smooth = columns.smoothed(5)
    assert smooth.x.tolist() == columns.points().x.tolist()
    assert smooth.y[50, 0] == pytest.approx(y[45:56].mean())
    assert smooth.y[2, 0] == pytest.approx(y[0:5].mean())  # as far on both sides
    assert smooth.y[99, 0] == pytest.approx(y[94:].mean())
    assert smooth.y[0, 0] == pytest.approx(y[0, 0])


def test_the_nearest_record_and_the_next_one():
    made, x = trace(), np.array([0.0, 1.0, 4.0, 5.0])
    table = np.ones((4, 1))
    made.take(table, x, table, np.array([True, True, False, True]))
    assert [made.nearest(at) for at in (-9.0, 0.4, 0.6, 3.9, 99.0)] == [0, 0, 1, 3, 3]
    assert made.newest_row == 3
    assert (made.next_to(1.0, 0.5), made.next_to(1.0, -0.5)) == (5.0, 0.0)
    assert (made.next_to(1.0, 99.0), made.next_to(5.0, 1.0)) == (5.0, None)
    assert trace().nearest(1.0) == -1
    assert trace().next_to(0.0, 1.0) is None
