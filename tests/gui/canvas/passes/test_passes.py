import numpy as np
import pytest

from engine.architecture import dense
from engine.spec import Experiment
from gui.canvas.passes.passes import TRAVEL, Pass, Stage


@pytest.fixture
def inspection(inspection_of):
    return inspection_of(Experiment(dense(4, 3, 2)))


def test_backward_begins_at_the_output_and_stops_twice_at_every_layer(inspection):
    stages = Pass("backward", inspection).stages
    assert stages == (Stage(1, "pulled"), Stage(1, "delta"), Stage(0, "pulled"), Stage(0, "delta"))
    assert Pass("forward", inspection).stages == (Stage(0, "a"), Stage(1, "a"))


def test_a_layer_takes_its_time(inspection):
    told = Pass("backward", inspection)
    told.advance(1.0)
    assert (told.stage, told.t) == (Stage(1, "delta"), 1.0)
    told.advance(0.3)
    assert told.stage == Stage(0, "pulled")
    assert told.t == pytest.approx(0.5)
    told.advance(100)
    assert told.done
    assert told.stage == Stage(0, "delta")


def test_what_has_arrived(inspection):
    told = Pass("backward", inspection)
    assert told.bars() == [None, None]
    told.step(1)
    hidden, output = told.bars()
    assert hidden is None
    np.testing.assert_allclose(output, inspection.pulled[1])
    told.step(1)
    np.testing.assert_allclose(told.bars()[1], inspection.delta[1])
    told.advance(0.6 * (TRAVEL + (1 - TRAVEL) / 2))
    hidden, output = told.bars()
    np.testing.assert_allclose(hidden, inspection.pulled[0] / 2)
    np.testing.assert_allclose(output, inspection.delta[1])
    told.step(1)
    told.advance(0.2)
    middle = (inspection.pulled[0] + inspection.delta[0]) / 2
    np.testing.assert_allclose(told.bars()[0], middle)


def test_the_edges_between_are_lit_from_right_to_left(inspection):
    told = Pass("backward", inspection)
    told.t = 0.5
    assert told.pulse() is None  # the error begins at the output
    told.advance(1.0 - 0.3 + 0.6 * TRAVEL / 4)
    assert told.pulse() == (1, pytest.approx(0.75))
    told.advance(0.6 * TRAVEL / 2)
    assert told.pulse() == (1, pytest.approx(0.25))
    told.advance(0.6 * TRAVEL / 2)
    assert told.pulse() is None
    forward = Pass("forward", inspection)
    forward.advance(1 + TRAVEL / 4)
    assert forward.pulse() == (1, pytest.approx(0.25))


def test_norms_are_told_as_they_arrive(inspection):
    told = Pass("backward", inspection)
    assert told.norms() == []
    told.step(1)
    assert [n.text for n in told.norms()] == ["‖∂C/∂a‖ = 40.0"]
    told.step(1)
    assert [n.text for n in told.norms()] == ["‖δ‖ = 10.0"]
    assert told.factor() == "× 0.25"
    told.step(1)
    assert [n.text for n in told.norms()] == ["‖δ‖ = 10.0", "‖Wᵀδ‖ = 4.00"]
    assert told.norms()[-1].ratio == "× 0.40"
    told.step(1)
    output, hidden = told.norms()
    assert (output.text, output.ratio) == ("‖δ‖ = 10.0", "")
    assert (hidden.text[:9], hidden.ratio) == ("‖δ‖ = 1.0", "× 0.10")
    assert told.formula() == "times σ'(z)"


def test_forward_norms(inspection):
    told = Pass("forward", inspection)
    told.step(1)
    told.step(1)
    a = [np.linalg.norm(x) for x in inspection.a]
    assert [float(n.text.split("= ")[1]) for n in told.norms()] == pytest.approx(a, abs=0.006)
    assert told.shades() == [1.0, 1.0, 1.0]
    assert told.bars() == [None, None]


def test_steps_go_back(inspection):
    told = Pass("backward", inspection)
    for _ in range(9):
        told.step(1)
    assert told.done
    told.step(-1)
    assert (told.stage, told.t) == (Stage(0, "pulled"), 1.0)
    for _ in range(9):
        told.step(-1)
    assert (told.at, told.t) == (0, 0.0)
    assert told.bars() == [None, None]
