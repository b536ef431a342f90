"""Distributions of the layers, against values that are computed neuron by neuron."""

from dataclasses import replace
from math import exp, log10

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.architecture import LayerSpec, dense
from engine.datasets.planar import Moons
from engine.inspection import Subject
from engine.look import Look
from engine.readings.distributions import (
    MANY,
    QUANTITIES,
    DistributionsReading,
    DistributionsWish,
)
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from tests.engine.readings.reading_examples import look_at


def by_hand(look: Look) -> dict[str, list[list[float]]]:
    """z, a, σ', δ and the gradients of a 3-4-2 network of sigmoids, quadratic cost."""
    found: dict[str, list[list[float]]] = {key: [[], []] for key in ("z", "a", "prime", "delta")}
    W, b = ([array.tolist() for array in part] for part in (
        look.network.parameters.W, look.network.parameters.b,
    ))  # fmt: skip
    gradients = [np.zeros((4, 3)), np.zeros((2, 4))]
    for x, y in zip(look.probe.x.tolist(), look.probe.y.tolist(), strict=True):
        layers, before = [], x
        for l in range(2):
            z = [
                sum(w * v for w, v in zip(row, before, strict=True)) + bias
                for row, bias in zip(W[l], b[l], strict=True)
            ]
            a = [1 / (1 + exp(-value)) for value in z]
            layers.append((z, a, [value * (1 - value) for value in a]))
            before = a
        delta = [(a - t) * p for a, t, p in zip(layers[1][1], y, layers[1][2], strict=True)]
        hidden = [sum(W[1][k][j] * delta[k] for k in range(2)) * layers[0][2][j] for j in range(4)]
        gradients[0] += np.outer(hidden, x) / len(look.probe)
        gradients[1] += np.outer(delta, layers[0][1]) / len(look.probe)
        for l, d in enumerate((hidden, delta)):
            for key, values in zip(found, (*layers[l], d), strict=True):
                found[key][l] += values
    found["W"] = [np.ravel(w).tolist() for w in W]
    found["dC_dW"] = [g.ravel().tolist() for g in gradients]
    return found


@pytest.mark.parametrize("key", list(QUANTITIES))
def test_counts_of_every_quantity(key: str) -> None:
    look = look_at(dense(3, 4, 2))
    reading = DistributionsWish(key).answer(look)
    for l, values in enumerate(by_hand(look)[key]):
        places = np.log10(np.abs(values)) if QUANTITIES[key].log else np.array(values)
        within = np.clip(places, reading.edges[0], reading.edges[-1])
        expected = np.histogram(within, reading.edges)[0]
        # The last bit of a value may put it on the other side of an edge.
        assert np.abs(np.cumsum(reading.counts[l]) - np.cumsum(expected)).max() <= 1
        assert reading.counts[l].sum() == reading.counted[l] == len(values)
        assert reading.mean[l] == pytest.approx(places.mean())
        assert reading.spread[l] == pytest.approx(places.std())
        assert reading.negative[l] == sum(value < 0 for value in values)
    assert reading.examples == 60
    assert reading.neurons.tolist() == [4, 2]


def test_a_saturated_layer() -> None:
    look = look_at(dense(3, 40, 40, 2))
    look.network.parameters.W[0][:20] = 0.0
    look.network.parameters.b[0][:] = [100.0] * 5 + [2.0] * 15 + [0.0] * 20
    look.network.parameters.W[0][20:] = 0.0
    reading = DistributionsWish("prime").answer(look)
    # σ'(2) = 0.105 is well over 5 % of 1/4; σ'(100) = 0.
    assert reading.saturated[0] == pytest.approx(5 / 40)
    assert reading.dead[0] == 5
    assert reading.worst_layer[0] == "saturated"
    assert reading.edges[[0, -1]].tolist() == [0.0, 0.25]
    assert reading.marks == (0.0, 0.25)


def test_dead_relu_neurons() -> None:
    look = look_at(dense(3, 10, 10, 2, activation="relu"))
    look.network.parameters.W[1][:] = 0.1
    look.network.parameters.b[1][:] = [-1e3] * 7 + [1e3] * 3
    reading = DistributionsWish("delta").answer(look)
    assert reading.dead[1] == 7
    assert reading.worst_layer == ("dead", 1, 0.7)
    assert reading.worst_layer[2] >= MANY
    assert reading.zeros[1] >= 7 * 60
    places = reading.counts.sum(axis=1) + reading.zeros + reading.not_finite
    assert places.tolist() == reading.counted.tolist()


def test_the_output_is_not_judged() -> None:
    look = look_at(dense(3, 10, 2))
    look.network.parameters.b[1][:] = 100.0
    reading = DistributionsWish("z").answer(look)
    assert reading.saturated[1] == 1.0
    assert reading.worst_layer[1] == 0
    alone = look_at(dense(3, 2))
    alone.network.parameters.b[0][:] = 100.0
    assert DistributionsWish("z").answer(alone).worst_layer == ("dead", 0, 1.0)


@pytest.mark.parametrize(
    ("activation", "a"),
    [
        ("sigmoid", (0.0, 1.0)), ("tanh", (-1.0, 1.0)), ("relu", (0.0,)), ("linear", ()),
        ("softsign", (-1.0, 1.0)), ("elu", (-1.0,)), ("softplus", (0.0,)), ("leaky_relu", ()),
    ],
)  # fmt: skip
def test_the_limits_of_an_activation(activation: str, a: tuple[float, ...]) -> None:
    look = look_at(dense(3, 5, 2, activation=activation))
    reading = DistributionsWish("a").answer(look)
    assert reading.marks == pytest.approx(a)
    slopes = DistributionsWish("prime").answer(look).marks
    assert slopes == (0.0, ACTIVATIONS[activation].max_prime)


def test_softmax_lies_between_0_and_1() -> None:
    spec = dense(3, 5, 2, activation="tanh")
    spec = replace(spec, layers=(spec.layers[0], LayerSpec(2, "softmax", id="output")))
    look = look_at(spec, "log_likelihood")
    assert DistributionsWish("a").answer(look).marks == (-1.0, 0.0, 1.0)


def test_the_update_to_the_weights() -> None:
    training = TrainingSpec(data=Moons(), lmbda=0.0, eta=0.7, precision="float64")
    trainer = start(Experiment(dense(2, 6, 2), training))
    wish = DistributionsWish("W")
    subject = Subject(wishes=frozenset({wish}))
    assert np.isnan(trainer.inspect(subject).answer(wish).log10_update).all()
    trainer.evaluate()
    before = [W.copy() for W in trainer.network.parameters.W]
    trainer.step()
    reading = trainer.inspect(subject).answer(wish)
    assert isinstance(reading, DistributionsReading)
    for l, W in enumerate(trainer.network.parameters.W):
        ratio = np.sqrt(((W - before[l]) ** 2).sum()) / np.sqrt((W**2).sum())
        assert reading.log10_update[l] == pytest.approx(log10(ratio))


def test_no_step_at_all_is_minus_infinity() -> None:
    spec = dense(2, 6, 2)
    spec = replace(spec, layers=(replace(spec.layers[0], frozen=True), spec.layers[1]))
    trainer = start(Experiment(spec, TrainingSpec(data=Moons())))
    trainer.evaluate()
    trainer.step()
    wish = DistributionsWish("W")
    reading = trainer.inspect(Subject(wishes=frozenset({wish}))).answer(wish)
    assert reading is not None
    assert reading.log10_update[0] == -np.inf
    assert np.isfinite(reading.log10_update[1])


@pytest.mark.parametrize("key", list(QUANTITIES))
@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0, 1e300])
def test_a_broken_network(key: str, bad: float) -> None:
    look = look_at(dense(3, 4, 4, 2))
    look.network.parameters.W[1][:] = bad
    with np.errstate(all="ignore"):
        reading = DistributionsWish(key).answer(look)
    assert np.isfinite(reading.edges).all()
    lost = reading.zeros + reading.not_finite
    assert (reading.counts.sum(axis=1) + lost).tolist() == reading.counted.tolist()
    if key == "W" and not np.isfinite(bad):
        assert reading.not_finite.tolist() == [0, 16, 0]


@pytest.mark.parametrize("layers", [1, 100])
def test_any_depth(layers: int) -> None:
    look = look_at(dense(3, *[5] * (layers - 1), 2))
    for key in QUANTITIES:
        reading = DistributionsWish(key).answer(look)
        assert len(reading.counts) == len(reading.saturated) == layers


def test_a_long_look_counts_more() -> None:
    look = look_at(dense(3, 300, 300, 2), n=500)
    wish = DistributionsWish("W")
    short = wish.answer(look)
    assert short.counted[1] < 90_000
    price = wish.products(look)
    look.begin(None, thorough=True)
    assert wish.answer(look).counted.tolist() == [900, 90_000, 600]
    assert wish.products(look) >= price


def test_nothing_changes_afterwards() -> None:
    look = look_at(dense(3, 4, 2))
    reading = DistributionsWish("W").answer(look)
    before = reading.counts.copy()
    look.network.parameters.vector[:] = 3.0
    look.begin(None, thorough=False)
    DistributionsWish("W").answer(look)
    assert np.array_equal(reading.counts, before)
    arrays = (reading.edges, reading.counts, reading.mean, reading.saturated, reading.zeros)
    assert not any(array.flags.writeable for array in arrays)
