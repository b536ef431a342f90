"""The user's own data: a CSV file, an NPZ archive, or a pair of IDX files."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from engine.arrays import Ints
from engine.datasets.dataset import DataSet, Split
from engine.datasets.readers.csv_file import read_csv
from engine.datasets.readers.idx_file import read_idx_pair
from engine.datasets.readers.npz_file import read_npz
from engine.datasets.readers.source_file import opened
from engine.datasets.readers.table import Table
from engine.faults import InputError, fault
from engine.hyper import check_hypers, hyper

TEXT_ENDINGS = (".csv", ".tsv", ".txt")
Stamp = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class OwnData:
    """Examples from a file, shuffled by ``seed``; features are kept as the file has them.

    Validation and test get half of the share ``held_out`` each; training keeps the rest and at
    least one example of every class. ``labels_path`` is read only where ``path`` is an IDX file.
    """

    key: ClassVar[str] = "own"
    label: ClassVar[str] = "Your own data"
    help: ClassVar[str] = "CSV (last column the label), NPZ (x and y), or a pair of IDX files"
    path: str = ""
    labels_path: str = ""
    held_out: float = hyper(0.2, "held out", 0.0, 0.8, help="share kept for validation and test")
    seed: int = hyper(1, "seed", 0, 2**31 - 1, help="start of the random stream that shuffles")

    def __post_init__(self) -> None:
        check_hypers(self)

    def shape(self) -> tuple[int, int]:
        """Reads the file if it was not the last one read, or has changed since."""
        table = self._table()
        return table.x.shape[1], len(table.class_names)

    def load(self) -> DataSet:
        """Raises ``InputError``: one sentence that names the file and what is wrong with it."""
        path, table = Path(self.path), self._table()
        held = round(len(table.labels) * self.held_out / 2)
        kept = len(table.labels) - 2 * held
        if kept < len(table.class_names):
            raise fault(
                path,
                f"{len(table.labels):,} examples are too few to hold out {2 * held:,} of them and "
                f"to train on each of the {len(table.class_names):,} classes",
            )
        order = _shuffled(table.labels, self.seed)
        rows = (order[:kept], order[kept : kept + held], order[kept + held :])
        train, validation, test = (Split(table.x[i], table.labels[i], table.unit) for i in rows)
        return DataSet(path.name, train, validation, test, table.class_names, table.image)

    def _table(self) -> Table:
        if not self.path:
            raise InputError("Choose a file for your own data first.")
        path, labels_path = Path(self.path), Path(self.labels_path)
        return _read(path, labels_path, (_stamp(path), _stamp(labels_path)))


def _shuffled(labels: Ints, seed: int) -> Ints:
    """A random order of the examples that starts with one of each class."""
    order = np.random.default_rng(seed).permutation(len(labels))
    _, first = np.unique(labels[order], return_index=True)
    return np.concatenate([order[first], np.delete(order, first)])


def _stamp(path: Path) -> Stamp:
    """What changes with the file; what cannot be asked is for the reader to tell."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)
def _read(path: Path, labels_path: Path, _stamps: tuple[Stamp, Stamp]) -> Table:
    """Told apart by ``_stamps`` too, so that a file that was rewritten is read again."""
    ending = path.suffix.lower()
    if ending in TEXT_ENDINGS:
        return read_csv(path)
    if ending == ".npz":
        return read_npz(path)
    if not _looks_like_idx(path):
        raise fault(path, "the kind of the file is unknown; expected .csv, .npz or IDX")
    if labels_path == Path():
        raise fault(path, "an IDX file needs a second one with its labels")
    return read_idx_pair(path, labels_path)


def _looks_like_idx(path: Path) -> bool:
    with opened(path) as file:
        return file.read(2) in (b"\0\0", b"\x1f\x8b") or "idx" in path.name.lower()
