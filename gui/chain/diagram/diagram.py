"""The formula of a chain over its drawing: the network itself shows what is multiplied."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.chain.trace import ChainTrace
from gui.chain.diagram.drawing import Drawing
from gui.chain.diagram.fading import Fading, moved
from gui.chain.diagram.keys import Key, group
from gui.chain.diagram.page import Marks
from gui.chain.diagram.spoken import spoken
from gui.chain.diagram.words import explanation
from gui.common.throttle import Throttle
from gui.theme import TEXT, Theme

SIZE, LEAST = QSize(1280, 330), QSize(360, 200)
CLICKABLE = {"bias", "prime", "z", "a", "term", "delta", "weight"}


class ChainDiagram(QWidget):
    """Shows a trace; neurons can be chosen by click and by arrow keys."""

    neuron_chosen = Signal(int)  # from 1, by the user

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("diagram")
        self.setAccessibleName("The gradient as a product, over the chain that it comes from")
        self.theme = theme
        self._trace: ChainTrace | None = None
        self._drawing: Drawing | None = None
        self._hovered: Key | None = None
        self.chosen = 1  # neuron
        self.fading = Fading(self)
        self.fading.faded.connect(self.update)
        self._texts = Throttle(self)
        self._texts.due.connect(self._on_texts_due)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- what is shown ---------------------------------------------------------------------

    def show_trace(self, t: ChainTrace) -> None:
        """What moved since the last one stands out for a moment."""
        before, self._trace = self._trace, t
        self.chosen = min(self.chosen, t.chain.neurons)
        drawing = self._drawing
        if drawing is None or not drawing.suits(t, self.size()):
            self.fading.stop()
        elif before is not None and before is not t:
            followed = drawing.show(t)
            self.fading.start(moved(before.chain, t.chain), followed)
        self._texts.request()
        self.update()

    def set_chosen(self, j: int) -> None:
        """Ring neuron j, without telling."""
        if self._trace is not None:
            j = min(j, self._trace.chain.neurons)
        if j != self.chosen:
            self.chosen = j
            self._texts.request()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._forget()

    @property
    def drawing(self) -> Drawing | None:
        """For the size that the widget has now; None before the first trace."""
        if self._trace is None:
            return None
        if self._drawing is None or not self._drawing.suits(self._trace, self.size()):
            self._drawing = Drawing(self._trace, self.theme, self.font(), self.size())
        return self._drawing

    def paint_on(self, painter: QPainter, size: QSize) -> None:
        """The same in another size, with nothing that stands out: for a picture."""
        if self._trace is not None:
            Drawing(self._trace, self.theme, self.font(), size).paint(painter, Marks())

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing = self.drawing
        if drawing is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing.paint(painter, self._marks(), on_screen=True)

    def sizeHint(self) -> QSize:
        return SIZE * max(1.0, self.font().pixelSize() / TEXT)

    def minimumSizeHint(self) -> QSize:
        return LEAST

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()

    def _marks(self) -> Marks:
        return Marks(self._hovered, self.chosen, self.hasFocus(), self.fading.strengths)

    def _forget(self) -> None:
        self._drawing = None
        self.updateGeometry()
        self.update()

    @Slot()
    def _on_texts_due(self) -> None:
        if (drawing := self.drawing) is not None:
            self.setAccessibleDescription(spoken(drawing.plan, drawing.reading, self.chosen))

    # -- the pointer -----------------------------------------------------------------------

    def at(self, point: QPointF) -> Key | None:
        """What is drawn there."""
        drawing = self.drawing
        return None if drawing is None else drawing.at(point)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        key, drawing = self.at(QPointF(event.pos())), self.drawing
        if key is None or drawing is None:
            QToolTip.hideText()
            return
        text = explanation(drawing.reading.trace, key, drawing.plan)
        QToolTip.showText(event.globalPos(), text, self, drawing.place(key).toAlignedRect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, key: Key | None) -> None:
        hovered = None if key is None else group(key)
        if hovered != self._hovered:
            self._hovered = hovered
            hand = key is not None and key[0] in CLICKABLE
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and key and key[0] in CLICKABLE:
            self._choose(key[1])
        else:
            super().mousePressEvent(event)

    # -- the keyboard ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        drawing = self.drawing
        shown = [j for j in drawing.plan.columns.slots if j is not None] if drawing else [1]
        goals = {
            Qt.Key.Key_Left: next((j for j in reversed(shown) if j < self.chosen), shown[0]),
            Qt.Key.Key_Right: next((j for j in shown if j > self.chosen), shown[-1]),
            Qt.Key.Key_Home: shown[0],
            Qt.Key.Key_End: shown[-1],
        }
        if event.key() in goals and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._choose(goals[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _choose(self, j: int) -> None:
        if j != self.chosen:
            self.set_chosen(j)
            self.neuron_chosen.emit(j)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
