"""What stands over what in the drawing of a chain, and what is left out where it is too low."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gui.chain.diagram.columns import Columns, Ems
from gui.theme import CAPTION, TITLE

VALUE = 16  # pixels, before the user's scale
NUMBER = 6.2  # widths of a digit that the number under a term takes
STEEPEST = 7.2  # of the height: the largest formula
# What is shown, from all to least, and how far type may shrink before something goes.
LEVELS = (
    (("formula", "values", "stairs", "running", "chain", "states", "terms", "result"), 0.85),
    (("formula", "values", "stairs", "running", "chain", "states", "result"), 0.7),
    (("formula", "values", "running", "chain", "states", "result"), 0.7),
    (("formula", "values", "running", "chain", "result"), 0.62),
    (("formula", "values", "chain", "result"), 0.55),
    (("formula", "values", "chain"), 0.45),
)
TIGHT, LOOSE = 0.6, 2.6  # of the usual gap between rows, where it is low and where it is high
SHARES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55, 0.45)


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes in pixels, after what the width and the height leave of them."""

    formula: float
    value: int
    caption: int
    result: int
    staggered: bool  # the values of weights stand under those of the neurons
    stacked: bool  # z_j and a_j stand under one another


@dataclass(frozen=True, slots=True)
class Rows:
    """Tops and heights of the bands, by name; ``radius`` is that of a neuron."""

    bands: dict[str, tuple[float, float]]
    radius: float
    type: Type

    def top(self, name: str) -> float:
        return self.bands[name][0]

    def bottom(self, name: str) -> float:
        top, height = self.bands[name]
        return top + height

    @property
    def centre(self) -> float:
        """Of the neurons."""
        top, height = self.bands["chain"]
        return top + height / 2


def arrange(
    columns: Columns, ems: Ems, height: float, scale: float, digit: float, named: bool
) -> Rows:
    """``digit`` is the width of one in em; ``named`` asks for a line above the neurons."""
    for level, share in _tries():
        kind = sizes(columns, height, scale * share, digit)
        radius = min(0.3 * columns.pitch, 26 * scale * share)
        heights = _heights(level, kind, ems, radius, scale * share, named)
        need = sum(heights.values()) + TIGHT * sum(_gaps(tuple(heights), scale * share))
        if need <= height or (level, share) == (LEVELS[-1][0], SHARES[-1]):
            return _spread(heights, kind, radius, height, scale * share, columns)
    raise AssertionError("the last try is always taken")


def sizes(columns: Columns, height: float, scale: float, digit: float) -> Type:
    room = columns.pitch / 2 / (NUMBER * digit)
    staggered = room < max(12.5, 0.7 * VALUE * scale)
    value = min(VALUE * scale, 2 * room if staggered else room)
    caption = (CAPTION + 1) * scale
    stacked = columns.pitch < 17 * digit * caption
    if stacked:
        caption = min(caption, columns.pitch / (9.5 * digit))
    caption = min(caption, 0.9 * value)
    formula = min(columns.em, height / STEEPEST)
    return Type(
        formula, max(9, int(value)), max(9, int(caption)), max(9, int(TITLE * scale)),
        staggered, stacked,
    )  # fmt: skip


def _tries() -> Iterator[tuple[tuple[str, ...], float]]:
    for level, least in LEVELS:
        for share in SHARES:
            if share >= least:
                yield level, share


def _heights(
    level: tuple[str, ...], kind: Type, ems: Ems, radius: float, scale: float, named: bool
) -> dict[str, float]:
    all_heights = {
        "formula": (ems.ascent + ems.descent) * kind.formula,
        "values": 1.25 * kind.value * (1 + kind.staggered),
        "stairs": 20 * scale,
        "running": 1.3 * kind.caption,
        "names": 1.2 * kind.caption,
        "chain": 2 * radius + 6 * scale,  # with some of the ring of the chosen one
        "states": 1.25 * kind.caption * (1 + kind.stacked),
        "terms": 1.25 * kind.caption,
        "result": 1.4 * kind.result,
    }
    shown = {*level, "names"} if named and "states" in level else {*level}
    return {name: height for name, height in all_heights.items() if name in shown}


def _gaps(names: tuple[str, ...], scale: float) -> list[float]:
    """Above every band but the first: little between what belongs together."""
    close = {"values", "running", "terms"}
    return [8 * scale] + [
        (2 if name in close else 5 if name in ("states", "chain") and before == "names" else 8)
        * scale
        for before, name in pairwise(names)
    ] + [4 * scale]  # fmt: skip


def _spread(
    heights: dict[str, float], kind: Type, radius: float, height: float, scale: float,
    columns: Columns,
) -> Rows:  # fmt: skip
    """What is left over makes neurons larger, then stairs higher, then gaps wider."""
    gaps = _gaps(tuple(heights), scale)
    spare = max(0.0, height - sum(heights.values()) - sum(gaps))
    larger = min(spare * 0.4, 2 * max(0.0, min(0.3 * columns.pitch, 40 * scale) - radius))
    heights["chain"] += larger
    spare -= larger
    if "stairs" in heights:
        higher = min(spare * 0.35, 1.2 * heights["stairs"])
        heights["stairs"] += higher
        spare -= higher
    wider = (height - sum(heights.values())) / sum(gaps)
    wider = max(TIGHT, min(wider, LOOSE))
    y = (height - sum(heights.values()) - sum(gaps) * wider) / 2
    bands = {}
    for (name, band), gap in zip(heights.items(), gaps, strict=False):
        y += gap * wider
        bands[name] = y, band
        y += band
    return Rows(bands, radius + larger / 2, kind)
