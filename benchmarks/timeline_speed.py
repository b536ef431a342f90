"""What the time line costs a run: the copies that it keeps, and a look back.

The share is of the time of the whole run, from its first step; looks are medians.
"""

import argparse
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from benchmarks.engine_speed import EXAMPLES, data_set
from engine.architecture import dense
from engine.optimizers import OPTIMIZERS
from engine.spec import FULL_BATCH, Experiment, TrainingSpec
from engine.trainer import Trainer, start


@dataclass(frozen=True)
class Case:
    """A run of so many ``steps``."""

    name: str
    sizes: tuple[int, ...]
    batch: int
    optimizer: str
    steps: int


DEEP = (784, *[30] * 20, 10)
BOOK = (784, 30, 30, 30, 10)
CASES = (
    Case("784-30-30-30-10, batch 10", BOOK, 10, "sgd", 150_000),
    Case("the same, Adam", BOOK, 10, "adam", 75_000),
    Case("784-30-30-30-10, batch 1000", BOOK, EXAMPLES, "sgd", 500),
    Case("784-20 x 30-10, batch 10", DEEP, 10, "sgd", 20_000),
)


def trainer(case: Case) -> Trainer:
    training = TrainingSpec(
        batch=case.batch if case.batch < EXAMPLES else FULL_BATCH, lmbda=0.0, epochs=1_000_000,
        evaluate_every=1_000_000, precision="float32", optimizer=OPTIMIZERS[case.optimizer](),
    )  # fmt: skip
    made = start(Experiment(dense(*case.sizes), training), data_set())
    made.evaluate()
    return made


class Stopwatch:
    """Stands in for a method of an object and adds up its time."""

    def __init__(self, owner: object, name: str) -> None:
        self.seconds = 0.0
        self._method = getattr(owner, name)
        setattr(owner, name, self)

    def __call__(self) -> None:
        began = perf_counter()
        self._method()
        self.seconds += perf_counter() - began


def row(case: Case, share_of_steps: float) -> str:
    run, steps = trainer(case), max(100, int(case.steps * share_of_steps))
    watch = Stopwatch(run, "_keep")
    began = perf_counter()
    run.run(lambda _: run.step_count < steps)
    took = perf_counter() - began
    moments = run.moments
    twin = run.at(0)
    looks = [
        look(run, twin, int(step)) for step in moments.steps[:: max(1, len(run.keyframes) // 50)]
    ]
    cells = (
        case.name, f"{steps:,}", f"{1e6 * took / steps:,.0f} µs", f"{watch.seconds / took:.1%}",
        f"{len(moments.steps)}", f"{moments.nbytes / 2**20:.0f} MB",
        f"{1e3 * np.median(looks):.2f} ms",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def look(run: Trainer, twin: Trainer, step: int) -> float:
    began = perf_counter()
    twin.return_to(run.keyframes.at(step))
    twin.snapshot(weights=True)
    return perf_counter() - began


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks timeline", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the steps of every run")
    options = parser.parse_args(arguments)
    print("| network | steps | a step | keyframes' share | kept | memory | a look back |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for case in CASES:
        print(row(case, options.share), flush=True)
    return 0
