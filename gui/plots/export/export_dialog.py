"""What is to be exported and how: kind of file, size, pixels, colours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from gui.common.card import caption
from gui.common.segments import Segments
from gui.common.table_combo import Choice
from gui.plots.export.export import KINDS, PAPER, SLIDE, Sheet, Style
from gui.theme import LIGHT

SHEETS: dict[str, Sheet | None] = {"shown": None, "slide": SLIDE, "paper": PAPER}
SIZES = {
    "shown": Choice("as shown", "Its size in the window, and the window's size of type"),
    "slide": Choice("slide", "1280 × 720, in large type: for the last row"),
    "paper": Choice("paper", "900 × 560: for the width of a page"),
}
SHARPNESS = {
    str(n): Choice(f"{n}×", f"{n * n} pixels for every one of the picture") for n in (1, 2, 3, 4)
}
COLOURS = {
    "window": Choice("as shown", "The colours of the window"),
    "light": Choice("light", "Dark on white: for print"),
}
DRAWN, RUN = "drawn", "run"
NUMBERS = {
    DRAWN: Choice("what is drawn", "The numbers of this plot, with all their digits"),
    RUN: Choice("the whole run", "Every measure of every layer at every recorded step"),
}
PICTURES = ("png", "svg", "pdf")
MARGIN, ROWS = 20, 12  # pixels


@dataclass(frozen=True, slots=True)
class Order:
    """Keys of the tables above; ``closed``: plots that are not open too."""

    kinds: tuple[str, ...] = ("png",)
    size: str = "shown"
    sharp: int = 2
    colours: str = "window"
    numbers: str = DRAWN
    closed: bool = False

    @property
    def style(self) -> Style:
        theme = LIGHT if self.colours == "light" else None
        return Style(SHEETS[self.size], theme, self.sharp)


Measure = Callable[[Order], QSize]  # columns and rows for numbers, else the pixels of a PNG


class ExportDialog(QDialog):
    """For one plot a kind is chosen, for ``several`` any number of them; ``measure`` foretells."""

    def __init__(
        self, name: str, order: Order, measure: Measure | None, dark: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._first, self._measure = order, measure
        self.several = measure is None
        self.setWindowTitle(name)
        self.kinds = Segments("kind of file", KINDS)
        self.boxes = {key: QCheckBox(kind.label) for key, kind in KINDS.items()}
        self.size_choice = Segments("size", SIZES)
        self.sharpness = Segments("scale", SHARPNESS)
        self.colours = Segments("colours", COLOURS)
        self.numbers = Segments("numbers", NUMBERS)
        self.closed = QCheckBox("Closed plots too")
        self.outcome = caption()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self.buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._labels: dict[QWidget, QLabel] = {}
        self._lay_out(dark)
        self._show(order)
        self._connect()
        self._on_changed()

    @property
    def order(self) -> Order:
        chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return replace(
            self._first,
            kinds=chosen if self.several else (self.kinds.key,),
            size=self.size_choice.key,
            sharp=int(self.sharpness.key),
            colours=self.colours.key,
            numbers=self.numbers.key,
            closed=self.closed.isChecked(),
        )

    def accept(self) -> None:
        """Not without a kind of file: that would be the next proposal."""
        if self.order.kinds:
            super().accept()

    def _show(self, order: Order) -> None:
        self.kinds.set_key(order.kinds[0])
        for key, box in self.boxes.items():
            box.setChecked(key in order.kinds)
            box.setToolTip(KINDS[key].help)
        self.size_choice.set_key(order.size)
        self.sharpness.set_key(str(order.sharp))
        self.colours.set_key(order.colours)
        self.numbers.set_key(order.numbers)
        self.closed.setChecked(order.closed)

    def _lay_out(self, dark: bool) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setVerticalSpacing(ROWS)
        grid.setHorizontalSpacing(MARGIN)
        kinds = _row(self.boxes) if self.several else self.kinds
        self._add(grid, "file" if not self.several else "files", kinds)
        self._add(grid, "size", self.size_choice)
        self._add(grid, "scale", self.sharpness)
        if dark:
            self._add(grid, "colours", self.colours)
        if self.several:
            grid.addWidget(self.closed, grid.rowCount(), 1)
        else:
            self._add(grid, "numbers", self.numbers)
            grid.addWidget(self.outcome, grid.rowCount(), 1)
        grid.addWidget(self.buttons, grid.rowCount(), 0, 1, 2)

    def _add(self, grid: QGridLayout, text: str, field: QWidget) -> None:
        label = QLabel(text)
        label.setBuddy(field)
        self._labels[field] = label
        row = grid.rowCount()
        grid.addWidget(label, row, 0)
        holder = QHBoxLayout()
        holder.addWidget(field)
        holder.addStretch(1)
        grid.addLayout(holder, row, 1)

    def _connect(self) -> None:
        for choice in (self.kinds, self.size_choice, self.sharpness, self.colours, self.numbers):
            choice.key_chosen.connect(self._on_changed)
        for box in self.boxes.values():
            box.toggled.connect(self._on_changed)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self._go)  # Enter exports, whatever has the focus
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @Slot()
    def _on_changed(self) -> None:
        """What plays no part for these kinds cannot be chosen."""
        order = self.order
        picture = any(kind in PICTURES for kind in order.kinds)
        matters: Mapping[QWidget, bool] = {
            self.size_choice: picture,
            self.sharpness: "png" in order.kinds,
            self.colours: picture,
            self.numbers: "csv" in order.kinds,
        }
        for field, does in matters.items():
            field.setEnabled(does)
            if field in self._labels:
                self._labels[field].setEnabled(does)
        self._go.setEnabled(bool(order.kinds))
        if self._measure is not None:
            self.outcome.setText(_foretold(order, self._measure(order)))


def _foretold(order: Order, size: QSize) -> str:
    match order.kinds[0]:
        case "csv":
            return f"{size.height():,} rows, {size.width():,} columns"
        case "png":
            return f"{size.width():,} × {size.height():,} pixels"
        case _:
            return "lines and text, sharp at every size"


def _row(boxes: Mapping[str, QWidget]) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(MARGIN)
    for box in boxes.values():
        row.addWidget(box)
    return holder
