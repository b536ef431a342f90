"""The network with its settings, its plots and its transport: what is trained, and watched."""

from collections.abc import Container, Mapping
from dataclasses import replace
from math import inf

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from engine.inspection import Subject
from engine.profile import verdict_now
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.bridge.session import TrainingSession
from gui.canvas.panel import CanvasPanel
from gui.common.enclosure import Enclosure
from gui.common.turns import Turns
from gui.document import ExperimentDocument
from gui.plots.panel import PlotsPanel
from gui.run_control import RunControl
from gui.theme import Theme
from gui.timeline.bar import TimeLine
from gui.training.settings_panel import SettingsPanel
from gui.training.transport import TransportBar

SHARES = (0, 8, 5)  # of the width beside the settings: canvas and plots
CANVAS = 1  # it draws in the turn of every second plot


class NetworkPage(QWidget):
    """Connects the regions that show one run, which do not know each other."""

    told = Signal(str)
    complained = Signal(str)

    def __init__(
        self,
        document: ExperimentDocument,
        run: RunControl,
        session: TrainingSession,
        theme: Theme,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__()
        self._session = session
        self._missed: Snapshot | None = None  # the newest with weights that came while hidden
        self._with_settings = True
        self._playback: float | None = None  # seconds; until the run's length is known
        self.settings_panel = SettingsPanel(document, theme)
        self.panel = CanvasPanel(document, theme)
        self.canvas = self.panel.view
        self.plots = PlotsPanel(theme)
        self.time_line = TimeLine(theme)
        self.transport = TransportBar(theme, actions)
        self._turns = Turns(self)
        self._turns.rested.connect(self._on_rested)
        self._lay_out()
        self._connect(run, actions)

    def _lay_out(self) -> None:
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setChildrenCollapsible(False)
        for place, region in enumerate((self.settings_panel, self.panel, self.plots)):
            self.columns.addWidget(region)
            self.columns.setStretchFactor(place, SHARES[place])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.columns, 1)
        for region in (self.time_line, self.transport):
            rows.addWidget(Enclosure(region))

    def _connect(self, run: RunControl, actions: Mapping[str, QAction]) -> None:
        run.begun.connect(self._on_run_begun)
        run.changed.connect(self._set_epochs)
        run.told.connect(self.told)
        self.canvas.layers_selected.connect(self.settings_panel.set_selected_layers)
        self.canvas.navigation_input.space_tapped.connect(actions["play"].trigger)
        self.panel.refused.connect(self.told)
        self.panel.subject_changed.connect(self._look)
        self.plots.wishes_changed.connect(self._look)
        self.plots.wide_changed.connect(self._on_wide_changed)
        self.transport.pace_changed.connect(self._on_pace_changed)
        self.time_line.moment_chosen.connect(self._session.look_back)
        self.time_line.branch_wanted.connect(run.branch)

    # -- from the document -----------------------------------------------------------------

    def play_back(self, seconds: float) -> None:
        """Spread the run that is now opened over so much time."""
        self._playback = seconds

    @Slot(object)
    def _on_run_begun(self, experiment: Experiment) -> None:
        self._missed = None
        self.time_line.forget()
        self.plots.feed.set_experiment(experiment)
        self._set_epochs(experiment)
        self.settings_panel.set_running(False)

    @Slot(object)
    def _set_epochs(self, experiment: Experiment) -> None:
        self.plots.feed.set_epochs(experiment.training.epochs)
        self.transport.set_epochs(experiment.training.epochs)

    @Slot(float)
    def _on_pace_changed(self, steps_per_second: float) -> None:
        self._session.pace.steps_per_second = steps_per_second

    @Slot()
    def _look(self) -> None:
        """Look at what the picture of the network asks for, and at what the plots wish to know."""
        if not self.isHidden():
            subject: Subject = self.panel.close_look.subject
            self._session.look_at(replace(subject, wishes=self.plots.feed.wishes()))

    @Slot(bool)
    def _on_wide_changed(self, wide: bool) -> None:
        """The plots over the room of the network and its settings, or beside them again."""
        if wide and self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.plots.setFocus()  # else Qt gives the focus to whatever is next
        self.panel.setVisible(not wide)
        self.settings_panel.setVisible(not wide and self._with_settings)
        if not wide:
            self.share_width()

    def show_settings(self, shown: bool) -> None:
        """Fold the settings, or show them; not while the plots have their room."""
        self._with_settings = shown
        self.settings_panel.setVisible(shown and not self.plots.wide)
        self.share_width()

    # -- from the run ----------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """While another view is shown, training goes on and nothing is drawn."""
        if self._playback is not None:
            pace = snapshot.last_step / self._playback if self._playback else inf
            self.transport.set_pace(pace)
            self._playback = None
        if not self.isHidden():
            turn = self._turns.next()
            self._draw(snapshot, None if snapshot.done else turn)
        elif snapshot.weights is not None:
            self._missed = snapshot
        if snapshot.divergence is not None:
            self.complained.emit(str(snapshot.divergence))

    def go(self, moments: int) -> None:
        """So many moments of the run on, or back: from another view too."""
        if self.isHidden() and (snapshot := self._session.snapshot) is not None:
            self.time_line.show_snapshot(snapshot, self._session.is_looking_back)
        self.time_line.go(moments)

    def come_back(self) -> None:
        """Shown again: look at what was looked at before, and draw what was missed."""
        self._look()
        missed, self._missed = self._missed, None
        for snapshot in (missed, self._session.snapshot):
            if snapshot is not None:
                self._draw(snapshot)

    def _draw(self, snapshot: Snapshot, turn: Container[int] | None = None) -> None:
        self._draw_pictures(snapshot, turn)
        self.time_line.show_snapshot(snapshot, self._session.is_looking_back)
        self.transport.show_snapshot(snapshot)
        self.settings_panel.set_running(snapshot.step > 0)
        if snapshot.weights is not None:  # a few times a second
            verdict = verdict_now(snapshot)
            self.settings_panel.set_advice(verdict.sentence if verdict else "")

    def _draw_pictures(self, snapshot: Snapshot, turn: Container[int] | None = None) -> None:
        if turn is None or CANVAS in turn or snapshot.weights is not None:
            self.canvas.show_snapshot(snapshot)
        self.plots.feed.show_snapshot(snapshot, turn)

    @Slot()
    def _on_rested(self) -> None:
        if self._session.snapshot is not None and not self.isHidden():
            self._draw_pictures(self._session.snapshot)

    # -- look ------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for region in (
            self.settings_panel, self.panel, self.plots, self.time_line, self.transport,
        ):  # fmt: skip
            region.set_theme(theme)

    def share_width(self) -> None:
        settings = self.settings_panel.sizeHint().width()
        rest = self.columns.width() - (0 if self.settings_panel.isHidden() else settings)
        parts = [rest * share // sum(SHARES) for share in SHARES]
        self.columns.setSizes([settings, *parts[1:]])
