"""Whether the product is right, in the words of its witness."""

from math import floor, isfinite

from PySide6.QtCore import Slot

from engine.chain.scaled import MOST_DIGITS
from engine.chain.trace import ChainTrace
from engine.chain.witness import ENOUGH, Witness, witness
from gui.common.card import Chip
from gui.common.throttle import Throttle

EACH = 100  # ms between two witnesses
WRONG = 6  # digits: fewer are no rounding


class WitnessChip(Chip):
    """✓ complex step agrees to 15 digits."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("witness")
        self._trace: ChainTrace | None = None
        self._soon = Throttle(self, EACH)
        self._soon.due.connect(self._on_due)

    def show_trace(self, t: ChainTrace) -> None:
        self._trace = t
        self._soon.request()

    @Slot()
    def _on_due(self) -> None:
        if self._trace is not None:
            w = witness(self._trace)
            kind, words = verdict(w)
            self.tell(kind, words, w.sentence, _brief(words, w.method))


def verdict(w: Witness) -> tuple[str, str]:
    """The kind of the chip, and its words."""
    both_zero = w.value == 0.0 and w.digits >= MOST_DIGITS
    if both_zero:
        return "balanced", f"✓ {w.method} agrees: 0"
    if not isfinite(w.log10_value):
        return "unknown", f"no {w.method}"
    digits = floor(w.digits)
    exactly = w.method == "one-sided rule" and w.digits >= MOST_DIGITS
    agrees = f"{w.method} agrees " + ("exactly" if exactly else f"to {digits} digits")
    if digits >= WRONG:
        return "balanced" if digits >= ENOUGH else "unknown", f"✓ {agrees}"
    return "exploding", f"✗ {agrees}"


def _brief(words: str, method: str) -> str:
    """'✓ 15 digits', '✓ exactly', '✓ 0'."""
    for link in (" agrees to ", " agrees: ", " agrees "):
        words = words.replace(f"{method}{link}", "")
    return words
