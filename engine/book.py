"""The chapter's measurements (Nielsen, chapter 5) made again, and what makes each of them hold."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from engine.architecture import ArchitectureSpec
from engine.arrays import Floats
from engine.evaluation import Evaluation
from engine.examples import ExampleSet, prepare
from engine.experiments import bundled
from engine.network import Network
from engine.parameters import draw
from engine.precision import dtype_for
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer

Report = Callable[[float, str], None]  # the share of the work that is done, and what it is

SPEEDS = {  # ‖δ‖ of the hidden layers at the start, as the book rounds it
    "fullbatch-2-hidden.toml": ("0.07", "0.31"),
    "fullbatch-3-hidden.toml": ("0.012", "0.060", "0.283"),
    "fullbatch-4-hidden.toml": ("0.003", "0.017", "0.070", "0.285"),
}
ACCURACIES = {  # on the validation images, in per cent
    "accuracy-1-hidden.toml": 96.48,
    "accuracy-2-hidden.toml": 96.90,
    "accuracy-3-hidden.toml": 96.57,
    "accuracy-4-hidden.toml": 96.53,
}
BAND = (5, 50, 95)  # percentiles over the seeds
SPEED_SEEDS = range(1, 201)
BANDS = "book-speeds.toml"  # what ``resources.build_book_speeds`` has measured
TOLERANCE = 0.3  # points of accuracy
SHOWN_EPOCHS = (0, 1, 10, 100)  # and the last


@dataclass(frozen=True, slots=True)
class Speed:
    """A layer's ‖δ‖ at the start: the book's number, and percentiles over many seeds."""

    printed: str
    low: float
    median: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether a number that is printed as the book's lies between ``low`` and ``high``."""
        half = 0.5 * 10.0 ** -len(self.printed.partition(".")[2])
        return self.low <= float(self.printed) + half and float(self.printed) - half <= self.high


@dataclass(frozen=True, slots=True, eq=False)
class Accuracy:
    """The book's accuracy, and those of the last and of the best epoch of every seed, per cent."""

    printed: float
    last: Floats
    best: Floats

    @property
    def span(self) -> tuple[float, float]:
        """From the lowest last to the highest best, with the tolerance at both ends."""
        return float(self.last.min()) - TOLERANCE, float(self.best.max()) + TOLERANCE

    @property
    def holds(self) -> bool:
        return self.span[0] <= self.printed <= self.span[1]


def published(experiment: Experiment) -> tuple[Speed, ...]:
    """The hidden layers' speeds at the start, where the settings are the book's; else none.

    Its seed, and how long it is trained and how often measured, make no difference to them.
    """
    settings = _apart_from_seed(experiment)
    for file, known in bundled():
        if file in SPEEDS and _apart_from_seed(known) == settings:
            return measured_speeds()[file]
    return ()


@cache
def measured_speeds() -> dict[str, tuple[Speed, ...]]:
    """The book's numbers by the experiment's file, each with its band over ``SPEED_SEEDS``."""
    text = files("resources").joinpath(BANDS).read_text("utf-8")
    bands = tomllib.loads(text)["band"]
    return {
        file: tuple(
            Speed(book, *map(float, band)) for book, band in zip(printed, bands[file], strict=True)
        )
        for file, printed in SPEEDS.items()
    }


def rises(speeds: Floats) -> bool:
    """Whether every layer is slower than the next one."""
    return bool(np.all(np.diff(speeds) > 0))


def speeds_at_start(experiment: Experiment, seeds: range) -> Floats:
    """‖δ‖ of the hidden layers on the probe set, (seeds, hidden layers)."""
    architecture, examples = experiment.architecture, _examples(experiment)
    network = Network(architecture, experiment.training.cost, examples.train.x.dtype)
    evaluation = Evaluation(network, examples, experiment.training.probe)
    rows = []
    for seed in seeds:
        draw(network.parameters, architecture, seed)
        rows.append(evaluation.probe()[0, :-1])
    return np.array(rows)


def speeds_during(experiment: Experiment) -> dict[int, Floats]:
    """‖δ‖ of the hidden layers on the probe set, by epoch; for one step an epoch."""
    last = experiment.training.epochs
    training = replace(experiment.training, evaluate_every=last)
    trainer = Trainer(replace(experiment, training=training), _examples(experiment))
    speeds = {}
    for epoch in range(last + 1):
        if epoch in (*SHOWN_EPOCHS, last):
            speeds[epoch] = trainer.evaluation.probe()[0, :-1]
        trainer.step()
    return speeds


def accuracy_curve(experiment: Experiment, seed: int, report: Report) -> Floats:
    """The accuracy on the validation examples after every epoch."""
    experiment = replace(experiment, training=replace(experiment.training, seed=seed))
    trainer = Trainer(experiment, _examples(experiment))
    epochs, name = experiment.training.epochs, experiment.architecture.text

    def goes_on(_: bool) -> bool:
        report(trainer.epoch / epochs, f"{name}, seed {seed}")
        return True

    trainer.run(goes_on)
    return trainer.snapshot().score("accuracy_validation")[1:]


def _apart_from_seed(experiment: Experiment) -> tuple[ArchitectureSpec, TrainingSpec]:
    """Two experiments that have the same draw from the same distributions and train alike."""
    architecture = experiment.architecture
    if not architecture.skips and not architecture.given:  # these refer to the layers' names
        layers = tuple(replace(l, id=f"{n}") for n, l in enumerate(architecture.layers))
        architecture = replace(architecture, layers=layers)
    return architecture, replace(experiment.training, seed=0, epochs=1, evaluate_every=1)


def speed_bands(experiment: Experiment, seeds: range) -> Floats:
    """The percentiles ``BAND`` of the speeds at the start, (hidden layers, 3)."""
    return np.percentile(speeds_at_start(experiment, seeds), BAND, axis=0).T


def _examples(experiment: Experiment) -> ExampleSet:
    dtype = dtype_for(experiment.architecture, experiment.training.precision)
    return prepare(experiment.training.data.load(), dtype)
