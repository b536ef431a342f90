"""Tables as text, read back by the standard library's reader."""

import csv
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.tables import Table


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
