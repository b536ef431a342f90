"""The settings of the run and of the selected layer, on the left of the window."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from engine.spec import Experiment
from gui.document import ExperimentDocument
from gui.theme import Theme
from gui.training.data_section import DataSection
from gui.training.foot import Foot
from gui.training.layer_section import LayerSection
from gui.training.measurement_section import MeasurementSection
from gui.training.section import ROW_SPACING, Section
from gui.training.training_section import TrainingSection

MARGIN = 16
BETWEEN = 16  # sections
STARTS_ANEW = "↺ Changing this starts training anew."


class SettingsPanel(QWidget):
    """Edits the document; which edit restarts a run is for the window to decide."""

    advice_followed = Signal(str)  # the link in the advice that was clicked

    def __init__(
        self, document: ExperimentDocument, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.setAccessibleName("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._running = False
        self.training = TrainingSection(document)
        self.measurement = MeasurementSection(document)
        self.data = DataSection(document)
        self.layer = LayerSection(document)
        self.sections: tuple[Section, ...] = (
            self.training, self.measurement, self.data, self.layer
        )  # fmt: skip
        self.foot = Foot()
        self.foot.setContentsMargins(MARGIN, 8, MARGIN, 12)
        self._make_advice()
        self._make_columns()
        for section in self.sections:
            section.refused.connect(self.foot.complain)
            section.noted.connect(self.foot.note)
        document.changed.connect(self._on_experiment_changed)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.measurement.set_theme(theme)
        self.advice.setPalette(theme.palette())

    @Slot(object)
    def set_selected_layers(self, layers: tuple[int, ...]) -> None:
        """Show these layers, counted from 0, the last is the output; none: a hint."""
        self.layer.select(layers)
        if layers:
            QTimer.singleShot(0, self, self._show_layer)  # when the rows have their places

    @Slot(bool)
    def set_running(self, running: bool) -> None:
        """Whether a run has taken its first step: what would start it anew bears a mark."""
        if running != self._running:
            self._running = running
            for section in self.sections:
                section.set_running(running)
            self._show_hint()

    @Slot(str)
    def set_advice(self, html: str) -> None:
        """What the window has to say of the run; empty: nothing."""
        if html != self.advice.text():
            self.advice.setText(html)
            self.advice_title.setVisible(bool(html))
            self.advice.setVisible(bool(html))

    def sizeHint(self) -> QSize:
        return QSize(self._width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._rows and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _width(self) -> int:
        """Of the widest row: nothing is ever cut off at the right."""
        margin = MARGIN - self._inner.contentsMargins().right()
        return self._rows.minimumSizeHint().width() + margin + 1

    def _make_advice(self) -> None:
        self.advice_title = QLabel("ADVICE")
        self.advice_title.setProperty("role", "section")
        self.advice_title.setIndent(0)
        self.advice = QLabel(wordWrap=True)
        self.advice.setObjectName("advice")
        self.advice.setIndent(0)
        self.advice.setTextFormat(Qt.TextFormat.RichText)
        self.advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.advice.linkActivated.connect(self.advice_followed)
        self.advice_title.hide()
        self.advice.hide()

    def _make_columns(self) -> None:
        self._rows = QWidget()
        self._rows.setObjectName("settings_rows")
        self._rows.installEventFilter(self)
        inner = self._inner = QVBoxLayout(self._rows)
        inner.setContentsMargins(0, MARGIN, MARGIN, MARGIN)  # the left one is for the marks
        inner.setSpacing(BETWEEN)
        for section in self.sections:
            inner.addWidget(section)
        advice = QVBoxLayout()
        advice.setSpacing(ROW_SPACING)
        advice.addWidget(self.advice_title)
        advice.addWidget(self.advice)
        inner.addLayout(advice)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._rows)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)  # the line on the right
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self.foot)

    @Slot(int, int)
    def _on_range_changed(self, _first: int, last: int) -> None:
        """The scroll bar takes its width from the margin: the fields stay where they are."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if last > 0 else 0
        self._inner.setContentsMargins(0, MARGIN, MARGIN - bar, MARGIN)

    @Slot()
    def _show_layer(self) -> None:
        self._scroll.ensureWidgetVisible(self.layer, 0, MARGIN)

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        self.foot.clear_message()
        for section in self.sections:
            section.show_experiment(experiment)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self._show_hint()

    def _show_hint(self) -> None:
        now = QApplication.focusWidget()
        rows = (row for section in self.sections for row in section.restart_rows())
        starts_anew = self._running and any(row.field is now for row in rows)
        self.foot.set_hint(STARTS_ANEW if starts_anew else "")
