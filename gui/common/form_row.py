"""One line of a form: a name that can be dragged, a mark, and the field."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.common.number_field import NumberField

PIXELS_PER_STEP = 6
RESTART_MARK = "↺"
NEEDS_RESTART = "↺ needs a restart: a change of this starts training anew"


class FormRow(QWidget):
    """The name on the left, the field on the right; ``set_mark`` shows that it needs a restart."""

    def __init__(self, name: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.name = DragName(name, field) if isinstance(field, NumberField) else QLabel(name)
        self.name.setProperty("role", "dim")
        self.name.setBuddy(field)
        self.name.setToolTip(field.toolTip())
        field.installEventFilter(self)
        self._mark = QLabel(RESTART_MARK)
        self._mark.setProperty("role", "mark")
        self._mark.setToolTip(NEEDS_RESTART)
        self._mark.setSizePolicy(_kept(self._mark.sizePolicy()))
        self._mark.hide()
        field.setProperty("role", field.property("role") or "field")
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._mark)  # in the margin, so that nothing moves when it comes
        row.addWidget(self.name)
        row.addSpacing(8)
        row.addStretch(1)
        row.addWidget(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTipChange:
            self.name.setToolTip(self.field.toolTip())
        return super().eventFilter(watched, event)

    @property
    def is_marked(self) -> bool:
        return not self._mark.isHidden()

    def set_mark(self, shown: bool) -> None:
        self._mark.setVisible(shown)
        self.field.setAccessibleDescription(NEEDS_RESTART if shown else "")


def _kept(policy: QSizePolicy) -> QSizePolicy:
    policy.setRetainSizeWhenHidden(True)
    return policy


class DragName(QLabel):
    """The name of a number: dragged to the right it goes up, to the left down."""

    dragged = Signal()  # at the end

    def __init__(self, text: str, field: NumberField) -> None:
        super().__init__(text)
        self._field = field
        self._from: QPoint | None = None
        self._steps = 0
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._field.isEnabled():
            self._from, self._steps = event.position().toPoint(), 0
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        steps = round((event.position().x() - self._from.x()) / PIXELS_PER_STEP)
        if steps != self._steps:
            self._field.stepBy(steps - self._steps)
            self._steps = steps

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            self.dragged.emit()
