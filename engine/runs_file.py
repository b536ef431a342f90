"""The runs of a document in a file beside it: their settings as text, their records as arrays."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from engine import experiment_file
from engine.arrays import Floats, read_only
from engine.atomic_file import write_bytes
from engine.datasets.readers.npz_file import DAMAGE, read_array
from engine.datasets.readers.source_file import opened
from engine.faults import InputError, fault
from engine.runs import MOST_CHANGES, Change, Run, empty_record
from engine.snapshot import evaluation_columns, history_columns
from engine.toml_document import GREATEST

FORMAT, VERSION = "nablascope runs", 1
ENDING, DOCUMENT = ".runs.npz", ".toml"
MOST_RUNS = 50
MOST_BYTES = 150_000_000  # of all records together
MOST_COLOURS = 64
HEADER = "runs"  # the array whose bytes are the text that describes all runs
FAULTS = (*DAMAGE, KeyError, TypeError, IndexError, RecursionError, MemoryError)


def beside(document: Path) -> Path:
    """``lecture.runs.npz`` for ``lecture.toml``."""
    is_usual = document.suffix.lower() == DOCUMENT
    return document.with_name((document.stem if is_usual else document.name) + ENDING)


def kept(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The most recent ones that a file holds: the last ``MOST_RUNS``, up to ``MOST_BYTES``."""
    room, newest = MOST_BYTES, []
    for run in reversed(runs[-MOST_RUNS:]):
        room -= run.nbytes
        if room < 0:
            break
        newest.append(run)
    return tuple(reversed(newest))


def write(path: Path, runs: Sequence[Run]) -> int:
    """Replace the file in one go by the runs that are ``kept``, and tell their number.

    Without any, a file of runs that stands there is removed. A file that is none is never touched:
    ``InputError``, as where the system refuses.
    """
    wanted = kept(runs)
    if path.exists() and not is_runs_file(path):
        if not wanted:
            return 0
        raise fault(path, "this is no file of runs, or it is damaged; it is left as it is")
    if wanted:
        write_bytes(path, _packed(path, wanted))
    else:
        _remove(path)
    return len(wanted)


def read(path: Path) -> tuple[Run, ...]:
    """Empty where there is no such file; ``InputError`` names what is wrong with one."""
    if not path.exists():
        return ()
    with opened(path) as file:
        try:
            with ZipFile(file) as archive:
                return _runs(path, archive)
        except InputError:
            raise
        except FAULTS as error:
            raise fault(path, "the file is no file of runs, or it is damaged") from error


def is_runs_file(path: Path) -> bool:
    """Whether it says so itself, of a version known here; its runs may be damaged for all that."""
    with suppress(InputError, *FAULTS), opened(path) as file, ZipFile(file) as archive:
        header = _header(path, archive)
        return bool(header["format"] == FORMAT and header["version"] == VERSION)
    return False


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise fault(path, f"the file cannot be removed ({error.strerror or error})") from error


def _packed(path: Path, runs: Sequence[Run]) -> bytes:
    text = json.dumps({
        "format": FORMAT, "version": VERSION, "runs": [_described(path, run) for run in runs]
    })  # fmt: skip
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED, compresslevel=1) as archive:  # higher ones gain nothing
        _add(archive, HEADER, np.frombuffer(text.encode(), np.uint8))
        for k, run in enumerate(runs):
            for name, record in (("history", run.history), ("evaluations", run.evaluations)):
                if len(record):
                    _add(archive, f"{name}_{k}", np.asarray(record, "<f8"))
    return data.getvalue()


def _add(archive: ZipFile, name: str, array: Any) -> None:
    with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
        np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)


def _described(path: Path, run: Run) -> dict[str, object]:
    plain = ("name", "colour", "step", "epoch", "began", "notes", "shown", "diverged")
    described: dict[str, object] = {key: getattr(run, key) for key in plain}
    described["branched_from"] = run.branched_from
    described["changes"] = [asdict(change) for change in run.changes]
    described["settings"] = experiment_file.dumps(experiment_file.portable(run.experiment, path))
    return described


def _header(path: Path, archive: ZipFile) -> dict[str, Any]:
    header = json.loads(read_array(path, archive, HEADER).tobytes())
    if not isinstance(header, dict):
        raise TypeError("no table")
    return header


def _runs(path: Path, archive: ZipFile) -> tuple[Run, ...]:
    if sum(info.file_size for info in archive.infolist()) > 2 * MOST_BYTES:
        raise fault(path, f"the records take more than {2 * MOST_BYTES:,} bytes")
    header = _header(path, archive)
    if header["format"] != FORMAT:
        raise fault(path, "the file is no file of runs")
    if header["version"] != VERSION:
        raise fault(path, f"this program reads runs of version {VERSION} only")
    described = header["runs"]
    if not isinstance(described, list) or len(described) > MOST_RUNS:
        raise fault(path, f"a file holds {MOST_RUNS} runs at most")
    return tuple(_run(path, archive, k, entry) for k, entry in enumerate(described))


def _run(path: Path, archive: ZipFile, k: int, entry: dict[str, Any]) -> Run:
    where = f"{path.name}, run {k + 1}"
    experiment = experiment_file.located(
        experiment_file.loads(_typed(entry, "settings", str), where), path
    )
    layers = len(experiment.architecture.layers)
    branched_from, step, epoch = entry["branched_from"], entry["step"], entry["epoch"]
    if not (type(step) is int and 0 <= step <= GREATEST and type(epoch) is float and epoch >= 0):
        raise ValueError("no moment")
    return Run(
        id=k + 1,
        name=_typed(entry, "name", str),
        colour=_typed(entry, "colour", int) % MOST_COLOURS,
        experiment=experiment,
        history=_record(path, archive, f"history_{k}", len(history_columns(layers))),
        evaluations=_record(path, archive, f"evaluations_{k}", len(evaluation_columns(layers))),
        step=step,
        epoch=epoch,
        began=_typed(entry, "began", str),
        notes=_typed(entry, "notes", str),
        shown=_typed(entry, "shown", bool),
        branched_from=None if branched_from is None else _branch(branched_from),
        changes=tuple(map(_change, entry["changes"][:MOST_CHANGES])),
        diverged=_typed(entry, "diverged", bool),
    )


def _typed(entry: dict[str, Any], key: str, kind: type) -> Any:
    value = entry[key]
    if type(value) is not kind:
        raise TypeError(key)
    return value


def _branch(pair: list[Any]) -> tuple[str, int]:
    named = dict(zip(("name", "step"), pair, strict=True))
    return _typed(named, "name", str), _typed(named, "step", int)


def _change(entry: dict[str, Any]) -> Change:
    words = (_typed(entry, key, str) for key in ("label", "before", "after"))
    return Change(_typed(entry, "step", int), *words)


def _record(path: Path, archive: ZipFile, name: str, columns: int) -> Floats:
    """Rows in the order of time; the first two columns are step and epoch."""
    if f"{name}.npy" not in archive.namelist():
        return empty_record(columns)
    record = read_array(path, archive, name)
    if record.dtype != np.float64 or record.ndim != 2 or record.shape[1] != columns:
        raise fault(path, f"{name} does not have {columns} columns of float64")
    when = record[:, :2]
    if not np.isfinite(when).all() or (np.diff(when, axis=0) < 0).any():
        raise fault(path, f"the rows of {name} are not in the order of time")
    return read_only(record)
