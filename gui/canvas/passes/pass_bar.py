"""Where a pass is, and the keys and buttons that pause it, step it and end it."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

KEYS_HELP = "Space pauses and goes on, Left and Right step, Esc ends the pass."
Key = Qt.Key


class PassBar(QWidget):
    """Holds the keyboard while a pass is played."""

    toggled = Signal()
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pass_bar")
        self.setAccessibleName("Pass")
        self.setAccessibleDescription(KEYS_HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back = self._button("◂", "Step back (Left)")
        self.play = self._button("❚❚", "Pause or go on (Space)")
        self.forth = self._button("▸", "Step on (Right)")
        self.close_button = self._button("✕", "End the pass (Esc)")
        self.label = QLabel()
        self.label.setObjectName("pass_text")
        self.label.setMinimumWidth(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.close_button, self.back, self.play, self.forth):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.label, 1)
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self.play.clicked.connect(self.toggled)
        self.close_button.clicked.connect(self.closed)

    def show_state(self, title: str, text: str, playing: bool) -> None:
        """What is passing, where it is, and whether it goes on by itself."""
        self.label.setText(f"<b>{title}</b> · {text}" if text else f"<b>{title}</b>")
        self.play.setText("❚❚" if playing else "▶")
        self.play.setAccessibleName("Pause" if playing else "Go on")

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Key.Key_Space, Key.Key_Left, Key.Key_Right, Key.Key_Escape)
        ):
            event.accept()  # else the window plays and pauses the run
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Key.Key_Space | Key.Key_Return | Key.Key_Enter:
                self.toggled.emit()
            case Key.Key_Left:
                self.stepped.emit(-1)
            case Key.Key_Right:
                self.stepped.emit(1)
            case Key.Key_Escape:
                self.closed.emit()
            case _:
                event.ignore()

    @Slot()
    def _on_back(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on_forth(self) -> None:
        self.stepped.emit(1)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip.rpartition(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
