"""The commands that need no window: ``run`` and ``reproduce``."""

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import numpy as np

from engine import edits, experiment_file, reproduction, results
from engine.examples import ExampleSet, prepare
from engine.faults import InputError
from engine.precision import dtype_for
from engine.progress_bar import ProgressBar
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.trainer import Trainer

DrawPictures = Callable[[Experiment, Snapshot, Path], object]
OK, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str], draw_pictures: DrawPictures) -> int:
    """Carry out one command and return the exit code.

    0: done; 1: training diverged, a picture could not be drawn, or a measurement differs from the
    book; 2: a file or an option is wrong; 130: Ctrl-C. ``draw_pictures`` writes the pictures of
    a run into a folder: the engine itself knows no Qt.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that has no δ shows a question mark
            stream.reconfigure(errors="replace")
    try:
        options = _parser().parse_args(arguments)
        if options.command == "run":
            return _run(options, draw_pictures)
        return _reproduce(options)
    except InputError as error:
        _complain(error)
        return WRONG_INPUT
    except KeyboardInterrupt:
        _complain("stopped.")
        return INTERRUPTED
    except SystemExit:  # argparse, after it has shown the help
        return OK


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message}; try {self.prog} --help.")


def _parser() -> ArgumentParser:
    parser = _Parser(prog="main.py", description="Commands that need no window.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run", help="train an experiment and write what was measured",
        description="Train an experiment; write history, weights (W is n_out x n_in), pictures.",
    )  # fmt: skip
    run.add_argument("experiment", type=Path, metavar="EXPERIMENT.toml")
    run.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for results")
    run.add_argument("--epochs", type=int, metavar="N", help="instead of the file's")
    run.add_argument("--seed", type=int, metavar="N", help="instead of the file's")
    run.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")
    reproduce = commands.add_parser(
        "reproduce", help="measure what the chapter measured, beside the book's numbers",
        description="The chapter's measurements beside the book's; exit code 0 if all hold.",
    )  # fmt: skip
    reproduce.add_argument("--quick", action="store_true", help="leave out the accuracies (c)")
    return parser


def _run(options: Namespace, draw_pictures: DrawPictures) -> int:
    experiment = experiment_file.read(options.experiment)
    given = {key: getattr(options, key) for key in ("epochs", "seed")}
    experiment = edits.change_training(
        experiment, **{key: value for key, value in given.items() if value is not None}
    )
    with _interruption() as interrupted:
        dtype = dtype_for(experiment.architecture, experiment.training.precision)
        examples = prepare(experiment.training.data.load(), dtype)
        trainer = Trainer(experiment, examples)
        results.prepare_folder(options.out, experiment, trainer.weights())
        with ProgressBar(sys.stderr, options.quiet) as bar:
            _train(trainer, experiment, bar, interrupted)
        snapshot = trainer.snapshot()
        results.write_results(options.out, snapshot, trainer.weights())
        drawn = _draw(draw_pictures, experiment, snapshot, options.out)
    if not options.quiet:
        print(_summary(trainer, experiment, examples))
        print(f"Results are in {options.out}; in weights-*.npz, W is n_out x n_in.")
    if snapshot.divergence:
        _complain(snapshot.divergence)
    elif interrupted:
        _complain(f"stopped at step {snapshot.step:,} of {snapshot.last_step:,}.")
        return INTERRUPTED
    return FAILED if snapshot.divergence or not drawn else OK


class _Interruption:
    """True from the first Ctrl-C on."""

    def __init__(self) -> None:
        self._came = False

    def __bool__(self) -> bool:
        return self._came

    def come(self, *_: object) -> None:
        self._came = True


@contextmanager
def _interruption() -> Iterator[_Interruption]:
    """Within it, Ctrl-C is only noted: the work stops where it can be kept."""
    interruption = _Interruption()
    before = signal.signal(signal.SIGINT, interruption.come)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)


def _train(
    trainer: Trainer, experiment: Experiment, bar: ProgressBar, interrupted: _Interruption
) -> None:
    epochs, name = experiment.training.epochs, experiment.architecture.text

    def goes_on(_: bool) -> bool:
        if bar.due:
            text = f"{name}  epoch {trainer.epoch:.1f} of {epochs}{_validation(trainer)}"
            bar.show(trainer.epoch / epochs, text)
        return not interrupted

    trainer.run(goes_on)
    trainer.evaluate()  # one that was due when Ctrl-C came
    trainer.recorder.close()


def _validation(trainer: Trainer) -> str:
    accuracy = trainer.snapshot().score("accuracy_validation")
    known = len(accuracy) and accuracy[-1] == accuracy[-1]
    return f"  validation {100 * accuracy[-1]:.2f} %" if known else ""


def _summary(trainer: Trainer, experiment: Experiment, examples: ExampleSet) -> str:
    plural = "" if trainer.epoch == 1 else "s"
    parts = [f"{experiment.architecture.text}: {trainer.epoch:.4g} epoch{plural}"]
    splits = (
        ("training", examples.train), ("validation", examples.validation), ("test", examples.test)
    )  # fmt: skip
    with np.errstate(all="ignore"):  # after a divergence
        scores = [(name, trainer.evaluation.score(split)) for name, split in splits if len(split)]
    parts += [f"{name} {100 * score.accuracy:.2f} %" for name, score in scores]
    return ", ".join(parts)


def _draw(draw: DrawPictures, experiment: Experiment, snapshot: Snapshot, folder: Path) -> bool:
    """False, and a sentence, where the pictures cannot be drawn; everything else is written."""
    try:
        draw(experiment, snapshot, folder)
    except (InputError, ImportError) as error:
        _complain(f"the pictures were not drawn: {error}")
        return False
    return True


def _reproduce(options: Namespace) -> int:
    holds: list[bool] = []
    with ProgressBar(sys.stderr) as bar:

        def report(share: float, text: str) -> None:
            if bar.due:
                bar.show(share, text)

        for section in reproduction.sections(options.quick, report):
            bar.clear()
            print(section, end="\n\n", flush=True)
            holds += section.holds
    print(f"{sum(holds)} of {len(holds)} hold.")
    return OK if all(holds) else FAILED


def _complain(what: object) -> None:
    print(f"nablascope: {what}", file=sys.stderr)
