"""How a run came out, in a few numbers: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from engine.numerals import scientific
from engine.runs import Run
from engine.verdict import BALANCED

NONE = "–"


@dataclass(frozen=True, slots=True)
class Result:
    """How a run came out: what is read, what it is sorted by and exported as, and what it means."""

    title: str
    help: str
    words: Callable[[Run], str]
    number: Callable[[Run], float]


def _verdict(run: Run) -> str:
    if run.diverged:
        return f"diverged, step {run.step:,}"
    return run.verdict.words if run.verdict else NONE


def _ratio(run: Run) -> float:
    return run.verdict.ratio if run.verdict else float("nan")


def _percent(run: Run) -> str:
    return NONE if isnan(run.accuracy) else f"{100 * run.accuracy:.1f} %"


RESULTS = (
    Result(
        "accuracy",
        "share of right answers on the validation examples (the training ones where there are no"
        " others), at the last evaluation",
        _percent, lambda run: run.accuracy,
    ),
    Result(
        "cost", "mean cost of the training examples, at the last evaluation, without the penalty",
        lambda run: scientific(run.cost), lambda run: run.cost,
    ),
    Result("epochs", "passes over the training examples", lambda r: f"{r.epoch:,.1f}",
           lambda run: run.epoch),
    Result(
        "‖δ‖ first : last",
        "how much slower the first hidden layer learns than the last one: ‖δ‖ of the last hidden"
        " layer over that of the first, at the last recorded step; balanced"
        f" within a factor {BALANCED:g}",
        _verdict, _ratio,
    ),
)  # fmt: skip
