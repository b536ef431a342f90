"""Small networks for the study of matrices, from real runs of the engine."""

from collections.abc import Callable

import numpy as np

from engine.architecture import dense
from engine.datasets.dataset import DataSet, Split
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start

Show = Callable[..., Snapshot]


def data(inputs: int = 4) -> DataSet:
    rng = np.random.default_rng(0)

    def split(n: int) -> Split:
        return Split(rng.standard_normal((n, inputs)), rng.integers(0, 3, n))

    return DataSet("noise", split(20), split(5), split(5), ("a", "b", "c"))


def network(*hidden: int, cost: str = "cross_entropy", **training: object) -> Experiment:
    spec = TrainingSpec(cost=cost, precision="float64", **training)
    return Experiment(dense(4, *hidden, 3), spec)


def snap(experiment: Experiment, example: int | None = 0, steps: int = 0) -> Snapshot:
    trainer = start(experiment, data())
    for _ in range(steps):
        trainer.step()
    return trainer.snapshot(weights=True, subject=Subject(example=example))


def written_out(snapshot: Snapshot, folded: bool) -> list[tuple[str, np.ndarray]]:
    """The factors of δ¹ as full matrices."""
    assert snapshot.weights is not None
    seen = snapshot.inspection
    assert seen is not None
    row: list[tuple[str, np.ndarray]] = []
    for l, (W, prime) in enumerate(zip(snapshot.weights.W, seen.prime, strict=True), 1):
        last = l == len(seen.prime)
        row += [(f"(W{l})T", W.T)] * (l > 1)
        row += [(f"Σ′(z{l})", np.diag(prime))] * (not (last and folded))
    return [*row, ("δ" if folded else "∇ₐC", (seen.delta if folded else seen.pulled)[-1][:, None])]
