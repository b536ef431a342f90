"""The bar at the bottom: plays, steps, paces a run, and tells how far it is."""

from collections.abc import Callable, Mapping
from time import perf_counter

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from engine.snapshot import Snapshot
from gui.theme import Theme
from gui.training.action_button import ActionButton
from gui.training.pace_slider import FULL, PaceSlider, pace_at, pace_text
from gui.training.run_clock import RunClock, duration_text

TEXT_INTERVAL = 0.25  # seconds between two texts, while it runs
PROGRESS = 1000  # parts of the bar
BUTTONS = (
    ("restart", "restart", ""), ("play", "play", "pause"), ("step", "step", ""),
    ("epoch", "epoch", ""), ("new_seed", "seed", ""),
)  # fmt: skip


class TransportBar(QWidget):
    """Buttons for the window's actions (restart, play, step, epoch, new_seed), pace, progress."""

    pace_changed = Signal(float)  # steps per second, inf is full speed

    def __init__(
        self,
        theme: Theme,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
        now: Callable[[], float] = perf_counter,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self.setAccessibleName("Transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._now = now
        self._clock = RunClock()
        self._snapshot: Snapshot | None = None
        self._epochs = 0
        self._told = -TEXT_INTERVAL
        self._play = actions["play"]
        self._play.toggled.connect(self._on_play_toggled)
        self._make_widgets(actions)
        self._make_row()
        self.set_theme(theme)
        self._fit()

    def pace(self) -> float:
        """Steps per second that a run may take; ``inf`` at the right end."""
        return self._pace.pace

    def set_pace(self, steps_per_second: float) -> None:
        """Move the slider to the nearest pace; ``inf`` is full speed."""
        self._pace.set_pace(steps_per_second)

    def set_epochs(self, epochs: int) -> None:
        """How many epochs the run is to have."""
        self._epochs = epochs
        self._show_text()
        self._fit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Move the progress; while it runs, the text follows a few times a second."""
        now = self._now()
        self._clock.feed(now, snapshot.step, snapshot.last_step)
        self._snapshot = snapshot
        self._progress.setValue(PROGRESS * snapshot.step // max(1, snapshot.last_step))
        paused = not self._play.isChecked()
        if paused:
            self._clock.pause()
        if paused or snapshot.done or now - self._told >= TEXT_INTERVAL:
            self._told = now
            self._show_text()

    def set_theme(self, theme: Theme) -> None:
        disabled = theme.blend(theme.dim, 0.5, theme.panel)
        for button in self._buttons:
            if button.objectName() == "play":
                button.set_colours(theme.on_accent, theme.panel)
            else:
                button.set_colours(theme.ink, disabled)

    def minimumSizeHint(self) -> QSize:
        """Of what never folds away: the buttons, the pace and the progress."""
        return QSize(self._core_width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def _make_widgets(self, actions: Mapping[str, QAction]) -> None:
        self._buttons = [
            ActionButton(actions[action], name, checked) for action, name, checked in BUTTONS
        ]
        for button, (action, _, _) in zip(self._buttons, BUTTONS, strict=True):
            button.setObjectName(action)
            button.setProperty("role", "round")
        self._caption = QLabel("pace")
        self._caption.setProperty("role", "dim")
        self._pace = PaceSlider()
        self._pace.pace_changed.connect(self._on_pace_changed)
        self._caption.setBuddy(self._pace)
        self._pace_value = _number_label("pace_value", "dim")
        self._pace_value.setText(pace_text(self._pace.pace))
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the run")
        self._progress.setRange(0, PROGRESS)
        self._progress.setTextVisible(False)
        self._epoch = _number_label("epoch_text", "")
        self._speed = _number_label("speed", "dim")
        self._rest = _number_label("rest", "dim")
        for label in (self._epoch, self._speed):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _make_row(self) -> None:
        self._folding = (self._epoch, self._speed, self._pace_value, self._caption, self._rest)
        self._core = (*self._buttons, self._pace, self._progress)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for button in self._buttons:
            self._row.addWidget(button)
        self._row.addSpacing(8)
        for widget in (self._caption, self._pace, self._pace_value):
            self._row.addWidget(widget)
        self._row.addWidget(self._progress, 1)
        for widget in (self._epoch, self._speed, self._rest):
            self._row.addWidget(widget)

    def _fit(self) -> None:
        """Give everything whose text changes the width of its longest text."""
        most = f"{self._epochs:,}"
        for label, texts in (
            (self._caption, ["pace"]),
            (self._pace_value, [pace_text(pace_at(at)) for at in range(FULL + 1)]),
            (self._epoch, [f"epoch {most} / {most}"]),
            (self._speed, ["99,999 steps/s", "step 999,999"]),
            (self._rest, ["· 59 min 50 s left"]),
        ):
            label.setMinimumWidth(max(map(label.fontMetrics().horizontalAdvance, texts)) + 2)
        em = self.fontMetrics().height()
        self._pace.setFixedWidth(7 * em)
        self._progress.setMinimumWidth(8 * em)
        for button in self._buttons:
            button.fit()
        self._fold()

    def _core_width(self) -> int:
        margins = self._row.contentsMargins()
        widths = (max(w.minimumWidth(), w.minimumSizeHint().width()) for w in self._core)
        spacing = self._row.spacing() * (len(self._core) + 1)
        return margins.left() + margins.right() + sum(widths) + spacing

    def _fold(self) -> None:
        """Hide what there is no room for, the least important first."""
        room = self.width() - self._core_width()
        for label in self._folding:
            room -= label.minimumWidth() + self._row.spacing()
            label.setVisible(room >= 0)

    def _show_text(self) -> None:
        snapshot = self._snapshot
        epoch = int(snapshot.epoch + 1e-9) if snapshot else 0
        self._epoch.setText(f"epoch {epoch:,} / {self._epochs:,}")
        speed, rest = self._speed_and_rest(snapshot) if snapshot else ("", "")
        self._speed.setText(speed)
        self._rest.setText(rest)
        self._grow()
        if snapshot:
            self._progress.setToolTip(f"step {snapshot.step:,} of {snapshot.last_step:,}")

    def _grow(self) -> None:
        """A text that is longer than any before takes its room, and keeps it."""
        grown = [w for w in self._folding if w.sizeHint().width() > w.minimumWidth()]
        for label in grown:
            label.setMinimumWidth(label.sizeHint().width())
        if grown:
            self._fold()

    def _speed_and_rest(self, snapshot: Snapshot) -> tuple[str, str]:
        if snapshot.divergence is not None:
            return "diverged", f"at step {snapshot.step:,}"
        if snapshot.done:
            return f"step {snapshot.step:,}", "· done"
        speed, left = self._clock.steps_per_second, self._clock.seconds_left
        if not self._play.isChecked():
            return f"step {snapshot.step:,}", f"of {snapshot.last_step:,}"
        if speed is None or left is None:
            return "", ""
        return f"{_speed_text(speed)} steps/s", f"· {duration_text(left)} left"

    @Slot(float)
    def _on_pace_changed(self, pace: float) -> None:
        self._clock.forget()
        self._pace_value.setText(pace_text(pace))
        self.pace_changed.emit(pace)

    @Slot(bool)
    def _on_play_toggled(self, _playing: bool) -> None:
        self._clock.pause()
        self._show_text()


def _speed_text(speed: float) -> str:
    """Two figures that can be trusted, and no more digits than a glance takes in."""
    return f"{speed:.1f}" if speed < 10 else f"{float(f'{speed:.2g}'):,.0f}"


def _number_label(name: str, role: str) -> QLabel:
    """A label whose digits have all one width."""
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    font = label.font()
    font.setFeature(QFont.Tag("tnum"), 1)
    label.setFont(font)
    return label
