import numpy as np
import pytest

from engine.architecture import dense
from engine.measures import EVERY_STEP, KEYS, MEASURES, Meter
from engine.network import Network
from engine.parameters import draw

BATCH = 6


def passed(dtype=np.float64, scale: float = 1.0, widths=(4, 5, 5, 3), **of_each):
    """A network after a backward pass over six random examples."""
    architecture = dense(*widths, **of_each)
    network = Network(architecture, "quadratic", dtype)
    draw(network.parameters, architecture, 2)
    rng = np.random.default_rng(0)
    x = rng.standard_normal((widths[0], BATCH)).astype(dtype)
    y = scale * rng.standard_normal((widths[-1], BATCH)).astype(dtype)
    ws = network.workspace(BATCH)
    network.forward(ws, x)
    network.backward(ws, y.astype(dtype))
    return network, ws, x, y.astype(dtype)


def errors_one_by_one(network: Network, x, y) -> list[list[np.ndarray]]:
    """δ of every layer (outer list) for every example."""
    per_layer: list[list[np.ndarray]] = [[] for _ in network.parameters.W]
    for k in range(BATCH):
        ws = network.workspace(1)
        network.forward(ws, x[:, k : k + 1])
        network.backward(ws, y[:, k : k + 1])
        for l, delta in enumerate(ws.delta):
            per_layer[l].append(delta[:, 0].copy())
    return per_layer


def test_definitions_from_the_errors_of_single_examples() -> None:
    network, ws, x, y = passed()
    move = [0.01 * W for W in network.gradient.W]
    table = Meter(network, ws, network.gradient).all(move=move)
    W, dW = network.parameters.W, [g.copy() for g in network.gradient.W]
    prime = [p.copy() for p in ws.prime]
    for l, errors in enumerate(errors_one_by_one(network, x, y)):
        norm = np.linalg.norm
        expected = {
            "bias_gradient": norm(np.mean(errors, axis=0)),
            "delta_rms": np.sqrt(np.mean([norm(e) ** 2 for e in errors])),
            "weight_gradient": norm(dW[l]),
            "weight_gradient_rms": np.sqrt(np.mean(dW[l] ** 2)),
            "update_ratio": 0.01 * norm(dW[l]) / norm(W[l]),
            "saturated": np.mean(np.abs(prime[l]) < 0.05 * 0.25),
            "mean_prime": np.mean(np.abs(prime[l])),
        }
        for key, value in expected.items():
            assert table[KEYS.index(key), l] == pytest.approx(value, rel=1e-12), key


def test_saturation_is_seen() -> None:
    network, ws, _, _ = passed(initializer="large", gain=100.0)
    table = Meter(network, ws, network.gradient).all()
    assert (table[KEYS.index("saturated")] > 0.5).all()
    assert np.isnan(table[KEYS.index("update_ratio")]).all()


@pytest.mark.parametrize("scale", [1e-25, 1e-18, 1.0, 1e18])
def test_float32_norms_survive_squares_that_leave_its_range(scale: float) -> None:
    network, ws, _, _ = passed(np.float32, activation="linear")
    ws.all_delta *= np.float32(scale)
    network.gradient.vector *= np.float32(scale)
    out = np.empty(3 * EVERY_STEP)
    with np.errstate(all="ignore"):
        Meter(network, ws, network.gradient).exact_norms(out)
    expected = [np.linalg.norm(g.astype(float)) for g in network.gradient.b]
    np.testing.assert_allclose(out[:3], expected, rtol=1e-5)
    expected = [np.linalg.norm(g.astype(float)) for g in network.gradient.W]
    np.testing.assert_allclose(out[6:], expected, rtol=1e-5)
    expected = [np.linalg.norm(d.astype(float)) * np.sqrt(BATCH) for d in ws.delta]
    np.testing.assert_allclose(out[3:6], expected, rtol=1e-5)


def test_the_table_explains_itself() -> None:
    assert len(set(KEYS)) == len(MEASURES)
    assert all(m.label and m.symbol and m.definition for m in MEASURES)
