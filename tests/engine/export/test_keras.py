"""The proof: real Keras (on PyTorch) runs the code as it is printed, and computes the same."""

import importlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.architecture import ArchitectureSpec
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.parameters import Parameters
from engine.spec import Experiment
from tests.engine.export.networks import (
    EXPERIMENTS,
    HELD,
    SINGLE,
    SKIPPED,
    TRAININGS,
    Engine,
    assert_alike,
    drawn,
    engine,
    exported,
)

os.environ.setdefault("KERAS_BACKEND", "torch")
torch = pytest.importorskip("torch", reason="PyTorch is in the extra 'bench'")
keras = pytest.importorskip("keras", reason="Keras is in the extra 'bench'")

# Keras's variables do not know NumPy's argument copy.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SINGLE_PRECISION = {"rtol": 1e-5, "atol": 2e-6}
SAME = {"rtol": 1e-9, "atol": 1e-11}
SOFTPLUS = {"rtol": 1e-8, "atol": 1e-8}  # on PyTorch Keras takes softplus z = z from 20 on
EPSILON = {"rtol": 0.01, "atol": 2e-3}  # where it is added, as the code says


@pytest.fixture
def _double(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PyTorch Keras multiplies matrices in single precision, even if told float64.

    Lifting that compares what is computed to the last digits instead of the first six.
    """
    types = importlib.import_module("keras.src.backend.common.dtypes")
    monkeypatch.setitem(types.BIT64_TO_BIT32_DTYPE, "float64", "float64")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    keras.utils.set_random_seed(1)
    yield
    keras.config.set_floatx("float32")
    keras.backend.clear_session()


def pair(experiment: Experiment) -> tuple[Engine, dict[str, Any]]:
    """The engine, and the program beside the engine's weights."""
    reference = engine(experiment)
    reference.write_weights(Path())
    return reference, exported("keras", experiment, Path())


def array(variable: Any) -> Any:
    return keras.ops.convert_to_numpy(variable)


def assert_equal(names: dict[str, Any], expected: Parameters, what: Any, **tolerance: Any) -> None:
    """``what(variable)`` of every variable of the model, against the engine's arrays."""
    for layer, W, b in zip(names["layers"], expected.W, expected.b, strict=True):
        np.testing.assert_allclose(what(layer.kernel), W.T, **tolerance)
        np.testing.assert_allclose(what(layer.bias), b, **tolerance)
    projections = [P for P in expected.projections if P is not None]
    for layer, P in zip(names.get("projections", []), projections, strict=True):
        np.testing.assert_allclose(what(layer.kernel), P.T, **tolerance)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_outputs_are_the_engines(name: str) -> None:
    reference, names = pair(EXPERIMENTS[name])
    outputs = array(names["outputs"](reference.x))
    np.testing.assert_allclose(outputs, reference.outputs(), **SINGLE_PRECISION)


def test_single_precision() -> None:
    reference, names = pair(SINGLE)
    outputs = array(names["outputs"](reference.x))
    assert outputs.dtype == np.float32
    np.testing.assert_allclose(outputs, reference.outputs(), **SINGLE_PRECISION)


@pytest.mark.usefixtures("_double")
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_outputs_cost_gradients_and_a_step_are_the_engines_to_the_last_digits(name: str) -> None:
    reference, names = pair(EXPERIMENTS[name])
    x, y, model = reference.x, reference.y, names["model"]
    tolerance = SOFTPLUS if "softplus" in name else SAME
    np.testing.assert_allclose(array(names["outputs"](x)), reference.outputs(), **tolerance)
    modules = [*names["layers"], *names.get("projections", [])]
    frozen = [module for module in modules if not module.trainable]
    model.trainable = True
    cost = keras.ops.mean(names["cost"](y, model(x)))
    assert cost.item() == pytest.approx(reference.cost(), rel=1e-8)
    cost.backward()
    assert_equal(names, reference.gradient(), lambda v: v.value.grad.numpy(), **tolerance)
    for module in frozen:
        module.trainable = False
    names["train"](x, y)
    reference.trainer.step()
    assert_equal(names, reference.network.parameters, array, **tolerance)


@pytest.mark.usefixtures("_double")
@pytest.mark.parametrize("name", TRAININGS)
@pytest.mark.parametrize("architecture", [SKIPPED, HELD], ids=["all learns", "some is held"])
def test_training_is_the_engines(architecture: ArchitectureSpec, name: str) -> None:
    training = TRAININGS[name]
    if hasattr(training.optimizer, "eps"):
        training = replace(training, optimizer=replace(training.optimizer, eps=1e-12))
    assert_equal_after(Experiment(architecture, training), {"rtol": 1e-5, "atol": 1e-6})


@pytest.mark.usefixtures("_double")
@pytest.mark.parametrize("name", [name for name in TRAININGS if name[:4] in ("adam", "rmsp")])
def test_with_an_epsilon_training_is_nearly_the_engines(name: str) -> None:
    assert_equal_after(Experiment(SKIPPED, TRAININGS[name]), EPSILON)


def assert_equal_after(experiment: Experiment, tolerance: dict[str, Any]) -> None:
    """The program's parameters and the engine's after the same training."""
    reference, names = pair(experiment)
    names["train"](reference.x, reference.y)
    reference.trainer.finish()
    assert reference.trainer.step_count == experiment.training.epochs
    tight = SAME if "eps" not in dir(experiment.training.optimizer) else tolerance
    assert_equal(names, reference.network.parameters, array, **tight)


@pytest.mark.parametrize("gain", [1.0, -0.5, 0.0])
@pytest.mark.parametrize("bias", BIAS_INITIALIZERS)
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_initial_values_are_of_the_engines_distribution(
    initializer: str, bias: str, gain: float
) -> None:
    experiment, expected = drawn(initializer, bias, gain)
    names = exported("keras", experiment, Path())
    layers = names["layers"]
    modules = [*layers, *names["projections"]]
    for layer, W in zip(modules, [*expected.W, expected.projections[0]], strict=True):
        assert_alike(array(layer.kernel), W.T)
    for layer, b in zip(layers, expected.b, strict=True):
        assert array(layer.bias).std() == pytest.approx(b.std(), rel=0.4)
    if initializer != "constant" and gain:
        assert not np.array_equal(array(layers[0].kernel), array(layers[1].kernel))
    if initializer == "orthogonal":
        W = array(layers[0].kernel)
        np.testing.assert_allclose(W @ W.T, gain**2 * np.eye(len(W)), atol=1e-12)


def test_without_a_file_of_weights_the_given_parameters_are_set() -> None:
    names = exported("keras", EXPERIMENTS["given"], Path())
    assert array(names["layers"][0].kernel)[4, 2] == 0.75
    assert array(names["layers"][2].bias)[2] == 0.125
