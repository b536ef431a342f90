"""The window: puts the regions side by side and connects them."""

from math import inf
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenuBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.measures import KEYS
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.verdict import judge
from gui.actions import make_actions
from gui.architecture_field import ArchitectureField
from gui.bridge.session import TrainingSession
from gui.canvas.panel import CanvasPanel
from gui.commands import Commands
from gui.common.message_bar import MessageBar
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.exports import Exports
from gui.files import ExperimentFiles, start_experiment
from gui.menus import fill_menus, top_line
from gui.plots.panel import PlotsPanel
from gui.recent_files import RecentFiles
from gui.recovery import Recovery
from gui.run_control import RunControl
from gui.settings import Settings
from gui.theme import THEMES
from gui.training.settings_panel import SettingsPanel
from gui.training.transport import TransportBar

NARROW = 1200  # pixels: below, the settings fold away
SHARES = (0, 8, 5)  # of the width beside the settings: canvas and plots


class MainWindow(QMainWindow):
    """Owns document, session and regions; the regions do not know each other."""

    frame_painted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._settings = settings
        self.theme = THEMES.get(settings.theme, THEMES["light"])
        self.scale = settings.scale
        self.document = ExperimentDocument(start_experiment(), self)
        self.session = TrainingSession(self)
        self.run = RunControl(self.document, self.session, self)
        self.files = ExperimentFiles(self.document, self, RecentFiles(settings, self))
        self.exports = Exports(self.document, self)
        self.commands = Commands(self)
        self.actions_by_name = make_actions(self.commands)
        self._playback: float | None = None  # seconds; until the run's length is known
        self._make_regions()
        self._make_top()
        self._connect()
        self._restore()
        self._apply_look()
        self._show_title()
        self.canvas.setFocus()
        self.session.look_at(self.panel.close_look.subject)
        self.run.open()

    # -- building --------------------------------------------------------------------------

    def _make_regions(self) -> None:
        self.offer, self.message = MessageBar(self), MessageBar(self)
        self.settings_panel = SettingsPanel(self.document, self.theme)
        self.panel = CanvasPanel(self.document, self.theme)
        self.canvas = self.panel.view
        self.plots = PlotsPanel(self.theme)
        self.transport = TransportBar(self.theme, self.actions_by_name)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setChildrenCollapsible(False)
        for place, region in enumerate((self.settings_panel, self.panel, self.plots)):
            self.columns.addWidget(region)
            self.columns.setStretchFactor(place, SHARES[place])
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.offer)
        rows.addWidget(self.message)
        rows.addWidget(self.columns, 1)
        rows.addWidget(self.transport)
        self.setCentralWidget(body)
        self.setMinimumSize(900, 600)

    def _make_top(self) -> None:
        bar = QMenuBar()
        fill_menus(bar, self.actions_by_name, self.document.undo_stack, self.files, self.exports)
        self.architecture = ArchitectureField(self.document, self.theme)
        self.setMenuWidget(top_line(bar, self.architecture))

    def _connect(self) -> None:
        self.document.changed.connect(self._on_experiment_changed)
        self.document.undo_stack.cleanChanged.connect(self._on_clean_changed)
        self.run.begun.connect(self._on_run_begun)
        self.run.changed.connect(self._set_epochs)
        self.run.told.connect(self.message.tell)
        self.session.snapshot_ready.connect(self._on_snapshot_ready)
        self.session.running_changed.connect(self.show_running)
        self.session.failed.connect(self.message.complain)
        self.canvas.layers_selected.connect(self.settings_panel.set_selected_layers)
        self.canvas.navigation_input.space_tapped.connect(self.actions_by_name["play"].trigger)
        self.panel.refused.connect(self.message.tell)
        self.panel.subject_changed.connect(self.session.look_at)
        self.architecture.finished.connect(self.canvas.setFocus)
        self.transport.pace_changed.connect(self._on_pace_changed)
        self.files.opened.connect(self._on_opened)
        for teller in (self.files.saved, self.exports.told):
            teller.connect(self.message.tell)
        for complainer in (self.files.complained, self.exports.complained):
            complainer.connect(self.message.complain)

    def use_recovery(self, folder: Path) -> None:
        """Keep a copy of unsaved work there, and offer what a crash has left."""
        recovery = Recovery(self.document, self.files, folder)
        recovery.offered.connect(self.offer.ask)
        recovery.complained.connect(self.message.complain)
        self.offer.answered.connect(recovery.answer)
        recovery.look()

    def _restore(self) -> None:
        if not self.restoreGeometry(self._settings.geometry):
            self.resize(1280, 800)
        self.actions_by_name["dark"].setChecked(self.theme.name == "dark")
        self.actions_by_name["settings"].setChecked(True)

    # -- from the document to the regions --------------------------------------------------

    @Slot(object)
    def _on_experiment_changed(self, _experiment: Experiment) -> None:
        self._show_title()

    @Slot(object)
    def _on_run_begun(self, experiment: Experiment) -> None:
        self.plots.set_experiment(experiment)
        self._set_epochs(experiment)
        self.settings_panel.set_running(False)

    @Slot(object)
    def _set_epochs(self, experiment: Experiment) -> None:
        self.plots.set_epochs(experiment.training.epochs)
        self.transport.set_epochs(experiment.training.epochs)

    @Slot(object)
    def _on_opened(self, experiment: Experiment) -> None:
        if experiment.notes:
            self.message.tell(experiment.notes)
        else:
            self.message.clear()
        self._show_title()
        self._playback = experiment.playback
        self.run.open()

    @Slot(float)
    def _on_pace_changed(self, steps_per_second: float) -> None:
        self.session.pace.steps_per_second = steps_per_second

    # -- from the run to the screen --------------------------------------------------------

    @Slot(object)
    def _on_snapshot_ready(self, snapshot: Snapshot) -> None:
        if self._playback is not None:
            pace = snapshot.last_step / self._playback if self._playback else inf
            self.transport.set_pace(pace)
            self._playback = None
        self.canvas.show_snapshot(snapshot)
        self.exports.show_snapshot(snapshot)
        self.plots.show_snapshot(snapshot)
        self.transport.show_snapshot(snapshot)
        self.settings_panel.set_running(snapshot.step > 0)
        if snapshot.weights is not None:  # a few times a second
            speeds = snapshot.measure(KEYS.index("bias_gradient"))
            self.settings_panel.set_advice(judge(speeds[-1]).sentence if len(speeds) else "")
        if snapshot.divergence is not None:
            self.message.complain(str(snapshot.divergence))
        self._paint()

    def _paint(self) -> None:
        """Paint what has changed before the training thread gets its next grant."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.UpdateRequest))
        self.frame_painted.emit()

    @Slot(bool)
    def show_running(self, running: bool) -> None:
        play = self.actions_by_name["play"]
        play.setChecked(running)
        play.setText("&Pause" if running else "&Play")

    # -- look ------------------------------------------------------------------------------

    def set_theme(self, name: str) -> None:
        self._settings.theme = name
        self.theme = THEMES[name]
        self._apply_look()

    def set_scale(self, scale: float) -> None:
        self._settings.scale = scale
        self.scale = self._settings.scale
        self._apply_look()

    def _apply_look(self) -> None:
        if isinstance(app := QApplication.instance(), QApplication):
            app.setPalette(self.theme.palette())
        self.setStyleSheet(style_sheet(self.theme, self.scale))
        regions = (
            self.settings_panel, self.panel, self.plots, self.transport, self.architecture,
        )  # fmt: skip
        for region in regions:
            region.set_theme(self.theme)

    def _show_title(self) -> None:
        self._on_clean_changed(self.document.undo_stack.isClean())

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        self.setWindowTitle(f"{self.files.name}[*]")
        self.setWindowModified(not clean)

    # -- events ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._share_width()

    def _share_width(self) -> None:
        settings = self.settings_panel.sizeHint().width()
        rest = self.columns.width() - (0 if self.settings_panel.isHidden() else settings)
        parts = [rest * share // sum(SHARES) for share in SHARES]
        self.columns.setSizes([settings, *parts[1:]])

    def resizeEvent(self, event: QResizeEvent) -> None:
        was, now = event.oldSize().width(), event.size().width()
        if (was >= NARROW or was < 0) != (now >= NARROW):
            self.actions_by_name["settings"].setChecked(now >= NARROW)
            self.settings_panel.setVisible(now >= NARROW)
            self._share_width()
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.open(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.architecture.apply() and self.files.may_discard()):
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        self.run.close()
        event.accept()
