from dataclasses import replace

import numpy as np
import pytest

from engine import divergence
from engine.architecture import INPUT, SkipSpec
from engine.datasets.dataset import DataSet
from engine.edits import change_layer, change_training
from engine.optimizers import OPTIMIZERS
from engine.spec import Experiment
from engine.trainer import start


def test_a_run_that_explodes_stops_and_keeps_what_was(
    experiment: Experiment, blobs: DataSet
) -> None:
    linear = change_training(experiment, cost="quadratic")
    for l in range(3):
        linear = change_layer(linear, l, activation="linear")
    trainer = start(change_training(linear, eta=1e3, epochs=100), blobs)
    trainer.finish()
    fault = trainer.divergence
    assert fault is not None
    assert trainer.done
    assert fault.step == trainer.step_count > 0
    assert 1 <= fault.layer <= 3
    assert f"Stopped at step {fault.step}" in str(fault)
    assert "η = 100 instead of 1,000" in str(fault)
    snapshot = trainer.snapshot(weights=True)
    assert np.isfinite(snapshot.measure(0)).all()
    assert snapshot.history[-1, 0] == fault.step - 1
    assert snapshot.divergence == fault
    trainer.step()
    assert trainer.step_count == fault.step


@pytest.mark.parametrize(("layer", "value"), [(0, np.nan), (1, np.inf), (2, np.nan)])
def test_it_names_the_layer_where_it_began(
    layer: int, value: float, experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(experiment, blobs)
    for _ in range(3):
        trainer.step()
    trainer.network.parameters.W[layer][0, 0] = value
    trainer.step()
    assert trainer.divergence is not None
    assert (trainer.divergence.layer, trainer.divergence.step) == (layer + 1, 3)
    assert trainer.divergence.quantity == "a weight"


def test_it_names_a_projection(experiment: Experiment, blobs: DataSet) -> None:
    skips = (SkipSpec("h1", "output"), SkipSpec(INPUT, "h2"))
    spec = replace(experiment.architecture, skips=skips)
    trainer = start(replace(experiment, architecture=spec), blobs)
    trainer.step()
    for P, layer in zip(trainer.network.parameters.projections, (3, 2), strict=True):
        assert P is not None
        P[0, 0] = np.inf
        found = divergence.find(trainer.network, trainer.network.workspace(1), 1, trainer.training)
        assert (found.quantity, found.layer) == ("a projection", layer)


def test_large_weights_are_named_as_a_reason(experiment: Experiment, blobs: DataSet) -> None:
    large = change_training(experiment, cost="quadratic", eta=1e3)
    for l in range(3):
        large = change_layer(large, l, activation="leaky_relu", initializer="large")
    trainer = start(large, blobs)
    trainer.finish()
    assert "smaller initial weights" in str(trainer.divergence)


@pytest.mark.parametrize(("key", "advised"), [("sgd", "0.01"), ("adam", "0.001")])
def test_the_advice_knows_how_long_a_step_is(
    key: str, advised: str, experiment: Experiment, blobs: DataSet
) -> None:
    trainer = start(change_training(experiment, optimizer=OPTIMIZERS[key](), eta=0.1), blobs)
    trainer.network.parameters.W[0][0, 0] = np.nan
    trainer.step()
    assert f"η = {advised} instead of 0.1" in str(trainer.divergence)
