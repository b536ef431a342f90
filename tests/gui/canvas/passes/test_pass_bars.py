"""What a pass shows of numbers that are infinite or none, as those of a run that diverged are."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from engine.architecture import dense
from engine.inspection import Inspection
from engine.spec import Experiment
from gui.canvas.passes.passes import Pass
from tests.gui.canvas.conftest import make_inspection

PULLED, DELTA = np.array([inf, inf, 4.0, nan]), np.array([-inf, 0.0, 2.0, 1.0])


@pytest.fixture
def diverged() -> Inspection:
    inspection = make_inspection(Experiment(dense(3, 4, 2)))
    pulled, delta = (PULLED, inspection.pulled[1]), (DELTA, inspection.delta[1])
    return replace(inspection, pulled=pulled, delta=delta)


def bars(inspection: Inspection, at: int, t: float) -> np.ndarray | None:
    passing = Pass("backward", inspection)
    passing.at, passing.t = at, t
    return passing.bars()[0]


def test_what_arrives_is_infinite_at_once(diverged: Inspection) -> None:
    assert bars(diverged, 2, 0.1) is None
    np.testing.assert_allclose(bars(diverged, 2, 0.8), [inf, inf, 2.0, nan])
    np.testing.assert_array_equal(bars(diverged, 2, 1.0), PULLED)


def test_times_the_slope_begins_and_ends_with_what_is_there(diverged: Inspection) -> None:
    np.testing.assert_array_equal(bars(diverged, 3, 0.0), PULLED)
    np.testing.assert_array_equal(bars(diverged, 3, 0.5), [nan, inf, 3.0, nan])
    np.testing.assert_array_equal(bars(diverged, 3, 1.0), DELTA)


@pytest.mark.parametrize(
    ("value", "said"), [(nan, "?"), (inf, "∞"), (-inf, "∞"), (1e300, "3.9·10³⁰⁰")]
)
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_a_pass_of_such_numbers_is_told_to_its_end(
    panel, value: float, said: str, direction: str
) -> None:
    seen = panel.feed()
    for arrays in (seen.a, seen.pulled, seen.delta):
        for array in arrays:
            array[::2] = value
    panel.look.begin_pass(direction)
    player = panel.look.player
    player.pause()
    while not player.current.done:
        player.current.advance(0.13)
        player._show()
    panel.widget.grab()
    norms = {norm.layer: norm.text for norm in player.current.norms()}
    assert sorted(norms) == [0, 1, 2]
    assert norms[0].endswith(f" = {said}")  # of every second of 30 neurons
