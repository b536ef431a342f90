"""The changes that a nudge of b_1 makes, from left to right: actual beside predicted."""

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.chain.proof.cascade_frame import CascadeFrame
from gui.chain.proof.cascade_look import CascadeLook
from gui.chain.proof.cascade_painter import SCALE, CascadePainter, sizes
from gui.chain.proof.steps import Column, Gap, Step, derivation, elided, sentence
from gui.common.scale import Range
from gui.theme import Theme

NARROWEST = 28  # pixels of a column
KEYS_HELP = "Space plays and pauses, Left and Right step, Esc shows everything."
Key = Qt.Key


class CascadeView(QWidget):
    """Shows the first ``at`` columns; the one in between is on its way."""

    toggled = Signal()
    stepped = Signal(int)
    finished = Signal()
    pointed = Signal(int)  # a column, or -1
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.columns: tuple[Column, ...] = ()
        self.at = 0.0
        self.marked = -1
        self._neurons = 1
        self._range: Range = (-4.0, 0.0)
        self._look: CascadeLook | None = None
        self.setObjectName("cascade")
        self.setAccessibleName("Cascade of the nudge")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- what it shows ---------------------------------------------------------------------

    def show_steps(self, steps: Sequence[Step], neurons: int) -> None:
        """As many of them as there is room for, the first and the last."""
        if neurons != self._neurons:
            self._neurons, self._look = neurons, None
        narrowest = max(NARROWEST, self.look.widest + 3)
        self.columns = elided(steps, int((self.width() - self.look.axis) / narrowest))
        known = [size for step in steps for size in sizes(step) if isfinite(size)]
        if known:
            self._range = SCALE.fit(min(known), max(known), self._range)
        self.update()

    def show_at(self, at: float, marked: int) -> None:
        """``marked`` is the column that the words are about, or -1."""
        self.at, self.marked = at, marked
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._look = theme, None
        self.update()

    @property
    def look(self) -> CascadeLook:
        if self._look is None:
            self._look = CascadeLook(self, self._theme, self._neurons)
        return self._look

    @property
    def frame(self) -> CascadeFrame:
        look = self.look
        pitch = (self.width() - look.axis) / max(1, len(self.columns))
        return CascadeFrame.of(
            look.axis, pitch, self.height(), self._range, look.metrics, look.large_metrics
        )

    def sizeHint(self) -> QSize:
        return QSize(600, 130)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 50)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.columns:
            CascadePainter(painter, self.frame, self.look, self.columns).paint(self.at, self.marked)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    # -- hands -----------------------------------------------------------------------------

    def column_at(self, x: float) -> int:
        """-1 where there is none."""
        k = int((x - self.look.axis) // self.frame.pitch)
        return k if 0 <= k < len(self.columns) else -1

    def tip(self, k: int) -> str:
        column = self.columns[k] if 0 <= k < len(self.columns) else None
        if column is None:
            return KEYS_HELP
        if isinstance(column, Gap):
            return f"{column.neurons:,} neurons that there is no room for"
        before = self.columns[k - 1] if k else None
        origin = derivation(column, before if isinstance(before, Step) else None)
        return "\n".join(filter(None, (sentence(column), origin)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.column_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._look = None
            self.resized.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            taken = event.key() in (Key.Key_Space, Key.Key_Left, Key.Key_Right)
            if taken or (event.key() == Key.Key_Escape and self.at < len(self.columns)):
                event.accept()  # else it is a shortcut of the window
                return True
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(self.column_at(event.pos().x())), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Key.Key_Space:
                self.toggled.emit()
            case Key.Key_Left:
                self.stepped.emit(-1)
            case Key.Key_Right:
                self.stepped.emit(1)
            case Key.Key_Escape if self.at < len(self.columns):
                self.finished.emit()
            case _:
                event.ignore()
