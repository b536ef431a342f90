"""Nablascope: `python main.py` opens the window; `run` and `reproduce` work without one."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.snapshot import Snapshot
    from engine.spec import Experiment

# Before NumPy is imported: while the window paints, more BLAS threads than one are up to a hundred
# times slower; with one, a run also repeats to the bit.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

COMMANDS = ("run", "reproduce")
USAGE = """\
usage: main.py [EXPERIMENT.toml | CHAIN.toml]    open the window
       main.py run EXPERIMENT.toml --out DIR     train without a window
       main.py reproduce [--quick]               the chapter's measurements beside the book's
       main.py COMMAND --help                    a command's options
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code is 2 for whatever the user has to put right."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments and arguments[0] in COMMANDS:
        return _command(arguments)
    if arguments and arguments[0] in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        return _complain(f"unknown arguments: {' '.join(arguments)}; try main.py --help")
    return _window(Path(arguments[0]) if arguments else None)


def _command(arguments: Sequence[str]) -> int:
    try:
        from engine import command_line
    except ImportError as error:
        return _complain(f"{error}: run `python -m pip install -e .` in the project's folder")
    return command_line.main(arguments, _draw_pictures)


def _draw_pictures(experiment: "Experiment", snapshot: "Snapshot", folder: Path) -> object:
    from gui import preflight

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if fault := preflight.fault():
        from engine.faults import InputError

        raise InputError(fault)
    from gui.plots.export.picture import write_pictures

    return write_pictures(experiment, snapshot, folder)


def _window(path: Path | None) -> int:
    from gui import preflight

    if fault := preflight.fault():
        return _complain(fault)
    from gui import application

    return application.run(path)


def _complain(sentence: str) -> int:
    print(f"nablascope: {sentence}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
