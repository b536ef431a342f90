"""What formulas are made of: boxes that say how they stand to each other, and nothing of pixels."""

from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtGui import QColor

_LOWERED = str.maketrans("0123456789+-−=()aejn", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑⱼₙ")
_RAISED = str.maketrans("0123456789+-−=()ln", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ˡⁿ")


@dataclass(frozen=True, slots=True)
class Text:
    """Letters in one style; ``colour`` None is the ink of what is around it."""

    text: str
    colour: QColor | None = None
    italic: bool = False
    bold: bool = False
    tag: object = None


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, so wide: in em."""

    ems: float


@dataclass(frozen=True, slots=True, init=False)
class Row:
    """One after the other; ``colour`` is for those that have none, ``tag`` names the whole."""

    boxes: tuple["Box", ...]
    colour: QColor | None
    tag: object

    def __init__(self, *boxes: "Box", colour: QColor | None = None, tag: object = None) -> None:
        object.__setattr__(self, "boxes", boxes)
        object.__setattr__(self, "colour", colour)
        object.__setattr__(self, "tag", tag)


@dataclass(frozen=True, slots=True)
class Sub:
    """``base`` with a subscript."""

    base: "Box"
    sub: "Box"


@dataclass(frozen=True, slots=True)
class Sup:
    """``base`` with a superscript."""

    base: "Box"
    sup: "Box"


@dataclass(frozen=True, slots=True)
class Fraction:
    """One over the other, with a rule between."""

    above: "Box"
    below: "Box"


Box: TypeAlias = Text | Space | Row | Sub | Sup | Fraction


def plain(box: Box) -> str:
    """The formula in letters, for a screen reader and for tests: ∂C/∂b₁."""
    match box:
        case Text(text=text):
            return text
        case Space(ems=ems):
            return " " if ems > 0.2 else ""
        case Row(boxes=boxes):
            return "".join(map(plain, boxes))
        case Sub(base, sub):
            return plain(base) + _written("_", plain(sub), _LOWERED)
        case Sup(base, sup):
            return plain(base) + _written("^", plain(sup), _RAISED)
        case Fraction(above, below):
            return f"{plain(above)}/{plain(below)}"


def _written(mark: str, text: str, small: dict[int, int]) -> str:
    if all(ord(letter) in small for letter in text):
        return text.translate(small)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}{{{text}}}"
