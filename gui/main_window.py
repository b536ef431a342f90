"""The window: puts the regions side by side and connects them."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
    QShowEvent,
    QUndoGroup,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.chain.spec import ChainSpec, start_chain
from engine.documents import start_experiment
from engine.inspection import Subject
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.actions import MOMENTS, make_actions, offer
from gui.all_plots import AllPlots
from gui.architecture_field import ArchitectureField
from gui.bridge.session import TrainingSession
from gui.chain.panel import ChainPanel
from gui.chain_exports import ChainExports
from gui.commands import Commands
from gui.common.message_bar import MessageBar
from gui.common.style import style_sheet
from gui.document import ChainDocument, ExperimentDocument
from gui.exports import Exports
from gui.files import Files
from gui.menus import fill_menus, top_line
from gui.network_page import NetworkPage
from gui.plot_exports import PlotExports
from gui.recent_files import RecentFiles
from gui.recovery import Recovery
from gui.run_control import RunControl
from gui.runs.beside import RunsBeside
from gui.runs.book import RunBook
from gui.runs_in_plots import RunsInPlots
from gui.settings import Settings
from gui.sliced_work import SlicedWork
from gui.theme import THEMES
from gui.timeline.memory import MEGABYTE, MemoryMenu
from gui.view_switch import CHAIN, NETWORK, ViewSwitch

EXPORTING = "An export is going on: close the window when it has ended, or cancel it."
NARROW = 1200  # pixels: below, the settings fold away


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
        self._make_documents()
        self.undo_group = QUndoGroup(self)
        self.commands = Commands(self)
        self.actions_by_name = make_actions(self.commands)
        self._make_pages()
        self._make_top()
        self._connect()
        self._restore()
        self.show_view(NETWORK)
        self._apply_look()
        self.run.open()

    # -- building --------------------------------------------------------------------------

    def _make_documents(self) -> None:
        self.document = ExperimentDocument(start_experiment(), self)
        self.chain_document = ChainDocument(start_chain(), self)
        self.session = TrainingSession(self)
        self.run = RunControl(self.document, self.session, self)
        documents = (self.document, self.chain_document)
        self.files = Files(documents, self, RecentFiles(self._settings, self))
        self.book = RunBook(self.session, self.run, self.document.undo_stack, self)
        self.files.each[0].beside = RunsBeside(self.book)
        self.exports = Exports(self.document, self)
        self.chain_exports = ChainExports(self.chain_document, self)

    def _make_pages(self) -> None:
        self.offer, self.message = MessageBar(self), MessageBar(self)
        self.network = NetworkPage(
            self.document, self.run, self.session, self.theme, self.actions_by_name
        )
        self.plot_exports = PlotExports(self.network.plots, self.session, self)
        self.chain = ChainPanel(self.chain_document, self.theme)
        self.runs = RunsInPlots(self.book, self.network.plots, self.document, self)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.network)
        self.pages.addWidget(self.chain)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.offer)
        rows.addWidget(self.message)
        rows.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self.setMinimumSize(900, 600)

    def _make_top(self) -> None:
        bar = QMenuBar()
        for document in (self.document, self.chain_document):
            self.undo_group.addStack(document.undo_stack)
        memory = MemoryMenu(self._settings.time_line_memory, bar)
        memory.chosen.connect(self._on_memory_chosen)
        self.session.allow(self._settings.time_line_memory * MEGABYTE)
        self.menus = fill_menus(
            bar, self.actions_by_name, self.undo_group, self.files, self.exports,
            self.network.plots, memory,
        )  # fmt: skip
        self.architecture = ArchitectureField(self.document, self.theme)
        switch = ViewSwitch(self.actions_by_name)
        self.setMenuWidget(top_line(bar, switch, self.architecture))

    def _connect(self) -> None:
        for document in (self.document, self.chain_document):
            document.changed.connect(self._show_title)
            document.undo_stack.cleanChanged.connect(self._show_title)
        self.session.snapshot_ready.connect(self._on_snapshot_ready)
        self.session.running_changed.connect(self.show_running)
        self.session.failed.connect(self.message.complain)
        self.network.plots.wide_changed.connect(self.actions_by_name["plots_only"].setChecked)
        self.chain.study_shown.connect(self._offer)
        self.chain.subject_wanted.connect(self._on_subject_wanted)
        self.architecture.finished.connect(self.network.canvas.setFocus)
        self.files.opened.connect(self._on_opened)
        for teller in (
            self.files.saved, self.exports.told, self.chain_exports.told, self.network.told,
            self.chain.refused, self.book.told, self.runs.told,
            self.plot_exports.told,
        ):  # fmt: skip
            teller.connect(self.message.tell)
        for complainer in (
            self.files.complained, self.exports.complained, self.chain_exports.complained,
            self.network.complained, self.runs.complained, self.plot_exports.complained,
        ):  # fmt: skip
            complainer.connect(self.message.complain)

    def use_recovery(self, folder: Path) -> None:
        """Keep a copy of unsaved work there, and offer what a crash has left."""
        recovery = Recovery(self.files, folder)
        recovery.offered.connect(self.offer.ask)
        recovery.complained.connect(self.message.complain)
        self.offer.answered.connect(recovery.answer)
        recovery.look()

    def _restore(self) -> None:
        if not self.restoreGeometry(self._settings.geometry):
            self.resize(1280, 800)
        self.actions_by_name["dark"].setChecked(self.theme.name == "dark")
        self.actions_by_name["settings"].setChecked(True)
        self.network.plots.set_layout_state(self._settings.plots)

    # -- views -----------------------------------------------------------------------------

    @property
    def view(self) -> str:
        return CHAIN if self.pages.currentWidget() is self.chain else NETWORK

    @property
    def _shown_document(self) -> ExperimentDocument | ChainDocument:
        return self.chain_document if self.view == CHAIN else self.document

    def show_view(self, view: str) -> None:
        """Menus, keys, undo and files are those of the view that is shown."""
        is_chain = view == CHAIN
        self.actions_by_name[view].setChecked(True)
        self.pages.setCurrentWidget(self.chain if is_chain else self.network)
        self._offer()
        self.undo_group.setActiveStack(self._shown_document.undo_stack)
        self.files.look_at(self._shown_document)
        self.architecture.setVisible(not is_chain)
        if is_chain:
            self._show_network_in_chain()
            self.chain.stage.diagram.setFocus()  # not a field, which would take the keys
        else:
            self.network.come_back()
            self.network.canvas.setFocus()
        self._show_title()

    @Slot()
    def _offer(self) -> None:
        """The menus and keys of the view; in the chain's, those of the run that a study follows."""
        follows = self.view == CHAIN and self.chain.study.follows_run
        offer(self.actions_by_name, self.menus, self.view, MOMENTS if follows else ())

    @Slot(object)
    def _on_opened(self, value: Experiment | ChainSpec) -> None:
        """Show what has been opened in its view."""
        self.message.clear()
        if isinstance(value, Experiment):
            if value.notes:
                self.message.tell(value.notes)
            self.network.play_back(value.playback)
            self.run.open()
        self.show_view(NETWORK if isinstance(value, Experiment) else CHAIN)

    @Slot(object)
    def _on_subject_wanted(self, subject: Subject) -> None:
        if self.view == CHAIN:
            self.session.look_at(subject)

    # -- from the run to the screen --------------------------------------------------------

    @Slot(object)
    def _on_snapshot_ready(self, snapshot: Snapshot) -> None:
        self.network.show_snapshot(snapshot)
        self.exports.show_snapshot(snapshot)
        if self.view == CHAIN and snapshot.weights is not None:
            self._show_network_in_chain()
        self._paint()

    def _show_network_in_chain(self) -> None:
        if (snapshot := self.exports.snapshot) is not None:
            self.chain.show_network(self.run.loaded, snapshot)

    def _paint(self) -> None:
        """Paint what has changed before the training thread gets its next grant."""
        for gathered in (QEvent.Type.MetaCall, QEvent.Type.LayoutRequest):
            QCoreApplication.sendPostedEvents(None, gathered)
        for painted in (self, *self.network.plots.floating):
            QCoreApplication.sendEvent(painted, QEvent(QEvent.Type.UpdateRequest))
        self.frame_painted.emit()

    @Slot(bool)
    def show_running(self, running: bool) -> None:
        play = self.actions_by_name["play"]
        play.setChecked(running)
        play.setText("&Pause" if running else "&Play")

    @Slot(int)
    def _on_memory_chosen(self, megabytes: int) -> None:
        self._settings.time_line_memory = megabytes
        self.session.allow(megabytes * MEGABYTE)

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
        for part in (self.network, self.chain, self.architecture):
            part.set_theme(self.theme)

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*]")
        self.setWindowModified(not self._shown_document.undo_stack.isClean())

    # -- events ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.network.share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        was, now = event.oldSize().width(), event.size().width()
        if (was >= NARROW or was < 0) != (now >= NARROW):
            self.actions_by_name["settings"].setChecked(now >= NARROW)
            self.network.show_settings(now >= NARROW)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.open(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        exports: list[QObject] = [*self.findChildren(SlicedWork), *self.findChildren(AllPlots)]
        if any(isinstance(e, SlicedWork | AllPlots) and e.is_going_on for e in exports):
            self.message.complain(EXPORTING)
            event.ignore()
            return
        if not (self.architecture.apply() and self.files.may_discard()):
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        self._settings.plots = self.network.plots.layout_state()
        self.run.close()
        event.accept()
