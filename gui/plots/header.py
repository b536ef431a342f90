"""The first row of an instrument: title, captions and verdict, as far as there is room."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.common.card import Chip, FlatCombo

SPACING = 8
LEAST_TITLE = 64  # pixels
ENDLESS = 16_777_215  # Qt's greatest width


class PlotHeader(QFrame):
    """In a dock it is what is dragged. What is ``spare`` gives way, the last of it first."""

    double_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plot-header")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACING)
        self._title: QLabel | None = None
        self._choice: FlatCombo | None = None  # that is the title
        self._words = ""  # of the title, in full
        self._spare: list[QLabel] = []
        self._rest: list[QWidget] = []
        self._least: QSize | None = None  # until a part asks for another size

    def add(self, widget: QWidget) -> None:
        """Labels are spare, but for the first widget: it is the title, and is cut at worst."""
        self._least = None
        self.row.addWidget(widget)
        if isinstance(widget, FlatCombo) and not self._rest:
            self._choice = widget
            widget.let_cut()
        if isinstance(widget, QLabel) and self._rest:
            self._spare.append(widget)
            return
        if isinstance(widget, QLabel):
            self._title, self._words = widget, widget.text()
            widget.setMinimumWidth(1)
        self._rest.append(widget)

    def fit(self) -> None:
        """Say as much as there is room for: verdicts in brief before they go."""
        shown = [label for label in self._spare if not label.isHidden()]
        widths = {label: _full(label) for label in shown}
        for shorter in (_brief, _none):
            for label in reversed(shown):
                if self._needed(widths) > self.width():
                    widths[label] = min(widths[label], shorter(label))
        for label, width in widths.items():  # only what has changed: this is called for changes
            label.setMaximumWidth(ENDLESS if width else 0)
            if isinstance(label, Chip):
                label.set_brief(width < _full(label))
        self._cut_title(self._needed(widths) - self.width())

    def minimumSizeHint(self) -> QSize:
        """Kept until the next change: one that changes has all docks asked some sixty times."""
        if self._least is None:
            gone = dict.fromkeys((label for label in self._spare if not label.isHidden()), 0)
            cut = max(self._title_width - LEAST_TITLE, 0)
            if self._choice is not None:
                cut = self._choice.sizeHint().width() - self._choice.minimumSizeHint().width()
            self._least = QSize(self._needed(gone) - cut, super().minimumSizeHint().height())
        return self._least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._least = None
            self.fit()
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit()
        event.accept()

    @property
    def _title_width(self) -> int:
        if self._title is None:
            return 0
        return self._title.fontMetrics().horizontalAdvance(self._words) + 1

    def _cut_title(self, excess: int) -> None:
        if (title := self._title) is None:
            return
        room = self._title_width - max(excess, 0)
        metrics, right = title.fontMetrics(), Qt.TextElideMode.ElideRight
        text = metrics.elidedText(self._words, right, room) if excess > 0 else self._words
        if text != title.text():
            title.setText(text)
            title.setToolTip(self._words if text != self._words else "")

    def _needed(self, spare: dict[QLabel, int]) -> int:
        margins = self.row.contentsMargins()
        parts = [part for part in self._rest if not part.isHidden() and part is not self._title]
        widths = [part.sizeHint().width() for part in parts]
        if self._title is not None:
            widths.append(self._title_width)
        widths += spare.values()  # what has gone keeps its space
        return margins.left() + margins.right() + sum(widths) + SPACING * len(widths)


def _full(label: QLabel) -> int:
    return label.full_width if isinstance(label, Chip) else label.sizeHint().width()


def _brief(label: QLabel) -> int:
    return label.brief_width if isinstance(label, Chip) else label.sizeHint().width()


def _none(_label: QLabel) -> int:
    return 0
