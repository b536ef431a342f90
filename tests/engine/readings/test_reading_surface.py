"""The decision surface, against outputs that are written down."""

import numpy as np
import pytest

from engine.architecture import dense
from engine.inspection import Subject
from engine.inspector import Inspector
from engine.readings.surface import FINE, SIDES, PlanarDecision, SurfaceWish
from tests.engine.readings.reading_examples import linear_look, look_at, softmax_by_hand


def decision(thorough: bool = False) -> tuple[PlanarDecision, list[list[float]]]:
    look = linear_look()
    look.begin(None, thorough)
    found = SurfaceWish().answer(look)
    assert found is not None
    x0, x1, y0, y1 = found.surface.extent
    side = found.surface.scores.shape[1]
    cells = [(0, 0), (side - 1, 0), (0, side - 1), (side // 2, side // 3)]
    by_hand = [
        softmax_by_hand(look, (x0 + i * (x1 - x0) / (side - 1), y0 + j * (y1 - y0) / (side - 1)))
        for j, i in cells
    ]
    for (j, i), expected in zip(cells, by_hand, strict=True):
        assert found.surface.scores[:, j, i].tolist() == pytest.approx(expected)
    return found, by_hand


@pytest.mark.parametrize("thorough", [False, True])
def test_rows_go_up_and_columns_to_the_right(thorough: bool) -> None:
    found, _ = decision(thorough)
    assert found.surface.scores.shape == (3, *[FINE if thorough else SIDES[1]] * 2)


def test_the_square_holds_all_points() -> None:
    look = linear_look()
    found = SurfaceWish().answer(look)
    assert found is not None
    x0, x1, y0, y1 = found.surface.extent
    points = look.examples.train.x
    assert x1 - x0 == pytest.approx(y1 - y0)
    assert x0 < points[:, 0].min() < points[:, 0].max() < x1
    assert y0 < points[:, 1].min() < points[:, 1].max() < y1
    assert np.array_equal(found.surface.points, points)


def test_what_is_said_of_the_points() -> None:
    look = linear_look(names=("a", "b", "c"))
    found = SurfaceWish().answer(look)
    assert found is not None
    by_hand = [int(np.argmax(softmax_by_hand(look, x))) for x in look.examples.train.x.tolist()]
    assert found.said.tolist() == by_hand
    labels = look.examples.train.labels.tolist()
    assert found.wrong.tolist() == [k for k, own in enumerate(labels) if by_hand[k] != own]
    assert 0 < len(found.wrong) < len(labels)
    assert found.class_names == ("a", "b", "c")


def test_nothing_for_other_data() -> None:
    look = look_at(dense(3, 4, 2))
    assert SurfaceWish().answer(look) is None
    assert SurfaceWish().products(look) == 0.0


def test_it_does_not_change_when_the_network_does() -> None:
    look = linear_look()
    found = SurfaceWish().answer(look)
    assert found is not None
    before = found.surface.scores.copy(), found.said.copy()
    look.network.parameters.vector[:] = 0.0
    SurfaceWish().answer(look)
    assert np.array_equal(found.surface.scores, before[0])
    assert np.array_equal(found.said, before[1])
    assert not found.surface.scores.flags.writeable
    assert not found.said.flags.writeable


def test_a_wide_network_gets_fewer_cells() -> None:
    look = look_at(dense(2, 300, 300, 2))
    found = SurfaceWish().answer(look)
    assert found is not None
    side = found.surface.scores.shape[1]
    assert SIDES[0] <= side < SIDES[1]
    weights = 600 + 90_000 + 600
    assert SurfaceWish().products(look) == pytest.approx(weights * (side**2 + 1000))


def test_the_picture_of_the_network_takes_what_the_instrument_has() -> None:
    look = linear_look()
    inspector = Inspector(look.network, look.examples, 60)
    subject = Subject(surface=True, wishes=frozenset({SurfaceWish()}))
    inspection = inspector.look(subject)
    answer = inspection.answer(SurfaceWish())
    assert isinstance(answer, PlanarDecision)
    assert inspection.surface is answer.surface
    assert inspector.look(Subject(surface=True)).surface is not None
    assert inspector.look(Subject()).surface is None
