"""CSV: one example per line, its label in the last column, perhaps a first line of titles."""

import csv
from array import array
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import numpy as np

from engine.datasets.readers.source_file import opened
from engine.datasets.readers.table import (
    LARGEST,
    MAX_NUMBERS,
    Table,
    check_width,
    make_table,
)
from engine.faults import fault
from engine.numerals import short

MAX_LINE = 2_000_000  # characters
SAMPLE = 10_000  # characters in which the separator is looked for; `read` reserves them all


def read_csv(path: Path) -> Table:
    """Read text in UTF-8 with columns parted by tab, semicolon or comma; blank lines are skipped.

    The first line holds titles if its last column is not a number. A point, never a comma, marks
    decimals. Raises ``InputError``.
    """
    with opened(path) as file:
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            features, labels = _numbers(path, text)
        except UnicodeDecodeError:
            raise fault(path, "the file is not text in UTF-8") from None
    if not labels:
        raise fault(path, "the file has no examples")
    x = np.frombuffer(features).reshape(len(labels), -1)
    return make_table(path, x, path, np.frombuffer(labels))


def _numbers(path: Path, text: TextIOWrapper) -> tuple["array[float]", "array[float]"]:
    """All features, row after row, and the labels."""
    features, labels = array("d"), array("d")
    width = first = 0
    for line, row in _rows(path, text):
        if not width:
            width, first = len(row), line
            _check_columns(path, width, line)
            if not _is_number(row[-1]):
                continue
        if len(row) != width:
            what = f"expected {width} values as in line {first}, found {len(row)}"
            raise fault(path, what, line)
        *x, label = _row_numbers(path, row, line)
        if not label.is_integer():
            raise fault(path, f"the label {label:g} is not a whole number", line)
        features.extend(x)
        labels.append(label)
        if len(features) + len(labels) > MAX_NUMBERS:
            raise fault(path, f"the file holds more than {MAX_NUMBERS:,} numbers, the limit")
    return features, labels


def _rows(path: Path, text: TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    start = text.read(SAMPLE)
    text.seek(0)
    line = start.lstrip("\r\n ").partition("\n")[0]
    separator = next((mark for mark in "\t;" if mark in line), ",")
    reader = csv.reader(_lines(path, text), delimiter=separator)
    try:
        for row in reader:
            if len(row) > 1 or "".join(row).strip():
                yield reader.line_num, row
    except csv.Error as error:
        raise fault(path, f"the line is not CSV ({error})", reader.line_num) from None


def _lines(path: Path, text: TextIOWrapper) -> Iterator[str]:
    """The lines; a quotation mark left open would swallow the rest of the file as one value."""
    for number, line in enumerate(iter(partial(text.readline, MAX_LINE + 1), ""), 1):
        if len(line) > MAX_LINE:
            raise fault(path, f"the line is longer than {MAX_LINE:,} characters", number)
        if line.count('"') % 2:
            raise fault(path, "a quotation mark is not closed", number)
        yield line


def _check_columns(path: Path, width: int, line: int) -> None:
    if width < 2:
        what = "expected features and a label, parted by comma, semicolon or tab, found one value"
        raise fault(path, what, line)
    check_width(path, width - 1)


def _row_numbers(path: Path, row: list[str], line: int) -> list[float]:
    try:
        numbers = list(map(float, row))
        if sum(map(abs, numbers)) <= LARGEST and "_" not in "".join(row):
            return numbers
    except ValueError:
        pass
    for column, cell in enumerate(row, 1):
        if fault_found := _cell_fault(cell):
            is_word = column == len(row) and cell.strip() and not _is_number(cell)
            hint = "; it is the label: number the classes 0, 1, 2 and so on" * bool(is_word)
            raise fault(path, f"column {column} {fault_found}{hint}", line)
    return numbers  # each within the limit, though their sum is not


def _cell_fault(cell: str) -> str:
    if not cell.strip():
        return "is empty"
    shown = repr(cell if len(cell) <= 20 else cell[:19] + "…")
    if not _is_number(cell):
        return f"is {shown}, which is not a number"
    if not np.isfinite(float(cell)):
        return f"is {shown}, which is not a finite number"
    return f"is {shown}; the limit is {short(LARGEST)}" if abs(float(cell)) > LARGEST else ""


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell  # Python reads 1_000 as a number; nobody else does
