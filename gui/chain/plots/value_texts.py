"""Numbers at the ends of columns: as long as fits, and none over another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

Place = Callable[[int, str], QRectF]  # of a column's text


@dataclass(frozen=True, slots=True)
class Value:
    """The number of a column, from 0, and the pixels that its text covers."""

    column: int
    text: str
    rect: QRectF


def arranged(
    columns: Sequence[int], forms: Iterable[Sequence[str]], place: Place, widest: float
) -> list[Value]:
    """All in the longest of the ``forms`` that fits everywhere; in the last one, those that fit.

    A text may be ``widest`` pixels wide: more, and it would lie over another column.
    """
    kept: list[Sequence[str]] = list(forms)
    for texts in kept:
        values: list[Value] = []
        for k in columns:
            rect = place(k, texts[k])
            taken = bool(values) and rect.intersects(values[-1].rect)
            if rect.width() <= widest and not taken:
                values.append(Value(k, texts[k], rect))
            elif texts is not kept[-1]:
                break  # another form is tried
        if len(values) == len(columns) or texts is kept[-1]:
            return values
    return []
