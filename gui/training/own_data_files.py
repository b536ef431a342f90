"""Choosing the files of one's own data."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from engine.datasets.own import OwnData
from engine.faults import InputError

TITLE = "Your own data: a CSV or NPZ file, or the two IDX files of images and labels"
KINDS = (
    "Data (*.csv *.tsv *.txt *.npz *idx* *ubyte *.gz);;"
    "CSV (*.csv *.tsv *.txt);;NPZ (*.npz);;IDX (*idx* *ubyte *.gz);;All files (*)"
)


def ask_for_files(parent: QWidget, start: str) -> list[str]:
    """The paths that the user chooses, beginning where ``start`` lies; none if it is left."""
    return QFileDialog.getOpenFileNames(parent, TITLE, start, KINDS)[0]


def own_data(paths: Sequence[str]) -> OwnData:
    """One file, or an IDX pair in either order; ``InputError`` where they cannot be read."""
    if len(paths) == 1:
        return _readable(OwnData(paths[0]))
    if len(paths) != 2:
        raise InputError(f"Choose one file, or the two files of an IDX pair, not {len(paths)}.")
    try:
        return _readable(OwnData(paths[0], paths[1]))
    except InputError as first:
        try:
            return _readable(OwnData(paths[1], paths[0]))
        except InputError:
            raise first from None


def _readable(data: OwnData) -> OwnData:
    data.shape()
    return data
