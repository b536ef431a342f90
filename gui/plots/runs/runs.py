"""The runs side by side: how each came out, and in what their settings differ."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QInputDialog, QMenu

from engine.runs import Run
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import caption, card_title
from gui.common.throttle import Throttle
from gui.common.typeface import typeface
from gui.plots.card import PlotCard
from gui.plots.runs.run_results import RESULTS
from gui.plots.runs.runs_model import RunsModel
from gui.plots.runs.runs_view import RunsView
from gui.theme import TEXT, Theme

MOST_NAMED = 3  # settings in which the runs differ
ALONE = "one run so far: R, N or another network begins the next"


class Runs(PlotCard):
    """What is wanted of a run is told; who keeps the runs does it, and shows them anew."""

    rename_wanted = Signal(int, str)
    notes_wanted = Signal(int, str)
    colour_wanted = Signal(int, int)
    shown_wanted = Signal(object, bool)  # ids
    delete_wanted = Signal(object)  # ids
    settings_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.model = RunsModel(theme, self)
        self.view = RunsView(self.model)
        self.subtitle = caption(ALONE)
        self.add_title_row(card_title("Runs"), self.subtitle)
        self.column.addWidget(self.view, 1)
        self._live: Run | None = None
        self._snapshot: Snapshot | None = None
        self.texts = Throttle(self)
        self._connect()
        self.set_theme(theme)

    def _connect(self) -> None:
        self.texts.due.connect(self._on_texts_due)
        queued = Qt.ConnectionType.QueuedConnection  # the editor closes first
        self.model.renamed.connect(self.rename_wanted, queued)
        self.model.noted.connect(self.notes_wanted, queued)
        self.model.shown_changed.connect(self.shown_wanted)
        self.view.toggled.connect(self._on_toggled)
        self.view.deleted.connect(self._on_deleted)
        self.view.notes_asked.connect(self._on_notes_asked)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)

    # -- what is shown -------------------------------------------------------------------------

    def show_runs(self, live: Run | None, earlier: Sequence[Run]) -> None:
        """All of them, the hidden ones too; the selection stays with its runs."""
        chosen, current = self.chosen, self.current
        if live is None or self._live is None or live.id != self._live.id:
            self._snapshot = None
        self._live = live
        self.model.set_runs(self._newest(), earlier)
        self._select([run.id for run in chosen], current.id if current else 0)
        self.view.fit()
        self._say()

    def set_experiment(self, experiment: Experiment) -> None:
        self._snapshot = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._live is not None and snapshot.layers == self._live.layers:
            self._snapshot = snapshot
            self.texts.request()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.model.theme = theme
        self.model.bold = typeface(self, TEXT, bold=True)
        self.view.set_theme(theme)
        self.view.fit()

    def reset(self) -> None:
        """In the order in which they began."""
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.view.horizontalScrollBar().setValue(0)

    def table(self) -> Table:
        return self.model.table()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view.fit()

    def _newest(self) -> Run | None:
        live, snapshot = self._live, self._snapshot
        return live if live is None or snapshot is None else live.as_of(snapshot)

    @Slot()
    def _on_texts_due(self) -> None:
        if (live := self._newest()) is not None:
            self.model.set_live(live)
            self.view.fit_live()
            self._describe()

    def _say(self) -> None:
        labels = [d.label for d in self.model.differences]
        if len(self.model.runs) < 2:
            words = ALONE
        elif not labels:
            words = "nothing differs between their settings"
        elif labels == ["seed"]:
            words = "nothing differs but the seed"
        else:
            words = f"differ in {', '.join(labels)}"
        more = len(labels) - MOST_NAMED
        named = ", ".join(labels[:MOST_NAMED])
        self.subtitle.setText(f"differ in {named} and {more} more" if more > 0 else words)
        self.subtitle.setToolTip(words)
        self._describe()

    def _describe(self) -> None:
        told = (
            f"{run.name}: {', '.join(f'{r.title} {r.words(run)}' for r in RESULTS)}"
            for run in self.model.runs[:3]
        )
        self.view.setAccessibleDescription(f"{self.subtitle.text()}. {'. '.join(told)}")

    # -- what is chosen ------------------------------------------------------------------------

    @property
    def chosen(self) -> list[Run]:
        """The runs whose rows are selected."""
        rows = self.view.selectionModel().selectedRows()
        return [self.model.runs[index.row()] for index in rows]

    @property
    def current(self) -> Run | None:
        index = self.view.currentIndex()
        return self.model.runs[index.row()] if index.isValid() else None

    def _earlier(self) -> list[Run]:
        return [run for run in self.chosen if run.id != self.model.live]

    def _select(self, ids: Sequence[int], current: int) -> None:
        selection, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        for row, run in enumerate(self.model.runs):
            if run.id == current:
                selection.setCurrentIndex(self.model.index(row, 0), flags.NoUpdate)
            if run.id in ids:
                selection.select(self.model.index(row, 0), flags.Select | flags.Rows)

    @Slot()
    def _on_toggled(self) -> None:
        if runs := self._earlier():
            self.shown_wanted.emit(tuple(r.id for r in runs), not all(r.shown for r in runs))

    @Slot()
    def _on_deleted(self) -> None:
        if runs := self._earlier():
            self.delete_wanted.emit(tuple(run.id for run in runs))

    @Slot()
    def _on_notes_asked(self) -> None:
        if (run := self.current) is not None:
            label = f"Notes on {run.name}:"
            text, said = QInputDialog.getMultiLineText(self, "Notes", label, run.notes)
            if said:
                self.notes_wanted.emit(run.id, text)

    # -- the menu ------------------------------------------------------------------------------

    @Slot(QPoint)
    def _on_menu_requested(self, at: QPoint) -> None:
        if (run := self.current) is not None:
            menu = self.menu_of(run)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(at))

    def menu_of(self, run: Run) -> QMenu:
        """What can be done with the runs that are selected, and with this one."""
        menu, earlier = QMenu(self), self._earlier()
        menu.setObjectName("run_menu")
        rename = menu.addAction("&Rename\tF2", self.view.edit_name)
        menu.addAction("N&otes…\tShift+F2", self._on_notes_asked)
        self._add_colours(menu.addMenu("&Colour"), run)
        menu.addSeparator()
        some = f"{len(earlier)} runs" if len(earlier) > 1 else run.name
        show = "&Hide" if earlier and all(r.shown for r in earlier) else "&Show"
        toggle = menu.addAction(f"{show} {some}\tSpace", self._on_toggled)
        take = menu.addAction(f"&Take the settings of {run.name}")
        take.setToolTip("The network and its training become those of this run; can be undone")
        take.setData(run.id)
        take.triggered.connect(self._on_take_triggered)
        menu.addSeparator()
        delete = menu.addAction(f"&Delete {some}\tDel", self._on_deleted)
        others = menu.addAction("Delete all &other earlier runs", self._on_others_deleted)
        rename.setEnabled(len(self.chosen) <= 1)
        for action in (toggle, delete):
            action.setEnabled(bool(earlier))
        take.setEnabled(run.id != self.model.live)
        others.setEnabled(bool(self._others()))
        return menu

    def _add_colours(self, menu: QMenu, run: Run) -> None:
        for k in range(len(self._theme.runs)):
            action = menu.addAction(self.view.swatch(self._theme.run(k)), f"colour {k + 1}")
            action.setData((run.id, k))
            action.triggered.connect(self._on_colour_chosen)

    def _others(self) -> tuple[int, ...]:
        kept = {self.model.live, *(run.id for run in self.chosen)}
        return tuple(run.id for run in self.model.runs if run.id not in kept)

    @Slot()
    def _on_others_deleted(self) -> None:
        self.delete_wanted.emit(self._others())

    @Slot()
    def _on_colour_chosen(self) -> None:
        if isinstance(action := self.sender(), QAction):
            self.colour_wanted.emit(*action.data())

    @Slot()
    def _on_take_triggered(self) -> None:
        if isinstance(action := self.sender(), QAction):
            self.settings_wanted.emit(action.data())
