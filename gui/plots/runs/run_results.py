"""How a run came out, in a few numbers: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from engine.numerals import scientific
from engine.profile import RECENT
from engine.recorder import EVALUATION_START
from engine.runs import Run
from engine.verdict import BALANCED

NONE = "–"


@dataclass(frozen=True, slots=True)
class Result:
    """How a run came out: what is read, what it is sorted by and exported as, and what it means.

    ``brief`` is its title where there is little room; ``moment`` says when that was so.
    """

    title: str
    brief: str
    help: str
    words: Callable[[Run], str]
    number: Callable[[Run], float]
    moment: Callable[[Run], str] = lambda run: ""


def _verdict(run: Run) -> str:
    if run.diverged:
        return f"diverged, step {run.step:,}"
    return run.verdict.words if run.verdict else NONE


def _ratio(run: Run) -> float:
    return run.verdict.ratio if run.verdict else float("nan")


def _percent(run: Run) -> str:
    if isnan(run.accuracy):
        return NONE
    of = "" if run.is_validated else " (training)"
    return f"{100 * run.accuracy:.1f} %{of}"


def _evaluated(run: Run) -> str:
    """When the scores were measured: that is not the newest step of a run that goes on."""
    if not len(run.evaluations):
        return "not evaluated yet"
    step, epoch = run.evaluations[-1, : len(EVALUATION_START)].tolist()
    return f"evaluated at step {step:,.0f}, epoch {epoch:,.4g}"


def _accuracy_moment(run: Run) -> str:
    split = "validation" if run.is_validated else "training"
    return f"accuracy on the {split} examples, {_evaluated(run)}"


def _cost_moment(run: Run) -> str:
    return f"cost of the training examples, {_evaluated(run)}"


RESULTS = (
    Result(
        "validation accuracy, last", "accuracy, last",
        "share of right answers on the validation examples, at the last evaluation: at the start,"
        " after every epoch and at the end; '(training)': on the training examples, where there"
        " are no others",
        _percent, lambda run: run.accuracy, _accuracy_moment,
    ),
    Result(
        "training cost, last", "cost, last",
        "mean cost of the training examples, at the last evaluation, without the penalty",
        lambda run: scientific(run.cost), lambda run: run.cost, _cost_moment,
    ),
    Result("epochs", "epochs", "passes over the training examples", lambda r: f"{r.epoch:,.1f}",
           lambda run: run.epoch),
    Result(
        "‖δ‖ first : last", "‖δ‖ first : last",
        "how much slower the first hidden layer learns than the last one: ‖δ‖ of the last hidden"
        f" layer over that of the first, the mean of the newest 1/{RECENT} of the record; balanced"
        f" within a factor {BALANCED:g}",
        _verdict, _ratio,
    ),
)  # fmt: skip


def evaluated(run: Run) -> tuple[str, float, float]:
    """On which examples the accuracy was measured, at which step and epoch: for an export."""
    if not len(run.evaluations):
        return "", float("nan"), float("nan")
    step, epoch = run.evaluations[-1, : len(EVALUATION_START)].tolist()
    return "validation" if run.is_validated else "training", step, epoch
