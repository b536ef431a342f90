"""The proof: real PyTorch runs the code as it is printed, and computes what the engine computes."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.architecture import ArchitectureSpec
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.optimizers import Rprop
from engine.parameters import Parameters
from engine.spec import Experiment
from tests.engine.export.networks import (
    EXPERIMENTS,
    HELD,
    SINGLE,
    SKIPPED,
    TRAINING,
    TRAININGS,
    Engine,
    assert_alike,
    drawn,
    engine,
    exported,
)

torch = pytest.importorskip("torch", reason="PyTorch is in the extra 'bench'")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    torch.manual_seed(1)
    yield
    torch.set_default_dtype(torch.float32)


def pair(experiment: Experiment) -> tuple[Engine, dict[str, Any], Any, Any]:
    """The engine, the program beside the engine's weights, and the examples for it."""
    reference = engine(experiment)
    reference.write_weights(Path())
    names = exported("pytorch", experiment, Path())
    return reference, names, torch.from_numpy(reference.x), torch.from_numpy(reference.y)


def assert_equal(names: dict[str, Any], expected: Parameters, what: Any, **tolerance: Any) -> None:
    """``what(parameter)`` of every parameter of the model, against the engine's arrays."""
    for layer, W, b in zip(names["layers"], expected.W, expected.b, strict=True):
        np.testing.assert_allclose(what(layer.weight), W, **tolerance)
        np.testing.assert_allclose(what(layer.bias), b, **tolerance)
    projections = [P for P in expected.projections if P is not None]
    for module, P in zip(names.get("projections", []), projections, strict=True):
        np.testing.assert_allclose(what(module.weight), P, **tolerance)


def value(parameter: Any) -> Any:
    return parameter.detach().numpy()


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_outputs_and_cost_are_the_engines(name: str) -> None:
    reference, names, x, y = pair(EXPERIMENTS[name])
    np.testing.assert_allclose(names["outputs"](x).numpy(), reference.outputs(), 1e-12, 1e-14)
    assert names["cost"](names["model"](x), y).item() == pytest.approx(reference.cost(), rel=1e-12)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_gradients_are_the_engines(name: str) -> None:
    reference, names, x, y = pair(EXPERIMENTS[name])
    names["model"].requires_grad_(True)  # of frozen layers too
    names["cost"](names["model"](x), y).backward()
    assert_equal(names, reference.gradient(), lambda p: p.grad.numpy(), rtol=1e-10, atol=1e-14)


def test_single_precision() -> None:
    reference, names, x, _ = pair(SINGLE)
    assert x.dtype == names["outputs"](x).dtype == torch.float32
    np.testing.assert_allclose(names["outputs"](x).numpy(), reference.outputs(), 1e-6, 1e-6)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_step_of_gradient_descent_is_the_engines(name: str) -> None:
    reference, names, x, y = pair(EXPERIMENTS[name])
    names["train"](x, y)
    reference.trainer.step()
    assert reference.trainer.step_count == 1
    assert_equal(names, reference.network.parameters, value, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", TRAININGS)
@pytest.mark.parametrize("architecture", [SKIPPED, HELD], ids=["all learns", "some is held"])
def test_training_is_the_engines(architecture: ArchitectureSpec, name: str) -> None:
    training = TRAININGS[name]
    reference, names, x, y = pair(Experiment(architecture, training))
    before = reference.network.parameters.vector.copy()
    names["train"](x, y)
    reference.trainer.finish()
    assert reference.trainer.step_count == training.epochs
    assert not np.allclose(reference.network.parameters.vector, before)
    assert_equal(names, reference.network.parameters, value, rtol=1e-9, atol=1e-11)


def test_mini_batches_take_every_example_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _, names, x, y = pair(replace(SINGLE, training=replace(SINGLE.training, batch=10)))
    seen: list[int] = []
    monkeypatch.setitem(names["train"].__globals__, "cost", counting(names["cost"], seen))
    names["train"](x, y)
    assert seen == [10, 10, 3]


def counting(cost: Any, seen: list[int]) -> Any:
    def counted(z: Any, y: Any) -> Any:
        seen.append(len(y))
        return cost(z, y)

    return counted


@pytest.mark.parametrize("gain", [1.0, -0.5])
@pytest.mark.parametrize("bias", BIAS_INITIALIZERS)
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_initial_values_are_of_the_engines_distribution(
    initializer: str, bias: str, gain: float
) -> None:
    experiment, expected = drawn(initializer, bias, gain)
    names = exported("pytorch", experiment, Path())
    layers = names["layers"]
    modules = [*layers, *names["projections"]]
    for module, W in zip(modules, [*expected.W, expected.projections[0]], strict=True):
        assert_alike(value(module.weight), W)
    for layer, b in zip(layers, expected.b, strict=True):
        assert value(layer.bias).std() == pytest.approx(b.std(), rel=0.4)
    if initializer != "constant":
        assert not np.array_equal(value(layers[0].weight), value(layers[1].weight))
    if initializer == "orthogonal":
        W = value(layers[0].weight)
        np.testing.assert_allclose(W @ W.T, gain**2 * np.eye(len(W)), atol=1e-12)


def test_without_a_file_of_weights_the_given_parameters_are_set() -> None:
    names = exported("pytorch", EXPERIMENTS["given"], Path())
    assert names["layers"][0].weight[2, 4].item() == 0.75
    assert names["layers"][2].bias[2].item() == 0.125


def test_factors_of_rprop_that_pytorch_refuses() -> None:
    rprop = replace(TRAINING, optimizer=Rprop(up=1.0, down=1.0))
    _, names, x, y = pair(Experiment(SKIPPED, rprop))
    names["train"](x, y, epochs=2)


def test_pytorch_was_not_faked() -> None:
    assert Path(sys.modules["torch"].__file__ or "").name == "__init__.py"
