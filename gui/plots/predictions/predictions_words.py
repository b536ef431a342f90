"""Predictions in words: a cell of the matrix, an example, all of it, and as a table."""

from math import isnan

import numpy as np

from engine.readings.predictions import (
    NOTHING,
    VALIDATION,
    Cell,
    Prediction,
    PredictionsReading,
)
from engine.tables import Cell as TableCell
from engine.tables import Table

SPLITS = {VALIDATION: "validation", "train": "training"}
SHARES = ("sigmoid", "softmax")  # activations whose outputs are told in per cent
DEFINITION = (
    "Rows are the true classes, columns what the network says: the class of its greatest output."
    " Right answers lie on the diagonal, shaded by their share of the row; mistakes are shaded"
    " against the most frequent one. A click on a cell, or Enter, shows its worst examples; once"
    " more shows the worst of all."
)
WORST = (
    "The wrong answers with the greatest cost, the greatest first. The percentage is the output"
    " that was the greatest. A click, or Enter, looks at the example."
)


def class_name(shown: PredictionsReading, k: int) -> str:
    names = shown.class_names
    return names[k] if k < len(names) else str(k)


def percent(share: float) -> str:
    """With one digit after the point where it would round to 0 or 100."""
    text = f"{share:.0%}"
    if text in ("0%", "100%") and share not in (0.0, 1.0):
        text = f"{share:.1%}"
    return text.replace("%", " %")


def accuracy_words(shown: PredictionsReading) -> str:
    """Of how many examples, if not of all."""
    if not shown.count:
        return "no examples"
    of = f"{shown.count:,}" if shown.count == shown.total else f"the first {shown.count:,}"
    return f"{shown.accuracy:.1%}".replace("%", " %") + f" of {of} right"


def cell_words(shown: PredictionsReading, cell: Cell) -> str:
    """'a 4 taken for a 9: 12 of 982'."""
    true, said = (class_name(shown, k) for k in cell)
    count, total = int(shown.confusion[cell]), int(shown.of_class[cell[0]])
    what = f"{true} rightly said" if cell[0] == cell[1] else f"{true} taken for {said}"
    share = f" ({percent(count / total)})" if total else ""
    return f"{what}: {count:,} of {total:,}{share}"


def most_frequent(shown: PredictionsReading) -> str:
    """The greatest number beside the diagonal."""
    if not shown.wrong:
        return "no mistakes" if shown.count else ""
    words = []
    if shown.greatest_mistake:
        beside = shown.confusion * (1 - np.eye(len(shown.confusion), dtype=int))
        row, column = np.unravel_index(int(beside.argmax()), beside.shape)
        words.append(f"most often {cell_words(shown, (int(row), int(column)))}")
    if lost := int(shown.undecided.sum()):
        words.append(f"{lost:,} with outputs that are no numbers")
    return " · ".join(words)


def lines(shown: PredictionsReading, worst: Prediction, shares: bool) -> tuple[str, str, str]:
    """Beside the picture of an example."""
    said = "nothing" if worst.predicted == NOTHING else class_name(shown, worst.predicted)
    return f"true {class_name(shown, worst.label)}", f"said {said}", output_text(worst, shares)


def output_text(worst: Prediction, shares: bool) -> str:
    if isnan(worst.output):
        return "not a number"
    if shares:
        return f"{worst.output:.0%}".replace("%", " %")
    return f"a = {worst.output:.3g}".replace("-", "−")


def example_words(shown: PredictionsReading, worst: Prediction, shares: bool) -> str:
    of = SPLITS[shown.split]
    return (
        f"{of} example {worst.index + 1:,}: {', '.join(lines(shown, worst, shares))},"
        f" cost {worst.cost:.3g}"
    )


def table(shown: PredictionsReading) -> Table:
    """The matrix row by row."""
    classes = range(len(shown.confusion))
    names = [class_name(shown, k) for k in classes]
    columns = ("true", *(f"said {name}" for name in names), "not a number", "examples")
    counts = np.column_stack((shown.confusion, shown.undecided, shown.of_class)).tolist()
    rows: list[list[TableCell]] = [[names[k], *counts[k]] for k in classes]
    return Table(columns, rows)
