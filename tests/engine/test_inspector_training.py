"""A close look while a network trains: it tells what is there, and training feels nothing."""

from dataclasses import fields, replace

import numpy as np
import pytest

from engine.architecture import BIAS, GivenParameter, dense
from engine.datasets.dataset import DataSet
from engine.edits import change_training
from engine.inspection import Inspection, Subject
from engine.optimizers import OPTIMIZERS
from engine.spec import Experiment
from engine.trainer import Trainer, start


def arrays_of(seen: Inspection) -> list[np.ndarray]:
    values = [getattr(seen, f.name) for f in fields(seen)]
    parts = [a for v in values for a in (v if isinstance(v, tuple) else (v,))]
    assert seen.distributions is not None
    assert seen.surface is not None
    histograms = [getattr(seen.distributions, f.name) for f in fields(seen.distributions)]
    parts += [a for h in histograms for a in (h.edges, h.counts)]
    parts += [seen.surface.scores, seen.surface.points, seen.surface.labels]
    return [a for a in parts if isinstance(a, np.ndarray)]


def test_its_arrays_are_read_only_and_its_own(xor: Trainer) -> None:
    subject = Subject(layer=0, surface=True, parameter=(0, 0, 0))
    xor.step()
    seen = xor.inspect(subject)
    arrays = arrays_of(seen)
    assert len(arrays) == 1 + 7 * 3 + 8 + 3
    before = [a.copy() for a in arrays]
    for _ in range(30):
        xor.step()
    xor.inspect(subject)
    for array, was in zip(arrays, before, strict=True):
        assert not array.flags.writeable
        np.testing.assert_array_equal(array, was)


def test_training_does_not_notice(xor: Trainer) -> None:
    plain = start(Experiment(dense(2, 6, 5, 2), xor.training))
    for k in range(60):
        xor.step()
        plain.step()
        xor.inspect(Subject(example=k, layer=k % 3, parameter=(0, 1, 1), surface=True))
    np.testing.assert_array_equal(xor.network.parameters.vector, plain.network.parameters.vector)
    np.testing.assert_array_equal(xor.snapshot().delta[0], plain.snapshot().delta[0])
    np.testing.assert_array_equal(xor.snapshot().history, plain.snapshot().history)


@pytest.mark.parametrize("place", [(0, 1, 2), (1, 4, BIAS), (2, 2, 4), (0, 0, BIAS)])
@pytest.mark.parametrize("key", ["sgd", "momentum", "adamw"])
@pytest.mark.parametrize(("precision", "rel"), [("float64", 1e-9), ("float32", 2e-3)])
def test_a_reading_follows_the_parameter(
    place: tuple[int, int, int], key: str, precision: str, rel: float,
    experiment: Experiment, blobs: DataSet,
) -> None:  # fmt: skip
    fields = {"optimizer": OPTIMIZERS[key](), "lmbda": 4.0, "eta": 0.05, "precision": precision}
    trainer = start(change_training(experiment, **fields), blobs)
    trainer.evaluate()
    subject = Subject(parameter=place)
    first = trainer.inspect(subject).reading
    assert first is not None
    assert (first.change, first.frozen) == (0.0, False)
    seen = trainer.inspect(Subject())
    l, neuron, source = place
    own = seen.delta[l][neuron] if source == BIAS else seen.dC_dW[l][neuron, source]
    assert first.gradient == own
    values = [first.value]
    for _ in range(15):
        trainer.step()
        reading = trainer.inspect(subject).reading
        values.append(reading.value)
        assert reading.change == pytest.approx(values[-1] - values[-2], rel=rel, abs=1e-6 * rel)
        gradient = trainer.network.gradient
        last = gradient.b[l][neuron] if source == BIAS else gradient.W[l][neuron, source]
        assert reading.gradient == last


def test_a_frozen_parameter_reads_as_such(experiment: Experiment, blobs: DataSet) -> None:
    given = (GivenParameter("h2", 1, 1, 0.5, frozen=True), GivenParameter("h2", 1, 2, 0.5))
    layers = (replace(experiment.architecture.layers[0], frozen=True),)
    layers += experiment.architecture.layers[1:]
    spec = replace(experiment.architecture, layers=layers, given=given)
    trainer = start(replace(change_training(experiment, lmbda=5.0), architecture=spec), blobs)
    trainer.step()
    for place, frozen in (((0, 0, 0), True), ((0, 3, BIAS), True), ((1, 1, 1), True),
                          ((1, 1, 2), False), ((2, 0, BIAS), False)):  # fmt: skip
        reading = trainer.inspect(Subject(parameter=place)).reading
        assert reading.frozen is frozen
        assert reading.gradient != 0
        assert (reading.change == 0.0) is frozen


@pytest.mark.parametrize("subject", [
    Subject(example=10**9), Subject(example=-3), Subject(layer=7), Subject(layer=-1),
    Subject(parameter=(9, 0, 0)), Subject(parameter=(0, 6, 0)), Subject(parameter=(0, 0, 2)),
    Subject(parameter=(-1, 0, 0)), Subject(parameter=(0, 0, -2)),
])  # fmt: skip
def test_what_is_not_there_is_left_out(subject: Subject, xor: Trainer) -> None:
    seen = xor.inspect(subject)
    assert seen.distributions is None
    assert seen.reading is None
    if subject.example is not None:
        assert seen.subject.example in (0, 199)
    else:
        assert seen.subject == subject


def test_the_surface_is_what_the_network_says_there(xor: Trainer) -> None:
    for _ in range(20):
        xor.step()
    surface = xor.inspect(Subject(surface=True)).surface
    assert surface is not None
    x0, x1, y0, y1 = surface.extent
    assert x1 - x0 == pytest.approx(y1 - y0)
    x = xor.examples.train.x
    assert x0 < x[:, 0].min() < x[:, 0].max() < x1
    assert y0 < x[:, 1].min() < x[:, 1].max() < y1
    side = surface.scores.shape[1]
    assert surface.scores.shape == (2, side, side) == (2, 48, 48)
    ws = xor.network.workspace(1)
    for row, column in ((0, 0), (0, 47), (47, 0), (13, 29)):
        at = np.array([[x0 + column * (x1 - x0) / 47], [y0 + row * (y1 - y0) / 47]])
        xor.network.forward(ws, at.astype(ws.all_z.dtype))
        np.testing.assert_allclose(surface.scores[:, row, column], ws.a[-1][:, 0], rtol=1e-5)
    np.testing.assert_array_equal(surface.points, x[:1000])
    np.testing.assert_array_equal(surface.labels, xor.examples.train.labels[:1000])


def test_no_surface_but_of_the_plane(experiment: Experiment, blobs: DataSet, xor: Trainer) -> None:
    assert start(experiment, blobs).inspect(Subject(surface=True)).surface is None
    assert xor.inspect(Subject()).surface is None


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3e38])
def test_a_network_that_diverged_can_be_looked_at(value: float, xor: Trainer) -> None:
    xor.step()
    xor.network.parameters.W[1][0] = value
    xor.network.parameters.b[2][0] = -value
    for example in (None, 3):
        seen = xor.inspect(Subject(example, layer=1, parameter=(1, 0, 0), surface=True))
        assert seen.distributions is not None
        assert np.isfinite(seen.distributions.z.edges).all()
        assert seen.reading is not None
        assert not abs(seen.reading.value) < 1e38


def test_a_snapshot_carries_the_look_that_was_asked_for(xor: Trainer) -> None:
    assert xor.snapshot(weights=True).inspection is None
    subject = Subject(layer=1)
    assert xor.snapshot(True, subject).inspection.subject == subject
