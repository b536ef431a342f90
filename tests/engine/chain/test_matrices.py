from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.architecture import dense
from engine.arrays import Floats
from engine.chain.matrices import MatrixFactor, factor_row, network_row
from engine.chain.spec import start_chain
from engine.chain.trace import factors, trace
from engine.datasets.dataset import DataSet
from engine.inspection import Subject
from engine.network import Network
from engine.spec import Experiment
from engine.trainer import start

SIZES = (4, 6, 5, 7, 3)


Arrays = tuple[Floats, ...]


def random_row(sizes: tuple[int, ...] = SIZES, scale: float = 1.0) -> tuple[Arrays, Arrays, Floats]:
    rng = np.random.default_rng(0)
    W = tuple(scale * rng.standard_normal((o, i)) for i, o in pairwise(sizes))
    prime = tuple(rng.uniform(0.0, 0.25, n) for n in sizes[1:])
    return W, prime, rng.standard_normal(sizes[-1])


def matrices(W: Arrays, prime: Arrays) -> list[tuple[str, int, Floats]]:
    """Σ'(z^1), (W^2)ᵀ, …, Σ'(z^L) written out."""
    row: list[tuple[str, int, Floats]] = []
    for l, (w, p) in enumerate(zip(W, prime, strict=True), 1):
        row += [("weight", l, w.T)] * (l > 1) + [("prime", l, np.diag(p))]
    return row


def test_row_against_matrices_written_out() -> None:
    W, prime, slope = random_row()
    row, expected = factor_row(W, prime, slope), matrices(W, prime)
    assert [(f.kind, f.l) for f in row] == [(k, l) for k, l, _ in expected] + [("slope", 4)]
    product = np.eye(3)
    for factor, (_, _, M) in zip(row[-2::-1], expected[::-1], strict=True):
        product = M @ product
        assert factor.shape == M.shape
        assert factor.norm == pytest.approx(np.linalg.norm(M, 2), rel=1e-12)
        assert factor.running == pytest.approx(np.linalg.norm(product, 2), rel=1e-12)
        assert factor.vector == pytest.approx(np.linalg.norm(product @ slope), rel=1e-12)
        assert 10**factor.log10_running == pytest.approx(factor.running)
        assert 10**factor.log10_vector == pytest.approx(factor.vector)
    last = row[-1]
    assert (last.shape, last.running) == ((3, 1), 1.0)
    assert last.norm == last.vector == pytest.approx(np.linalg.norm(slope))


def test_folded_row_ends_with_delta() -> None:
    W, prime, delta = random_row()
    row = factor_row(W, prime, np.full(3, np.nan), delta)
    assert [f.kind for f in row[-3:]] == ["prime", "weight", "delta"]
    assert [f.l for f in row[-3:]] == [3, 4, 4]
    product = np.diag(prime[2]) @ W[3].T
    assert row[-3].running == pytest.approx(np.linalg.norm(product, 2), rel=1e-12)
    assert row[-3].vector == pytest.approx(np.linalg.norm(product @ delta), rel=1e-12)


def test_row_of_one_neuron_a_layer_is_the_chain() -> None:
    chain = replace(start_chain(), y=0.3)
    t = trace(chain)
    W, prime = tuple(np.array([[w]]) for w in chain.w), tuple(p[None] for p in t.prime)
    row = factor_row(W, prime, np.array([t.slope]))
    for matrix, factor in zip(row, factors(t), strict=True):
        assert (matrix.kind, matrix.l) == (factor.kind, factor.j)
        assert matrix.norm == pytest.approx(abs(factor.value), rel=1e-12)
        assert matrix.log10_vector == pytest.approx(factor.log10_running, rel=1e-12)


def backpropagated(
    experiment: Experiment, data: DataSet
) -> tuple[tuple[MatrixFactor, ...], list[float]]:
    """Row of one example, and ‖δ^l‖ of the engine's own backward pass for it."""
    trainer = start(experiment, data)
    shot = trainer.snapshot(weights=True, subject=Subject(example=2))
    assert shot.weights is not None
    assert shot.inspection is not None
    assert shot.inspection.label is not None
    network = Network(experiment.architecture, experiment.training.cost)
    for mine, theirs in zip(network.parameters.W, shot.weights.W, strict=True):
        mine[...] = theirs
    for mine, theirs in zip(network.parameters.b, shot.weights.b, strict=True):
        mine[...] = theirs
    ws = network.workspace(1)
    x = shot.inspection.input[:, None]
    network.forward(ws, x)
    y = np.zeros((3, 1))
    y[shot.inspection.label] = 1.0
    network.backward(ws, y)
    row = network_row(shot.weights, shot.inspection, experiment.training.cost)
    return row, [float(np.linalg.norm(d)) for d in ws.delta]


@pytest.mark.parametrize(
    ("cost", "output"),
    [
        ("quadratic", "sigmoid"),
        ("quadratic", "tanh"),
        ("cross_entropy", "sigmoid"),
        ("log_likelihood", "softmax"),
    ],
)
def test_row_against_backpropagation(
    blobs: DataSet, experiment: Experiment, cost: str, output: str
) -> None:
    architecture = dense(4, 5, 6, 3)
    layers = (*architecture.layers[:-1], replace(architecture.layers[-1], activation=output))
    architecture = replace(architecture, layers=layers)
    training = replace(experiment.training, cost=cost)
    row, delta = backpropagated(Experiment(architecture, training), blobs)
    assert row[-1].kind == ("slope" if cost == "quadratic" else "delta")
    at_primes = [f.vector for f in row if f.kind == "prime"]
    if cost != "quadratic":
        at_primes.append(row[-1].vector)
    np.testing.assert_allclose(at_primes, delta, rtol=1e-10)
    for factor in row:
        assert factor.vector <= factor.running * row[-1].vector * (1 + 1e-12)


def test_deep_rows_do_not_underflow() -> None:
    W, prime, slope = random_row((3,) * 501, scale=0.1)
    row = factor_row(W, prime, slope)
    assert row[0].running == row[0].vector == 0.0
    assert row[0].log10_running < -500.0
    product, exponent = np.eye(3), 0.0
    for _, _, M in reversed(matrices(W, prime)):
        product = M @ product
        exponent += np.log10(np.abs(product).max())
        product /= np.abs(product).max()
    expected = exponent + np.log10(np.linalg.norm(product, 2))
    assert row[0].log10_running == pytest.approx(expected, rel=1e-12)
    assert row[0].log10_vector == pytest.approx(
        exponent + np.log10(np.linalg.norm(product @ slope)), rel=1e-12
    )


def test_zero_and_what_is_not_a_number() -> None:
    W, prime, slope = random_row()
    dead = (*prime[:2], np.zeros(7), prime[3])
    row = factor_row(W, dead, slope)
    at = next(i for i, f in enumerate(row) if (f.kind, f.l) == ("prime", 3))
    for factor in row[: at + 1]:
        assert (factor.running, factor.log10_vector) == (0.0, -np.inf)
    broken = (*W[:2], np.full((7, 5), np.nan), W[3])
    row = factor_row(broken, prime, slope)
    assert np.isnan(row[0].running)
    assert np.isfinite(row[-1].norm)
    wild = (*W[:2], np.full((7, 5), np.inf), W[3])
    assert not np.isfinite(factor_row(wild, prime, slope)[0].vector)


def test_one_layer() -> None:
    row = factor_row((np.ones((2, 3)),), (np.array([0.1, 0.2]),), np.array([3.0, 4.0]))
    assert [f.kind for f in row] == ["prime", "slope"]
    assert isinstance(row[0], MatrixFactor)
    assert (row[0].norm, row[1].norm) == pytest.approx((0.2, 5.0))
