"""One training step of the engine against the bare matrix products, PyTorch and scikit-learn.

All in one process on one thread, alternating, medians; the last two only where they are installed
(the ``bench`` extra). A step is one mini-batch forward, backward and update; the engine also
records the norms of every layer.
"""

import argparse
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from engine.architecture import dense
from engine.arrays import Floats
from engine.datasets.dataset import DataSet, Split
from engine.spec import FULL_BATCH, Experiment, TrainingSpec
from engine.trainer import start

EXAMPLES = 1_000
ETA = 0.1
Work = Callable[[], None]


@dataclass(frozen=True)
class Case:
    """A network and a batch size; ``steps`` are taken between two looks at the clock."""

    name: str
    sizes: tuple[int, ...]
    batch: int
    steps: int


CASES = (
    Case("784-30-30-30-10, batch 10", (784, 30, 30, 30, 10), 10, 1500),
    Case("784-30-30-30-10, batch 1000", (784, 30, 30, 30, 10), EXAMPLES, 50),
    Case("784-20 x 30-10, batch 10", (784, *[30] * 20, 10), 10, 400),
)


def data_set() -> DataSet:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, EXAMPLES)
    train = Split(rng.random((EXAMPLES, 784)), labels)
    return DataSet("random", train, train.first(0), train.first(0), tuple("0123456789"))


def engine(case: Case, every_signal: bool) -> Work:
    training = TrainingSpec(
        eta=ETA, lmbda=0.0, batch=case.batch if case.batch < EXAMPLES else FULL_BATCH,
        epochs=1_000_000, evaluate_every=1_000_000, precision="float32",
    )  # fmt: skip
    trainer = start(Experiment(dense(*case.sizes), training), data_set())
    trainer.step()
    if not every_signal:  # as in a long run, where most steps are thinned away
        trainer.recorder.history.stride = 2**20

    def work() -> None:
        last = trainer.step_count + case.steps
        trainer.run(lambda _: trainer.step_count < last)

    return work


def products(case: Case) -> Work:
    """The matrix products that no implementation can do without, into arrays made beforehand."""
    rng = np.random.default_rng(0)
    pairs = list(zip(case.sizes, case.sizes[1:], strict=False))

    def random(rows: int, columns: int) -> Floats:
        return rng.random((rows, columns), dtype=np.float32)

    a = [random(case.batch, n) for n in case.sizes]
    delta = [random(case.batch, n) for n in case.sizes[1:]]
    W = [random(o, i) for i, o in pairs]
    z, below = [np.empty_like(d) for d in delta], [np.empty_like(d) for d in delta]
    dW = [np.empty_like(w) for w in W]
    down = list(range(len(W) - 1, 0, -1))

    def work() -> None:
        for _ in range(case.steps):
            for l, w in enumerate(W):
                np.dot(a[l], w.T, out=z[l])
            for l in down:
                np.dot(delta[l], W[l], out=below[l - 1])
            for l, d in enumerate(delta):
                np.dot(d.T, a[l], out=dW[l])

    return work


def torch_eager(case: Case, norms: bool) -> Work | None:
    """With ``norms``, it keeps the same three norms per layer as the engine does."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    layers: list[object] = []
    for i, o in zip(case.sizes, case.sizes[1:], strict=False):
        layers += [torch.nn.Linear(i, o), torch.nn.Sigmoid()]
    network = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=ETA)
    cost = torch.nn.BCEWithLogitsLoss(reduction="sum")
    data = data_set()
    x = torch.tensor(data.train.inputs(np.float32))
    y = torch.tensor(data.train.targets(10, np.float32))

    linear = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    outputs: list[torch.Tensor] = []
    if norms:
        for layer in linear:
            layer.register_forward_hook(lambda module, given, z: _keep(outputs, z))
    kept: list[list[torch.Tensor]] = []

    def work() -> None:
        at = 0
        kept.clear()
        for _ in range(case.steps):
            optimizer.zero_grad()
            outputs.clear()
            loss = cost(network(x[at : at + case.batch]), y[at : at + case.batch]) / case.batch
            loss.backward()
            if norms:
                weights = [t for layer in linear for t in (layer.bias.grad, layer.weight.grad)]
                kept.append([t.norm() for t in (*weights, *(z.grad for z in outputs))])
            optimizer.step()
            at = (at + case.batch) % EXAMPLES

    return work


def _keep(outputs: list[Any], z: Any) -> None:
    z.retain_grad()
    outputs.append(z)


def scikit_learn(case: Case) -> Work | None:
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        return None
    data = data_set()
    x, y = data.train.inputs(np.float32), data.train.labels
    network = MLPClassifier(
        case.sizes[1:-1], activation="logistic", solver="sgd", momentum=0.0, alpha=0.0,
        batch_size=case.batch, learning_rate_init=ETA, max_iter=1, shuffle=True,
    )  # fmt: skip
    epochs = max(1, case.steps * case.batch // EXAMPLES)

    def work() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in range(epochs):
                network.partial_fit(x, y, classes=range(10))

    return work


def microseconds(works: dict[str, Work], steps: int, rounds: int) -> dict[str, float]:
    """Medians per step; the contenders take turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            began = perf_counter()
            work()
            times[name].append(1e6 * (perf_counter() - began) / steps)
    return {name: float(np.median(values)) for name, values in times.items()}


HEADER = """\
| network, float32 | engine | products | ratio | all signals | PyTorch + norms | ratio | PyTorch \
| scikit-learn |
|---|---|---|---|---|---|---|---|---|"""


def row(case: Case, rounds: int) -> str:
    contenders = {
        "engine": engine(case, every_signal=False), "products": products(case),
        "signals": engine(case, every_signal=True), "norms": torch_eager(case, norms=True),
        "torch": torch_eager(case, norms=False), "sklearn": scikit_learn(case),
    }  # fmt: skip
    times = microseconds({k: w for k, w in contenders.items() if w}, case.steps, rounds)
    us = times["engine"]
    cells = [
        case.name, f"{us:,.1f} µs", f"{times['products']:,.1f} µs", f"{us / times['products']:.2f}",
        f"{times['signals']:,.1f} µs", *(
            text
            for name in ("norms", "torch", "sklearn")
            for text in (f"{times[name]:,.0f} µs" if name in times else "-",)
        ),
    ]  # fmt: skip
    cells.insert(6, f"{times['norms'] / us:.1f}" if "norms" in times else "-")
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks engine", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    print(HEADER, flush=True)
    for case in CASES:
        print(row(case, options.rounds), flush=True)
    return 0
