"""Tables as text, read back by the standard library's reader."""

import csv
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tables import PIECE, Row, Rows, Table


@given(st.lists(st.tuples(st.integers(), st.floats(), st.text("a,\"' \né→", max_size=5))))
def test_every_cell_comes_back(rows: list[tuple[int, float, str]]) -> None:
    read = list(csv.reader(Table(("step", "value", "name, of it"), rows).csv().splitlines(True)))
    assert read[0] == ["step", "value", "name, of it"]
    assert len(read) == len(rows) + 1
    for (step, value, name), cells in zip(rows, read[1:], strict=True):
        assert int(cells[0]) == step
        assert float(cells[1]) == value or math.isnan(value)
        assert cells[2] == name


def test_numbers_of_numpy_are_plain() -> None:
    table = Table(("x",), [(np.float64(0.1),), (np.float32(0.5),), (math.inf,), (math.nan,)])
    assert table.csv() == "x\n0.1\n0.5\ninf\nnan\n"
    assert Table(("a", "b"), [(1, 2.0)]).csv("\t") == "a\tb\n1\t2.0\n"


def test_rows_are_made_when_they_are_asked_for() -> None:
    asked: list[int] = []

    def row(k: int) -> Row:
        asked.append(k)
        return k, -k

    rows = Rows((3, row), (0, row), (2, row))
    assert len(rows) == 5
    assert asked == []
    assert list(rows) == [(0, 0), (1, -1), (2, -2), (0, 0), (1, -1)]
    assert (rows[-1], rows[3], rows[1:4:2]) == ((1, -1), (0, 0), [(1, -1), (0, 0)])
    for beyond in (5, -6):
        with pytest.raises(IndexError):
            rows[beyond]
    assert len(Rows()) == len(list(Rows())) == 0


@pytest.mark.parametrize("count", [0, 1, PIECE // 2, PIECE // 2 + 1, 3 * PIECE])
def test_the_pieces_are_the_whole(count: int) -> None:
    rows = Rows((count, lambda k: (k, 0.1 * k)))
    table = Table(("a", "b"), rows)
    pieces = list(table.csv_pieces())
    assert len(pieces) == table.pieces
    assert table.cells == 2 * count
    assert max(piece.count("\n") for piece in pieces) <= PIECE // 2
    assert "".join(pieces) == Table(("a", "b"), list(rows)).csv()
