"""A close look at a network, against independent formulas."""

from dataclasses import dataclass, fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.architecture import BIAS, INPUT, ArchitectureSpec, GivenParameter, SkipSpec, dense
from engine.costs import COSTS
from engine.datasets.dataset import DataSet
from engine.datasets.planar import Xor
from engine.derivative_check import complex_step, cost_function
from engine.edits import change_training
from engine.examples import Examples, ExampleSet
from engine.inspection import BINS, Histogram, Inspection, Subject
from engine.inspector import Inspector
from engine.look import LEAST_EXAMPLES, MOST_PRODUCTS, Look
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.parameters import draw
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from tests.engine.strategies import with_skips


def examples(inputs: int, classes: int, n: int, seed: int) -> Examples:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, n)
    return Examples(rng.standard_normal((n, inputs)), np.eye(classes)[labels], labels)


def inspector(spec: ArchitectureSpec, cost: str, n: int, seed: int) -> tuple[Inspector, Examples]:
    network = Network(spec, cost)
    draw(network.parameters, spec, seed)
    data = examples(spec.inputs, spec.sizes[-1], n, seed)
    return Inspector(network, split_nothing(data), n), data


def split_nothing(data: Examples) -> ExampleSet:
    return ExampleSet(data, data.first(0), data.first(0))


def with_output(spec: ArchitectureSpec, cost: str) -> ArchitectureSpec:
    last = replace(spec.layers[-1], activation=COSTS[cost].output or "tanh")
    return replace(spec, layers=(*spec.layers[:-1], last))


SKIPPING = replace(
    dense(3, 4, 3, 4, 3, activation="tanh"),
    skips=(SkipSpec("h1", "h3"), SkipSpec("h1", "output"), SkipSpec(INPUT, "h2")),
)


@given(with_skips(), st.sampled_from(list(COSTS)), st.integers(0, 5000))
@settings(max_examples=40, deadline=None)
def test_one_example_is_exact(spec: ArchitectureSpec, cost: str, seed: int) -> None:
    spec = with_output(spec, cost)
    look, data = inspector(spec, cost, 7, seed)
    seen = look.look(Subject(example=seed % 7))
    x, y = data.x[seed % 7, :, None], data.y[seed % 7, :, None]
    vector = look._network.parameters.vector
    exact = complex_step(cost_function(spec, cost, x, y), vector)
    mine = np.concatenate([*(g.ravel() for g in seen.dC_dW), *seen.delta])
    n_W = sum(g.size for g in seen.dC_dW)
    scale = max(np.abs(exact).max(), 1e-300)
    expected = np.concatenate((exact[:n_W], exact[len(exact) - (len(mine) - n_W) :]))
    assert np.abs(mine - expected).max() <= 1e-11 * scale
    for z, a, prime, layer in zip(seen.z, seen.a, seen.prime, spec.layers, strict=True):
        sigma, out = ACTIVATIONS[layer.activation], np.empty((len(z), 1))
        sigma.fn(z[:, None], out)
        np.testing.assert_allclose(a, out[:, 0], rtol=1e-12)
        slope = np.empty_like(out)
        sigma.prime(z[:, None], out, slope)
        np.testing.assert_allclose(prime, slope[:, 0], rtol=1e-9, atol=1e-14)
    for l, layer in enumerate(spec.layers):  # BP2: what arrives, times σ'(z)
        if ACTIVATIONS[layer.activation].elementwise:
            product = seen.pulled[l] * seen.prime[l]
            np.testing.assert_allclose(product, seen.delta[l], rtol=1e-7, atol=1e-12 * scale)
    for sent, delta in zip(seen.sent, seen.delta, strict=True):
        np.testing.assert_allclose(sent, np.abs(delta), rtol=1e-12)
    assert (seen.count, seen.label) == (1, data.labels[seed % 7])
    np.testing.assert_array_equal(seen.input, x[:, 0])


def value(cost: str, a: np.ndarray, y: np.ndarray) -> complex:
    if cost == "quadratic":
        return complex(0.5 * ((a - y) ** 2).sum())
    if cost == "log_likelihood":
        return complex(-(y * np.log(a)).sum())
    return complex(-(y * np.log(a) + (1 - y) * np.log(1 - a)).sum())


def output(network: Network, x: np.ndarray, l: int, a_l: np.ndarray) -> np.ndarray:
    """What the network says to one example if layer l is made to send ``a_l``."""
    spec, P, a = network.architecture, network.parameters, [x.astype(complex)]
    for k, layer in enumerate(spec.layers):
        z = P.W[k] @ a[k] + P.b[k]
        for (source, target), M in zip(spec.skip_columns, P.projections, strict=True):
            if target == k + 1:
                z = z + (a[source] if M is None else M @ a[source])
        out = np.empty_like(z)[:, None]
        ACTIVATIONS[layer.activation].fn(z[:, None], out)
        a.append(a_l if k == l else out[:, 0])
    return a[-1]


@pytest.mark.parametrize("cost", COSTS)
def test_what_is_pulled_is_the_derivative_by_the_activation(cost: str) -> None:
    """∂C/∂a of every layer by a complex step of the rest of the network."""
    look, data = inspector(with_output(SKIPPING, cost), cost, 5, 3)
    seen, network = look.look(Subject()), look._network
    means = [np.zeros_like(pulled) for pulled in seen.pulled]
    for row, (x, y) in enumerate(zip(data.x, data.y, strict=True)):
        one = look.look(Subject(example=row))
        for l, a in enumerate(one.a):

            def rest(v: np.ndarray, l: int = l, x: np.ndarray = x, y: np.ndarray = y) -> complex:
                return value(cost, output(network, x, l, v), y)

            exact = complex_step(rest, a)
            np.testing.assert_allclose(one.pulled[l], exact, rtol=1e-10, atol=1e-14)
            means[l] += exact / 5
    for pulled, mean in zip(seen.pulled, means, strict=True):
        np.testing.assert_allclose(pulled, mean, rtol=1e-10, atol=1e-14)


def test_over_the_probe_set_it_is_the_mean_of_its_examples() -> None:
    look, data = inspector(SKIPPING, "quadratic", 20, 1)
    seen = look.look(Subject())
    ones = [look.look(Subject(example=k)) for k in range(20)]
    assert (seen.count, seen.label) == (20, None)
    np.testing.assert_allclose(seen.input, data.x.mean(axis=0))
    for name in ("z", "a", "prime", "delta", "pulled", "dC_dW"):
        for l, array in enumerate(getattr(seen, name)):
            mean = np.mean([getattr(one, name)[l] for one in ones], axis=0)
            np.testing.assert_allclose(array, mean, rtol=1e-11, atol=1e-15)
    for l, sent in enumerate(seen.sent):
        squares = np.mean([one.delta[l] ** 2 for one in ones], axis=0)
        np.testing.assert_allclose(sent, np.sqrt(squares), rtol=1e-12)


@pytest.mark.parametrize("example", [None, 4])
def test_distributions_are_those_of_the_layer(example: int | None) -> None:
    look, _ = inspector(SKIPPING, "quadratic", 20, 1)
    seen = look.look(Subject(example=example, layer=1))
    ws = look._look.over(example).ws
    assert seen.distributions is not None
    for name, values in (
        ("z", ws.z[1]), ("a", ws.a[1]), ("prime", ws.prime[1]), ("delta", seen.count * ws.delta[1])
    ):  # fmt: skip
        shown: Histogram = getattr(seen.distributions, name)
        counts, edges = np.histogram(values, BINS)
        np.testing.assert_allclose(shown.edges, edges, rtol=1e-12)
        np.testing.assert_array_equal(np.cumsum(shown.counts)[-1], values.size)
        assert np.abs(np.cumsum(shown.counts) - np.cumsum(counts)).max() <= 1
        assert shown.mean == pytest.approx(values.mean())
        assert shown.spread == pytest.approx(values.std())
    np.testing.assert_allclose(seen.distributions.delta.mean, seen.delta[1].mean())


def arrays_of(seen: Inspection) -> list[np.ndarray]:
    values = [getattr(seen, f.name) for f in fields(seen)]
    parts = [a for v in values for a in (v if isinstance(v, tuple) else (v,))]
    assert seen.distributions is not None
    assert seen.surface is not None
    histograms = [getattr(seen.distributions, f.name) for f in fields(seen.distributions)]
    parts += [a for h in histograms for a in (h.edges, h.counts)]
    parts += [seen.surface.scores, seen.surface.points, seen.surface.labels]
    return [a for a in parts if isinstance(a, np.ndarray)]


@pytest.fixture
def xor() -> Trainer:
    return start(Experiment(dense(2, 6, 5, 2), TrainingSpec(data=Xor(examples=200), epochs=50)))


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


def test_large_networks_are_looked_at_with_fewer_examples() -> None:
    for spec, count in ((dense(784, 30, 30, 10), 1000), (dense(784, 1000, 1000, 10), 18),
                        (dense(100, 3000, 3000, 10), LEAST_EXAMPLES)):  # fmt: skip
        network = Network(spec, "quadratic", np.float32)
        data = examples(spec.inputs, 10, 1000, 0)
        assert Inspector(network, split_nothing(data), 1000).count == count


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


@dataclass(frozen=True)
class Costs:
    """A wish that tells which look answered it, and how many passes of one example agree."""

    price: float
    example: int = 0

    def products(self, look: Look) -> float:
        return self.price

    def answer(self, look: Look) -> tuple[int, bool]:
        taken = look.over(self.example)
        return len(taken.examples), look.over(self.example) is taken


def test_wishes_are_answered_in_turn_as_they_are_cheap() -> None:
    look, _ = inspector(dense(2, 3, 2), "quadratic", 5, 0)
    wishes = [Costs(0.6 * MOST_PRODUCTS, k) for k in range(3)]
    subject = Subject(wishes=frozenset(wishes))
    counts = [len(look.look(subject).answers) for _ in range(3)]
    assert counts == [1, 2, 3]  # one at a time, and none is forgotten
    cheap = Subject(wishes=frozenset(Costs(0.1 * MOST_PRODUCTS, k) for k in range(3)))
    seen = look.look(cheap)
    assert len(seen.answers) == 3
    assert seen.answer(wishes[0]) is None  # nobody wishes it any more
    assert set(seen.answers.values()) == {(1, True)}


def test_a_thorough_look_answers_all_wishes() -> None:
    look, _ = inspector(dense(2, 3, 2), "quadratic", 5, 0)
    wishes = frozenset(Costs(9.0 * MOST_PRODUCTS, k) for k in range(4))
    assert len(look.look(Subject(wishes=wishes, thorough=True)).answers) == 4


def test_a_look_passes_anew_when_the_network_has_moved(xor: Trainer) -> None:
    look = Look(xor.network, xor.examples, 10)
    look.begin(None, thorough=False)
    before = look.over(0).ws.a[-1].copy()
    xor.network.parameters.vector += 0.5
    assert np.array_equal(look.over(0).ws.a[-1], before)
    look.begin(None, thorough=False)
    assert not np.array_equal(look.over(0).ws.a[-1], before)
    assert look.over(99) is look.over(9)
    assert len(look.over(None).examples) == look.count == 10
