"""What `reproduce` prints: three tables, each measurement beside the book's, with its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.arrays import Floats
from engine.book import (
    ACCURACIES,
    BAND,
    SPEED_SEEDS,
    SPEEDS,
    TOLERANCE,
    Accuracy,
    Report,
    Speed,
    accuracy_curve,
    rises,
    speed_bands,
    speeds_during,
)
from engine.experiments import bundled

ACCURACY_SEEDS = range(1, 4)

TITLE_A = f"""\
(a) Speed of learning at the start: the norm of the mean ∂C/∂b of each hidden layer over the
    first 1,000 training images. Holds where the book's number, as rounded, lies between the
    {BAND[0]} % and the {BAND[-1]} % point of {len(SPEED_SEEDS)} seeds."""
TITLE_B = """\
(b) The same norms during 500 epochs of full-batch descent on those images, η = 0.1, λ = 5,
    seed 1. Holds where every hidden layer is slower than the next: the first and the last line."""
TITLE_C = f"""\
(c) Accuracy on the validation images in per cent: 30 epochs, batch 10, η = 0.1, λ = 5, seeds
    {ACCURACY_SEEDS[0]} to {ACCURACY_SEEDS[-1]}. Holds where the book's number lies in the span \
from the lowest last epoch to
    the highest best epoch, widened by {TOLERANCE} points at both ends."""


@dataclass(slots=True)
class Section:
    """One measurement: its lines of text, and whether each of its verdicts holds."""

    lines: list[str]
    holds: list[bool] = field(default_factory=list)

    def add(self, line: str) -> None:
        self.lines.append(f"    {line}".rstrip())

    def judge(self, line: str, holds: bool) -> None:
        self.add(f"{line}   {'holds' if holds else 'DIFFERS'}")
        self.holds.append(holds)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def sections(quick: bool, report: Report) -> Iterator[Section]:
    """The measurements one after the other; ``quick`` leaves out the accuracies."""
    yield initial_speeds(report)
    yield descents(report)
    if not quick:
        yield accuracies(report)


def initial_speeds(report: Report, seeds: range = SPEED_SEEDS) -> Section:
    section = Section([TITLE_A, ""])
    low, middle, high = (f"{p} %" if p != 50 else "median" for p in BAND)
    section.add(f"{'network':<20}{'layer':>6}{'book':>9}{middle:>10}{low:>10}{high:>10}   verdict")
    for n, (file, printed) in enumerate(SPEEDS.items()):
        experiment = dict(bundled())[file]
        name = experiment.architecture.text
        report(n / len(SPEEDS), f"(a) {name}")
        bands = speed_bands(experiment, seeds)
        for l, (book, band) in enumerate(zip(printed, bands, strict=True)):
            speed = Speed(book, *map(float, band))
            numbers = f"{speed.median:>10.4f}{speed.low:>10.4f}{speed.high:>10.4f}"
            section.judge(f"{'' if l else name:<20}{l + 1:>6}{book:>9}{numbers}", speed.holds)
    return section


def descents(report: Report) -> Section:
    section = Section([TITLE_B, ""])
    layers = "".join(f"{f'layer {l}':>10}" for l in range(1, 5))
    section.add(f"{'network':<20}{'epoch':>6}{layers}{'last/first':>12}   verdict")
    for n, file in enumerate(SPEEDS):
        experiment = dict(bundled())[file]
        name = experiment.architecture.text
        report(n / len(SPEEDS), f"(b) {name}")
        for epoch, speeds in speeds_during(experiment).items():
            numbers = "".join(f"{speed:>10.2e}" for speed in speeds)
            ratio = speeds[-1] / speeds[0]
            line = f"{'' if epoch else name:<20}{epoch:>6}{numbers:<40}{ratio:>12.1f}"
            if epoch in (0, experiment.training.epochs):
                section.judge(line, rises(speeds))
            else:
                section.add(line)
    return section


def accuracies(report: Report, seeds: range = ACCURACY_SEEDS) -> Section:
    section = Section([TITLE_C, ""])
    section.add(
        f"{'network':<20}{'book':>6}   {'last epoch':<17}   {'best epoch':<17}"
        f"   {'span, widened':<14}   verdict"
    )
    parts = len(ACCURACIES) * len(seeds)
    for n, (file, printed) in enumerate(ACCURACIES.items()):
        experiment = dict(bundled())[file]
        curves = [
            100 * accuracy_curve(experiment, seed, _part(report, n * len(seeds) + k, parts))
            for k, seed in enumerate(seeds)
        ]
        last, best = np.array([(curve[-1], curve.max()) for curve in curves]).T
        found = Accuracy(printed, last, best)
        low, high = found.span
        line = f"{experiment.architecture.text:<20}{printed:>6.2f}   {_list(last)}   {_list(best)}"
        section.judge(f"{line}   {low:.2f} - {high:.2f}", found.holds)
    return section


def _part(report: Report, part: int, parts: int) -> Report:
    """Reports one run as a part of the whole."""

    def of_the_whole(share: float, text: str) -> None:
        report((part + share) / parts, f"(c) {text}")

    return of_the_whole


def _list(numbers: Floats) -> str:
    return f"{' '.join(f'{number:.2f}' for number in numbers):<17}"
