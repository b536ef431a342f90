import numpy as np
import pytest

from engine.architecture import ArchitectureSpec, LayerSpec, dense
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.parameters import Parameters, draw, stream

N_IN, N_OUT = 400, 300
SIGMA = {
    "normal": 1 / 20, "large": 1.0,
    "glorot_uniform": np.sqrt(2 / 700), "glorot_normal": np.sqrt(2 / 700),
    "he_uniform": np.sqrt(2 / 400), "he_normal": np.sqrt(2 / 400),
    "orthogonal": 1 / 20, "constant": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("key", INITIALIZERS)
def test_mean_and_spread(key: str) -> None:
    W = INITIALIZERS[key].draw(stream(1, "test"), N_OUT, N_IN)
    assert W.shape == (N_OUT, N_IN)
    assert W.std() == pytest.approx(SIGMA[key], rel=0.02, abs=1e-12)
    assert W.mean() == pytest.approx(1.0 if key == "constant" else 0.0, abs=0.01)


@pytest.mark.parametrize("shape", [(5, 5), (3, 7), (7, 3), (1, 4)])
def test_orthogonal(shape: tuple[int, int]) -> None:
    W = INITIALIZERS["orthogonal"].draw(stream(1, "test"), *shape)
    product = W @ W.T if shape[0] <= shape[1] else W.T @ W
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-14)


def test_uniform_ones_are_bounded_and_biases_are_as_named() -> None:
    W = INITIALIZERS["he_uniform"].draw(stream(1, "test"), N_OUT, N_IN)
    assert np.abs(W).max() <= np.sqrt(6 / N_IN)
    assert not BIAS_INITIALIZERS["zero"].draw(stream(1, "b"), 9).any()
    b = BIAS_INITIALIZERS["normal"].draw(stream(1, "b"), 9000)
    assert b.std() == pytest.approx(1, abs=0.03)


def drawn(architecture: ArchitectureSpec, seed: int = 1) -> Parameters:
    parameters = Parameters(architecture, np.float64)
    draw(parameters, architecture, seed)
    return parameters


def test_the_gain_multiplies_the_weights_only() -> None:
    one, three = drawn(dense(4, 3, 2)), drawn(dense(4, 3, 2, gain=3.0))
    np.testing.assert_array_equal(three.weights, 3 * one.weights)
    np.testing.assert_array_equal(three.biases, one.biases)
    assert (drawn(dense(4, 3, initializer="constant", gain=0.5)).weights == 0.5).all()


def test_networks_of_different_depth_begin_alike() -> None:
    shallow, deep = drawn(dense(8, 5, 5, 3)), drawn(dense(8, 5, 5, 5, 3))
    np.testing.assert_array_equal(shallow.W[0], deep.W[0])
    np.testing.assert_array_equal(shallow.W[1], deep.W[1])
    np.testing.assert_array_equal(shallow.W[-1], deep.W[-1])


def test_a_wider_layer_keeps_its_first_neurons() -> None:
    narrow, wide = drawn(dense(8, 5, 3)), drawn(dense(8, 6, 3))
    np.testing.assert_array_equal(narrow.W[0], wide.W[0][:5])
    np.testing.assert_array_equal(narrow.b[0], wide.b[0][:5])


def test_layers_are_independent_and_views_name_the_vector() -> None:
    parameters = drawn(ArchitectureSpec(5, tuple(LayerSpec(5) for _ in range(3))))
    assert len(np.unique(parameters.vector)) == parameters.vector.size
    parameters.W[1][0, 0] = 42.0
    assert 42.0 in parameters.weights
    parameters.b[2][1] = 43.0
    assert 43.0 in parameters.biases
