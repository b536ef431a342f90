"""What the card of the speed of learning says: choices, definitions, values."""

from collections.abc import Sequence

from engine.arrays import Floats
from engine.book import BAND, SPEED_SEEDS, Speed
from engine.measures import MEASURES, Measure
from engine.numerals import scientific
from gui.common.table_combo import Choice

MINI_BATCH, PROBE = "mini_batch", "probe"
SOURCES = {
    MINI_BATCH: Choice("mini-batch", "of the mini-batch of each recorded step"),
    PROBE: Choice("probe set", "of the first training examples, the same ones after every epoch"),
}
TITLES = {
    m.key: Choice(m.label[0].upper() + m.label[1:], f"{m.definition}\n{m.formula}")
    for m in MEASURES
}
DRAWN = (
    "Every point is the mean over two pixels' width of the records; on a logarithmic axis the mean"
    " of the logarithms. At the edge stand records that no line can show, counted at the curve's"
    " name: ▼ exactly 0, ▲ infinite (∞), × not a number (NaN)."
)
UNDERFLOW = "0 means underflow: smaller than the numbers of this precision."
NO_NEURON = "0 means that no ReLU of the layer is active, or underflow."


def definition(measure: Measure, book: Sequence[Speed], earlier: int, zeros: str) -> str:
    """The tooltip of the plot: what is drawn, with its formula."""
    parts = [f"{measure.symbol}: {measure.definition}.", measure.formula, DRAWN, zeros]
    if book:
        parts.append(
            "At the left edge, what the book prints for the start (Nielsen, chapter 5), and in"
            f" pale the {BAND[0]}–{BAND[-1]} % band over {len(SPEED_SEEDS)} seeds measured here: "
            + "; ".join(
                f"layer {l} book {speed.printed}, {speed.low:.2g}–{speed.high:.2g}"
                for l, speed in enumerate(book, 1)
            )
            + "."
        )
    if earlier:
        parts.append("Thin and pale: the same layers of earlier runs.")
    return "\n".join(filter(None, parts))


def spoken(names: Sequence[str], values: Floats, flaws: Sequence[str]) -> str:
    """The newest values, for who cannot see them."""
    parts = zip(names, values.tolist(), flaws, strict=False)
    return ", ".join(
        f"{name} {scientific(value)}{f' ({flaw})' if flaw else ''}" for name, value, flaw in parts
    )
