"""What many chains are drawn from: distributions, sizes, how many and how long, and the seed."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.chain.draws import DISTRIBUTIONS, Draw
from engine.hyper import Hyper, hypers
from gui.common.card import FlatCombo
from gui.common.formula.boxes import Row, Space, Text
from gui.common.formula.label import FormulaLabel
from gui.common.formula.symbols import italic
from gui.common.number_field import NumberField
from gui.common.table_combo import Choice
from gui.theme import TEXT

NEURONS = Hyper(
    "neurons", "neurons", 30, 2, 100, False,
    "the longest chains that are drawn; the shorter ones are their beginnings",
)  # fmt: skip
CHAINS = Hyper("chains", "chains", 10_000, 10, 50_000, True, "how many chains are drawn")
CHOICES = {d.key: Choice(d.label, d.formula) for d in DISTRIBUTIONS.values()}
OF_DRAW = {h.name: h for h in hypers(Draw)}
GAP, WITHIN = 16, 6
FIELD = 8  # digits that a field has room for, at most


class ManySettings(QWidget):
    """The draw belongs to the chain, the two numbers to this study alone."""

    draw_changed = Signal(str, object)  # a short imperative, the new engine.chain.draws.Draw
    numbers_changed = Signal()
    refused = Signal(str)

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self.draw = draw
        self.weights = FlatCombo("distribution of w", CHOICES, "How the weights are drawn")
        self.biases = FlatCombo("distribution of b", CHOICES, "How the biases are drawn")
        self.fields = {
            h.name: NumberField(h)
            for h in (OF_DRAW["w_scale"], OF_DRAW["b_scale"], NEURONS, CHAINS, OF_DRAW["seed"])
        }
        self._words: list[tuple[QLabel, str, str]] = []
        self._groups: list[list[QWidget]] = []
        self._lay_out()
        self.show_draw(draw)
        for combo, name in ((self.weights, "weights"), (self.biases, "biases")):
            combo.setObjectName(name)
            combo.key_chosen.connect(self._on_key_chosen)
        for field in self.fields.values():
            field.number_changed.connect(self._on_number_changed)
            field.refused.connect(self.refused)

    @property
    def neurons(self) -> int:
        return int(self.fields["neurons"].number)

    @property
    def chains(self) -> int:
        return int(self.fields["chains"].number)

    def show_draw(self, draw: Draw) -> None:
        self.draw = draw
        self.weights.set_key(draw.weights)
        self.biases.set_key(draw.biases)
        for name in ("w_scale", "b_scale", "seed"):
            self.fields[name].set_number(getattr(draw, name))

    def set_type(self) -> None:
        """The size of type has changed."""
        digit = self.fontMetrics().horizontalAdvance("0")
        for combo in (self.weights, self.biases):
            combo.set_type(self, TEXT)
        for name, field in self.fields.items():
            digits = {"w_scale": 4, "b_scale": 4, "neurons": 3, "chains": 6}.get(name, FIELD - 2)
            field.setFixedWidth(round(digit * digits + 2.2 * digit) + 8)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.set_type()  # only now has it the font that it is shown in

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._groups:
            self.set_type()

    # Room: first the words become shorter, then the seed goes, then the number of chains

    def _fit(self) -> None:
        for short in (False, True):
            for label, long_word, short_word in self._words:
                label.setText(short_word if short else long_word)
            if self._needed(len(self._groups)) <= self.width():
                break
        shown = next((k for k in (5, 4, 3) if self._needed(k) <= self.width()), 3)
        for k, group in enumerate(self._groups):
            for widget in group:
                widget.setVisible(k < shown)

    def _needed(self, groups: int) -> int:
        widths = [
            sum(w.sizeHint().width() if w.minimumWidth() == 0 else w.minimumWidth() for w in group)
            + WITHIN * (len(group) - 1)
            for group in self._groups[:groups]
        ]
        return sum(widths) + GAP * (len(widths) - 1)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(WITHIN)
        for letter, combo in (("w", self.weights), ("b", self.biases)):
            follows = FormulaLabel(Row(italic(letter), Space(0.3), Text("~")))
            size = FormulaLabel(italic("s"))
            self._groups.append([follows, combo, size, self.fields[f"{letter}_scale"]])
        for name, short in (("neurons", "N"), ("chains", "×"), ("seed", "seed")):
            label = QLabel(name)
            label.setProperty("role", "dim")
            self._words.append((label, name, short))
            self._groups.append([label, self.fields[name]])
        for group in self._groups:
            if row.count():
                row.addSpacing(GAP - 2 * WITHIN)
            for widget in group:
                row.addWidget(widget)
        row.addStretch(1)

    # What the user enters

    @Slot(str)
    def _on_key_chosen(self, key: str) -> None:
        combo = self.sender()
        name = "weights" if combo is self.weights else "biases"
        self.draw_changed.emit(f"Set the distribution of {name[0]}", _with(self.draw, name, key))

    @Slot(str, object)
    def _on_number_changed(self, name: str, number: float) -> None:
        if name in OF_DRAW:
            words = "Set the seed" if name == "seed" else f"Set the size of {name[0]}"
            self.draw_changed.emit(words, _with(self.draw, name, number))
        else:
            self.numbers_changed.emit()


def _with(draw: Draw, name: str, value: Any) -> Draw:
    return replace(draw, **{name: value})
