"""Colours, fonts and formulas of the cascade, made once for a theme and a size of type."""

from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from gui.chain.proof.steps import Step
from gui.common.formula.boxes import Box, Row, Text
from gui.common.formula.layout import LaidOut, lay_out
from gui.common.formula.symbols import a, indexed, italic, partial, sigma_prime, w
from gui.common.typeface import typeface
from gui.theme import CAPTION, CARD, Theme


class CascadeLook:
    """``neurons`` is the length of the chain: the colours run over it."""

    def __init__(self, widget: QWidget, theme: Theme, neurons: int) -> None:
        self.theme, self.neurons = theme, neurons
        self.small, self.bold = typeface(widget, CAPTION), typeface(widget, CAPTION, bold=True)
        self.large = typeface(widget, CARD)
        self.metrics, self.large_metrics = QFontMetricsF(self.small), QFontMetricsF(self.large)
        self.axis = self.metrics.horizontalAdvance("10⁻⁸⁸") + 6
        self._laid: dict[tuple[object, ...], LaidOut] = {}
        self._inks: dict[tuple[int, str], QColor] = {}

    @property
    def widest(self) -> float:
        """Pixels of the widest symbol, in small type."""
        return lay_out(_symbol("a", self.neurons), self.small).width

    def ink(self, colour: str | QColor, ground: str) -> QColor:
        """``colour`` as it can be read on the ground."""
        key = QColor(colour).rgb(), ground
        if key not in self._inks:
            self._inks[key] = self.theme.legible(colour, ground)
        return self._inks[key]

    def colour(self, step: Step) -> QColor:
        if step.change.kind == "C":
            return QColor(self.theme.ink)
        return self.theme.layer(step.change.j - 1, self.neurons)

    def factor_colour(self, step: Step) -> QColor:
        theme = self.theme
        if step.factor == "prime":
            return self.ink(theme.layer(step.j - 1, self.neurons), theme.panel)
        if step.factor == "weight":
            return self.ink(theme.negative if step.value < 0 else theme.positive, theme.panel)
        return QColor(theme.ink)

    def symbol(self, step: Step, font: QFont) -> LaidOut:
        """Such as Δa_1, in the ink that it is painted with."""
        key = ("symbol", step.change.kind, step.change.j, font.pixelSize())
        if key not in self._laid:
            self._laid[key] = lay_out(_symbol(step.change.kind, step.change.j), font)
        return self._laid[key]

    def factor(self, step: Step) -> LaidOut:
        """Such as σ′(z_1)."""
        key = (step.factor, step.j)
        if key not in self._laid:
            self._laid[key] = lay_out(_factor(step), self.small)
        return self._laid[key]


def _symbol(kind: str, j: int) -> Box:
    return Row(Text("Δ"), italic("C") if kind == "C" else indexed(kind, j))


def _factor(step: Step) -> Box:
    if step.factor == "prime":
        return sigma_prime(step.j)
    return w(step.j) if step.factor == "weight" else partial("C", a(step.j), slanted=True)
