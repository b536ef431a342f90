from dataclasses import replace

import numpy as np
import pytest

from engine.architecture import dense
from engine.datasets.planar import Xor
from engine.layer_record import layer_record
from engine.measures import EVERY_STEP, KEYS, MEASURES, Meter
from engine.network import Network
from engine.optimizers import SGD, Momentum, Optimizer
from engine.parameters import draw
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start

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
    table = Meter(network, ws, network.gradient).all(move=move, decay=0.07)
    W, dW = network.parameters.W, [g.copy() for g in network.gradient.W]
    prime = [p.copy() for p in ws.prime]
    for l, errors in enumerate(errors_one_by_one(network, x, y)):
        norm = np.linalg.norm
        expected = {
            "bias_gradient": norm(np.mean(errors, axis=0)),
            "delta_rms": np.sqrt(np.mean([norm(e) ** 2 for e in errors])),
            "weight_gradient": norm(dW[l]),
            "weight_gradient_rms": np.sqrt(np.mean(dW[l] ** 2)),
            "weight_decay": 0.07 * norm(W[l]),
            "decayed_gradient": norm(dW[l] + 0.07 * W[l]),
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
    for key in ("update_ratio", "weight_decay", "decayed_gradient"):
        assert np.isnan(table[KEYS.index(key)]).all()


@pytest.mark.parametrize("scale", [1e-25, 1e-18, 1.0, 1e18])
def test_float32_norms_survive_squares_that_leave_its_range(scale: float) -> None:
    network, ws, _, _ = passed(np.float32, activation="linear")
    ws.all_delta *= np.float32(scale)
    network.gradient.vector *= np.float32(scale)
    out = np.empty(3 * EVERY_STEP)
    with np.errstate(all="ignore"):
        assert Meter(network, ws, network.gradient).finite_norms(out)
    expected = [np.linalg.norm(g.astype(float)) for g in network.gradient.b]
    np.testing.assert_allclose(out[:3], expected, rtol=1e-5)
    expected = [np.linalg.norm(g.astype(float)) for g in network.gradient.W]
    np.testing.assert_allclose(out[6:], expected, rtol=1e-5)
    expected = [np.linalg.norm(d.astype(float)) * np.sqrt(BATCH) for d in ws.delta]
    np.testing.assert_allclose(out[3:6], expected, rtol=1e-5)


def test_the_table_explains_itself() -> None:
    assert len(set(KEYS)) == len(MEASURES)
    assert all(m.label and m.symbol and m.definition and m.formula for m in MEASURES)


def test_gradient_and_decay_that_cancel_leave_what_is_left() -> None:
    network, ws, _, _ = passed(np.float32)
    for W, g in zip(network.parameters.W, network.gradient.W, strict=True):
        g[...] = -0.5 * W
        g[0, 0] += np.float32(1e-6)
    table = Meter(network, ws, network.gradient).all(decay=0.5)
    left = table[KEYS.index("decayed_gradient")]
    assert (left < 2e-6).all()
    assert (left > 5e-7).all()


@pytest.mark.parametrize("scale", [1e-25, 1e25])
def test_the_decayed_gradient_in_float32_beyond_its_squares(scale: float) -> None:
    network, ws, _, _ = passed(np.float32)
    network.parameters.vector *= np.float32(scale)
    network.gradient.vector[:] = 0.0
    network.gradient.W[0][0, 0] = np.float32(scale)
    with np.errstate(all="ignore"):
        table = Meter(network, ws, network.gradient).all(decay=0.25)
    for l, (W, g) in enumerate(zip(network.parameters.W, network.gradient.W, strict=True)):
        expected = np.linalg.norm(g.astype(float) + 0.25 * W.astype(float))
        assert table[KEYS.index("decayed_gradient"), l] == pytest.approx(expected, rel=1e-5)


def test_without_decay_the_sum_is_the_gradient() -> None:
    network, ws, _, _ = passed()
    table = Meter(network, ws, network.gradient).all(decay=0.0)
    gradient = table[KEYS.index("weight_gradient")]
    np.testing.assert_array_equal(table[KEYS.index("decayed_gradient")], gradient)
    assert (table[KEYS.index("weight_decay")] == 0.0).all()


@pytest.mark.parametrize("rule", [SGD(), Momentum(mu=0.0)])
def test_what_a_step_changes_is_the_gradient_and_the_decay(rule: Optimizer) -> None:
    """‖W′ − W‖ = η ‖∂C/∂W + λ/n·W‖, and the decay is λ/n·‖W‖, with λ changed on the way."""
    training = TrainingSpec(
        data=Xor(examples=95), batch=10, epochs=2, eta=0.3, lmbda=4.0, optimizer=rule
    )
    trainer = start(Experiment(dense(2, 4, 2), training))
    trainer.step()
    trainer.change(replace(training, lmbda=1.0))
    n = len(trainer.examples.train)
    before = [W.astype(float) for W in trainer.network.parameters.W]
    trainer.step()
    changes = [
        np.linalg.norm(W - was) for W, was in zip(trainer.network.parameters.W, before, strict=True)
    ]
    row = dict(zip(KEYS, (trainer.snapshot().measure(k)[1] for k in range(len(KEYS))), strict=True))
    lengths = np.array([np.linalg.norm(W) for W in before])
    np.testing.assert_allclose(row["weight_decay"], lengths / n, rtol=1e-5)
    np.testing.assert_allclose(changes, 0.3 * row["decayed_gradient"], rtol=1e-4)
    np.testing.assert_allclose(
        row["update_ratio"] * lengths,
        0.3 * row["weight_gradient" if rule.decoupled else "decayed_gradient"],
        rtol=1e-4,
    )
    assert (row["decayed_gradient"] != row["weight_gradient"]).all()


def test_the_probe_set_knows_its_decay_too() -> None:
    training = TrainingSpec(data=Xor(examples=95), batch=10, epochs=1, lmbda=4.0)
    trainer = start(Experiment(dense(2, 4, 2), training))
    initial = [np.linalg.norm(W) for W in trainer.network.parameters.W]
    trainer.evaluate()
    measure = KEYS.index("weight_decay")
    (decay,) = layer_record(trainer.snapshot(), measure, on_probe=True).values
    np.testing.assert_allclose(decay, 4.0 / len(trainer.examples.train) * np.array(initial), 1e-5)
