"""A combo box over a table of the engine: its order is the menu's order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

MIXED = "differ"  # what stands for several keys
NARROWEST = 6  # characters; a longer label is elided, the list and the tooltip have it whole


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry for tables that are no family of the engine."""

    label: str
    help: str = ""


class TableCombo(QComboBox):
    """Shows one key of ``table``; every entry has a label, and a formula or a help text."""

    key_chosen = Signal(str)  # by the user

    def __init__(
        self, name: str, table: Mapping[str, Any], help: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._help = help
        self.setObjectName(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(NARROWEST)
        self.activated.connect(self._on_activated)
        self.currentIndexChanged.connect(self._on_current_index_changed)
        self.set_table(table)

    @property
    def key(self) -> str:
        return str(self.currentData())

    def set_table(self, table: Mapping[str, Any]) -> None:
        """Offer other entries; nothing is emitted."""
        self.clear()
        for key, entry in table.items():
            self.addItem(entry.label, key)
            self.setItemData(self.count() - 1, about(entry), Qt.ItemDataRole.ToolTipRole)
        self._on_current_index_changed(self.currentIndex())  # the first came before its tooltip

    def set_mixed(self) -> None:
        """Several keys differ: show none until one is chosen for all."""
        self.setCurrentIndex(-1)

    def set_key(self, key: str) -> None:
        """Show ``key`` without telling; ``KeyError`` if the table has none such."""
        index = self.findData(key)
        if index < 0:
            raise KeyError(key)
        self.setCurrentIndex(index)

    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth() + 28)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() or event.key() == Qt.Key.Key_Space:
            event.ignore()  # letters and Space are shortcuts of the window; F4 and arrows open
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = (
            self.style()
            .subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                option,
                QStyle.SubControl.SC_ComboBoxEditField,
                self,
            )
            .width()
        )
        text = option.currentText if self.currentIndex() >= 0 else MIXED
        option.currentText = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        self._paint_arrow(painter)
        painter.end()

    def _paint_arrow(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.PlaceholderText
        painter.setPen(QPen(self.palette().color(role), self.height() / 16))
        size = self.height() / 7
        middle = QPointF(self.width() - 2.2 * size - 2, self.height() / 2 + size / 4)
        corners = ((-size, -size / 2), (0, size / 2), (size, -size / 2))
        painter.drawPolyline([middle + QPointF(x, y) for x, y in corners])

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        self.key_chosen.emit(self.key)

    @Slot(int)
    def _on_current_index_changed(self, index: int) -> None:
        label, formula = self.itemText(index), self.itemData(index, Qt.ItemDataRole.ToolTipRole)
        chosen = f"{label}: {formula}" if formula else label
        self.setToolTip("\n".join(filter(None, (self._help, chosen))))


def about(entry: Any) -> str:
    """What an entry says of itself: its formula, else its help text."""
    return str(getattr(entry, "formula", "") or getattr(entry, "help", ""))
