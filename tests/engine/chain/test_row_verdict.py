"""What is said of a network's row of factors."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.architecture import dense
from engine.chain.matrices import MatrixFactor, factor_row, factors_back, network_row
from engine.chain.row_verdict import check_row, judge_row
from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from engine.chain.verdict import judge_chain
from engine.datasets.dataset import DataSet
from engine.inspection import Subject
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start


def row_of(chain: ChainSpec) -> tuple[MatrixFactor, ...]:
    t = trace(chain)
    W, prime = tuple(np.array([[w]]) for w in chain.w), tuple(p[None] for p in t.prime)
    return factor_row(W, prime, np.array([t.slope]))


@pytest.mark.parametrize(
    "chain",
    [
        start_chain(), drawn(2), drawn(40), drawn(1000), drawn(1),
        ChainSpec((1.0, 1.0, 1.0), (0.0,) * 3, "linear", y=1.0),
        ChainSpec((1.0, 3.0, 3.0), (0.0,) * 3, "linear", y=1.0),
    ],
    ids=lambda c: c.text,
)  # fmt: skip
def test_one_neuron_a_layer_is_judged_as_the_chain(chain: ChainSpec) -> None:
    found, expected = judge_row(row_of(chain)), judge_chain(trace(chain))
    assert found.kind == expected.kind
    assert found.words == expected.words.replace("step ×", "layer ×").replace("neuron", "layer")
    said = expected.sentence.replace("step multiplies", "layer multiplies ‖δ‖")
    assert found.sentence == said.replace("One neuron:", "One layer:")
    assert found.allowed == pytest.approx(found.step, rel=1e-12, nan_ok=True)


def test_matrices_allow_more_than_they_do() -> None:
    rng = np.random.default_rng(0)
    sizes = (5, 30, 30, 30, 4)
    W = tuple(rng.standard_normal((o, i)) for i, o in pairwise(sizes))
    prime = tuple(rng.uniform(0.0, 0.25, n) for n in sizes[1:])
    slope = rng.standard_normal(4)
    found = judge_row(factor_row(W, prime, slope))
    delta, bound = prime[3] * slope, 1.0
    last = np.linalg.norm(delta)
    for l in (3, 2, 1):
        delta = prime[l - 1] * (W[l].T @ delta)
        bound *= np.linalg.norm(W[l], 2) * prime[l - 1].max()
    assert found.step == pytest.approx((np.linalg.norm(delta) / last) ** (1 / 3))
    assert found.allowed == pytest.approx(bound ** (1 / 3))
    assert found.step < found.allowed


def test_what_is_0_and_what_is_no_number() -> None:
    W, ones = (np.ones((2, 2)),) * 3, (np.ones(2),) * 3
    dead = (np.ones(2), np.zeros(2), np.ones(2))
    found = judge_row(factor_row(W, dead, np.ones(2)))
    assert (found.kind, found.words) == ("vanishing", "vanishing: δ is 0")
    assert found.sentence.startswith("δ of layer 2 is 0, and of all layers before it")
    found = judge_row(factor_row(W, ones, np.zeros(2)))
    assert found.sentence == "The last δ is 0: the output is the target."
    found = judge_row(factor_row(W, ones, np.full(2, np.nan)))
    assert found.sentence == "No verdict: a value on the way is not a number."
    folded = factor_row(W[:1], ones[:1], np.ones(2), np.ones(2))
    assert judge_row(folded).sentence == "One layer: there is no step."


@pytest.mark.parametrize("cost", ["quadratic", "cross_entropy"])
def test_the_row_agrees_with_backpropagation(cost: str, blobs: DataSet) -> None:
    training = TrainingSpec(cost=cost, precision="float64")
    trainer = start(Experiment(dense(4, 6, 5, 3), training), blobs)
    shot = trainer.snapshot(weights=True, subject=Subject(example=1))
    assert shot.weights is not None
    assert shot.inspection is not None
    row = network_row(shot.weights, shot.inspection, cost)
    check = check_row(row, shot.inspection.delta[0])
    assert check.digits > 14
    assert check.length == pytest.approx(np.linalg.norm(shot.inspection.delta[0]))
    wrong = replace(row[0], vector=2.0 * row[0].vector)
    assert check_row((wrong, *row[1:]), shot.inspection.delta[0]).digits < 1


def test_the_row_comes_piece_by_piece_from_its_end() -> None:
    W, ones = (np.ones((2, 2)),) * 3, (np.ones(2),) * 3
    pieces = factors_back(W, ones, np.ones(2))
    assert next(pieces).kind == "slope"
    assert [(f.kind, f.l) for f in pieces] == [
        ("prime", 3), ("weight", 3), ("prime", 2), ("weight", 2), ("prime", 1)
    ]  # fmt: skip
