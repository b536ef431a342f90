"""The legend's words: which edges, bars and shades are drawn, of what and on which scale; no Qt."""

from dataclasses import dataclass
from itertools import pairwise

from engine.architecture import ArchitectureSpec
from gui.canvas.items.fills import fills_text
from gui.canvas.layout import Measure
from gui.canvas.words.labels import EDGE_KEY, bars_text, broken, edges_text

BATCH = "the mini-batch"
MARGIN = 36  # pixels beside the lines


@dataclass(frozen=True, slots=True)
class Shown:
    """``bars_of`` and ``fills_of`` name the examples; empty where nothing is shown yet."""

    drawn: int = 0
    possible: int = 0
    full: float | None = None
    decades: int | None = None
    bars_of: str = ""
    fills_of: str = ""
    frozen: int = 0


LONGEST = Shown(1_500, 9_000, 1e-99, 30, BATCH, "probe set, 1,000 examples", 0)


def legend_segments(architecture: ArchitectureSpec, shown: Shown) -> list[str]:
    """The parts of the legend, each of which stands on one line."""
    total = sum(i * o for i, o in pairwise(architecture.sizes))
    segments = [edges_text(shown.drawn, shown.possible, total), *EDGE_KEY]
    together = bool(shown.fills_of) and shown.bars_of == shown.fills_of
    bars = bars_text(shown.full, shown.decades, "" if together else shown.bars_of)
    segments.append(f"{shown.bars_of}: {bars}" if together else bars)
    if shown.fills_of:
        fills = fills_text([layer.activation for layer in architecture.layers])
        segments.append(fills if together else f"{fills}, {shown.fills_of}")
    if shown.frozen:
        segments.append(f"dashed: frozen ({shown.frozen:,})")
    return segments


def legend_lines(
    architecture: ArchitectureSpec, shown: Shown, width: float, measure: Measure
) -> list[str]:
    """The legend in as few lines as fit."""
    segments = legend_segments(architecture, shown)
    return broken(segments, width - MARGIN, lambda text: measure(text, "caption", False))
