"""The line under the picture: which examples it shows, how, and what passes through it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QStackedLayout,
    QToolButton,
    QWidget,
)

from gui.canvas.passes.pass_bar import PassBar
from gui.canvas.viewing import Source, Viewing
from gui.theme import Theme

PACES = (4.0, 2.0, 1.0, 0.5, 0.25, 0.1, 0.05)  # seconds a layer
USUAL_PACE = 2
SOURCES: dict[Source, tuple[str, str, str]] = {
    "batch": ("mini-batch", "batch", "Bars of the last mini-batch, at every frame"),
    "probe": ("probe set", "probe", "Bars and shades of the probe set: the mean over its examples"),
    "example": ("example", "one", "Bars and shades of one example of the probe set"),
}
FORWARD = ("Forward ▶", "▶", "Forward pass: activations, layer by layer")
BACKWARD = ("◀ Backward", "◀", "Backward pass: the error, layer by layer, times Wᵀ and σ'(z)")
LOG = ("log bars", "log", "Length of the bars on a logarithmic scale")
FIELDS = (
    "what they look for",
    "▦",
    "What the neurons of the first layer look for: their weights as images",
)
SURFACE = ("surface", "◩", "The decision surface, with the examples")


class ExampleField(QSpinBox):
    """Which example of the probe set, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("example")
        self.setAccessibleName("Example of the probe set")
        self.setToolTip("Which example of the probe set (Up, Down)")
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.setRange(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lineEdit().setGeometry(self.rect())  # a styled spin box leaves it one pixel


class ViewBar(QWidget):
    """Says what the user wants to see; the texts get shorter where there is little room."""

    viewing_changed = Signal(object)  # Viewing
    pass_requested = Signal(str)  # 'forward' or 'backward'
    pace_changed = Signal(float)  # seconds a layer

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view_bar")
        self.setAccessibleName("What the network shows")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._texts: list[tuple[QToolButton, str, str]] = []
        self._examples = 1
        self._make_widgets()
        self.pass_bar = PassBar()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSizeConstraint(QStackedLayout.SizeConstraint.SetNoConstraint)
        self._row = QWidget()
        self._lay_out()
        self._stack.addWidget(self._row)
        self._stack.addWidget(self.pass_bar)
        self.set_offers(fields=False, surface=False)
        self.set_theme(theme)

    def _make_widgets(self) -> None:
        self._label = QLabel("Show")
        self._label.setProperty("role", "caption")
        self.sources = {key: self._button(*texts) for key, texts in SOURCES.items()}
        self._group = QButtonGroup(self)
        for button in self.sources.values():
            self._group.addButton(button)
        self.sources["batch"].setChecked(True)
        self.example = ExampleField()
        self.before = self._button("◂", "◂", "The example before", checkable=False)
        self.after = self._button("▸", "▸", "The next example", checkable=False)
        self.log, self.fields = self._button(*LOG), self._button(*FIELDS)
        self.surface = self._button(*SURFACE)
        self.forward = self._button(*FORWARD, checkable=False)
        self.backward = self._button(*BACKWARD, checkable=False)
        self.pace = QSlider(Qt.Orientation.Horizontal)
        self.pace.setRange(0, len(PACES) - 1)
        self.pace.setPageStep(1)
        self.pace.setValue(USUAL_PACE)
        self.pace.setAccessibleName("Pace of a pass")
        self._say_pace()
        self._connect()

    def _connect(self) -> None:
        self._group.buttonClicked.connect(self._on_changed)
        for button in (self.log, self.fields, self.surface):
            button.clicked.connect(self._on_changed)
        self.example.valueChanged.connect(self._on_example_changed)
        for button in (self.before, self.after):
            button.setAutoRepeat(True)
        self.before.clicked.connect(self.example.stepDown)
        self.after.clicked.connect(self.example.stepUp)
        self.forward.clicked.connect(self._on_forward)
        self.backward.clicked.connect(self._on_backward)
        self.pace.valueChanged.connect(self._on_pace_changed)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._row)
        row.setContentsMargins(12, 3, 12, 3)
        row.setSpacing(2)
        row.addWidget(self._label)
        for button in self.sources.values():
            row.addWidget(button)
        for part in (self.before, self.example, self.after):
            row.addWidget(part)
        row.addSpacing(6)
        for button in (self.log, self.fields, self.surface):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self.backward, self.pace, self.forward):
            row.addWidget(widget)

    # -- what others say -------------------------------------------------------------------

    def viewing(self) -> Viewing:
        """What is chosen."""
        source = next(key for key, button in self.sources.items() if button.isChecked())
        return Viewing(
            source, self.example.value() - 1, self.log.isChecked(),
            self.fields.isChecked() and not self.fields.isHidden(),
            self.surface.isChecked() and not self.surface.isHidden(),
        )  # fmt: skip

    def set_viewing(self, viewing: Viewing) -> None:
        """Show this choice without telling."""
        self.sources[viewing.source].setChecked(True)
        blocked = self.example.blockSignals(True)
        self.example.setValue(viewing.example + 1)
        self.example.blockSignals(blocked)
        self.log.setChecked(viewing.log)
        self.fields.setChecked(viewing.fields)
        self.surface.setChecked(viewing.surface)

    def set_examples(self, count: int) -> None:
        """How many examples the probe set has."""
        if count != self._examples:
            self._examples = count
            self.example.setRange(1, max(1, count))

    def set_offers(self, fields: bool, surface: bool) -> None:
        """What this data set can show: images of weights, a surface."""
        self.fields.setVisible(fields)
        self.surface.setVisible(surface)
        self._fit()

    def set_passing(self, passing: bool) -> None:
        """While a pass is played, its own bar stands here."""
        self._stack.setCurrentIndex(int(passing))
        if passing:
            self.pass_bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Colours come from the style sheet; widths follow its fonts."""
        self._fit()

    # -- what the user does ----------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self.viewing_changed.emit(self.viewing())

    @Slot(int)
    def _on_example_changed(self, _number: int) -> None:
        self.sources["example"].setChecked(True)
        self._on_changed()

    @Slot()
    def _on_forward(self) -> None:
        self.pass_requested.emit("forward")

    @Slot()
    def _on_backward(self) -> None:
        self.pass_requested.emit("backward")

    @Slot(int)
    def _on_pace_changed(self, at: int) -> None:
        self._say_pace()
        self.pace_changed.emit(PACES[at])

    def _say_pace(self) -> None:
        self.pace.setToolTip(f"Pace of a pass: {PACES[self.pace.value()]:g} s a layer")

    # -- room ------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """The longest texts that fit: one after the other gets short; then keys have to do."""
        em = self.fontMetrics().averageCharWidth()
        self.example.setFixedWidth(2 * em + self.fontMetrics().horizontalAdvance("99,999"))
        self.pace.setFixedWidth(8 * em)
        for button, long, _ in self._texts:
            button.setText(long)
        steps, passes = (self.before, self.after), (self.backward, self.forward)
        for widget in (self._label, self.pace, *steps, *passes):
            widget.setVisible(True)
        self._label.setVisible(self._has_room)
        for button, _, short in reversed(self._texts):
            if self._has_room:
                return
            button.setText(short)
        self._leave_out((self.pace,), steps, passes)

    def _leave_out(self, *groups: tuple[QWidget, ...]) -> None:
        """One group after the other, until there is room: a menu or keys can do the same."""
        for group in groups:
            if self._has_room:
                return
            for widget in group:
                widget.hide()

    @property
    def _has_room(self) -> bool:
        return self._row.sizeHint().width() <= self.width()

    def _button(self, long: str, short: str, tip: str, checkable: bool = True) -> QToolButton:
        button = QToolButton()
        button.setText(long)
        button.setCheckable(checkable)
        button.setToolTip(tip)
        button.setAccessibleName(long.strip("▶◀ "))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._texts.append((button, long, short))
        return button
