"""The instruments as docks: beside one another, behind one another, afloat, or one over all."""

from collections.abc import Iterable, Sequence
from itertools import cycle, pairwise

from PySide6.QtCore import QByteArray, QChildEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QWidget

from gui.plots.card import PlotCard
from gui.plots.dock import PlotDock
from gui.plots.feed import Feed
from gui.plots.table import BY_KEY, PLOTS, USUAL
from gui.theme import Theme

MARGIN = 12  # pixels, as between two docks
COLUMNS = 4  # of all instruments at once, at most
LEAST_CELL = (18, 9)  # lines of text that a card among them is wide and high
LEAST_HEIGHT = 190  # pixels of a card in a column: a further one becomes a tab
TOP = Qt.DockWidgetArea.TopDockWidgetArea
STATE = 1  # the version of a saved layout


class PlotsPanel(QMainWindow):
    """Every plot of the table; ``feed`` tells those that are seen of one run.

    ``wide`` asks for the room of the network's picture too.
    """

    wishes_changed = Signal()
    wide_changed = Signal(bool)
    shown_changed = Signal()
    export_asked = Signal(object, str)  # PlotCard, the key of a tool

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Widget)
        self.setObjectName("plots")
        self.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        options = QMainWindow.DockOption
        # Not AnimatedDocks: Qt would start an animation whenever a number changes its width.
        self.setDockOptions(options.AllowNestedDocks | options.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.theme = theme
        self._before: QByteArray | None = None  # the layout, while one plot is maximised
        self._wide = self._was_wide = self._arranging = False
        self.docks = {plot.key: self._make_dock(plot.key, theme) for plot in PLOTS}
        self.feed = Feed(self.docks, self)
        self.show_usual()

    # -- what is seen --------------------------------------------------------------------------

    def card(self, key: str) -> PlotCard:
        return self.docks[key].card

    @property
    def seen(self) -> list[PlotDock]:
        return [dock for dock in self.docks.values() if dock.is_seen]

    @property
    def floating(self) -> list[PlotDock]:
        """Windows of their own, that are painted apart."""
        return [dock for dock in self.seen if dock.isFloating()]

    @property
    def wide(self) -> bool:
        return self._wide

    def set_wide(self, wide: bool) -> None:
        if wide != self._wide:
            self._wide = wide
            self.wide_changed.emit(wide)

    def is_shown(self, key: str) -> bool:
        return not self.docks[key].isHidden()

    def set_shown(self, key: str, shown: bool) -> None:
        """Open or close one; there is no room for all, so a further one may become a tab."""
        self.restore()
        dock = self.docks[key]
        if shown:
            self._place(dock)
        dock.setVisible(shown)
        if shown:
            dock.raise_()
        self.shown_changed.emit()

    def show_usual(self) -> None:
        """What a run is followed with, beside the network."""
        self.set_wide(False)
        self.arrange([[key for key in column if key in self.docks] for column in USUAL])

    def show_every(self) -> None:
        """All that have something to show, over the room of the network."""
        self.set_wide(True)
        inputs = self.feed.experiment.architecture.inputs if self.feed.experiment else 0
        keys = [plot.key for plot in PLOTS if plot.inputs in (0, inputs)]
        line, room = self.fontMetrics().height(), (self.parentWidget() or self).width()
        columns = min(max(room // (LEAST_CELL[0] * line), 1), COLUMNS)
        rows = min(max(self.height() // (LEAST_CELL[1] * line), 1), -(-len(keys) // columns))
        cells = keys[: rows * columns]
        self.arrange([cells[k : k + rows] for k in range(0, len(cells), rows)])
        for cell, key in zip(cycle(reversed(cells)), keys[len(cells) :], strict=False):
            self.tabifyDockWidget(self.docks[cell], self.docks[key])  # no room for more
            self.docks[key].show()
            self.docks[cell].raise_()

    def arrange(self, columns: Sequence[Sequence[str]]) -> None:
        """These, in columns from left to right, and no others."""
        self._before = None
        self._arranging = True
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)
        before: PlotDock | None = None
        for column in columns:
            first = self.docks[column[0]]
            if before is None:
                self.addDockWidget(TOP, first)
            else:
                self.splitDockWidget(before, first, Qt.Orientation.Horizontal)
            before = first
        for column in columns:
            for above, below in pairwise(column):
                self.splitDockWidget(self.docks[above], self.docks[below], Qt.Orientation.Vertical)
        for key in (key for column in columns for key in column):
            self.docks[key].show()
        self.share(columns)
        self._arranging = False
        for dock in self.seen:
            self.feed.tell(dock)
        self.wishes_changed.emit()
        self.shown_changed.emit()

    def share(self, columns: Sequence[Sequence[str]]) -> None:
        """Give every column the same width, and its plots their shares of the height."""
        firsts = [self.docks[column[0]] for column in columns]
        self.resizeDocks(firsts, [100] * len(firsts), Qt.Orientation.Horizontal)
        for column in columns:
            docks = [self.docks[key] for key in column]
            heights = [10 * BY_KEY[key].stretch for key in column]
            self.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    # -- one over all --------------------------------------------------------------------------

    @property
    def maximised(self) -> str:
        """The key of the plot that fills the window, or nothing."""
        return next((dock.plot.key for dock in self.seen), "") if self._before is not None else ""

    def maximise(self, key: str) -> None:
        """This one only, and over the network too; the same again is back to what was."""
        if self._before is not None:
            self.restore()
            return
        self._was_wide = self._wide
        self._before = self._layout_now()
        for other, dock in self.docks.items():
            if other != key:
                dock.hide()
        self._place(self.docks[key])
        self.docks[key].setFloating(False)
        self.docks[key].show()
        self.set_wide(True)
        self.docks[key].card.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """End being maximised."""
        if self._before is not None:
            before, self._before = self._before, None
            self._take_layout(before)
            self.set_wide(self._was_wide)

    def layout_state(self) -> QByteArray:
        """To be given back to ``set_layout_state`` at the next start."""
        return self._before if self._before is not None else self._layout_now()

    def set_layout_state(self, state: QByteArray) -> None:
        """What is no layout changes nothing."""
        if self._take_layout(state):
            self.shown_changed.emit()

    def _layout_now(self) -> QByteArray:
        """The keys that are open, a line feed, and Qt's own, which does not tell of them."""
        shown = " ".join(filter(self.is_shown, self.docks))
        return QByteArray(shown.encode() + b"\n" + bytes(self.saveState(STATE).data()))

    def _take_layout(self, layout: QByteArray) -> bool:
        first, _, state = bytes(layout.data()).partition(b"\n")
        if not state or not self.restoreState(QByteArray(state), STATE):
            return False
        shown = first.decode(errors="replace").split()
        for key, dock in self.docks.items():
            if key in shown:
                dock.show()
            else:
                self.removeDockWidget(dock)
        return True

    def focused(self) -> str:
        """The key of the plot that has the focus or is under the pointer; else the first seen."""
        for at in (QWidget.hasFocus, QWidget.underMouse):
            for dock in self.seen:
                parts = (dock, dock.card.header, *dock.card.findChildren(QWidget))
                if any(at(part) for part in parts):
                    return dock.plot.key
        return self.seen[0].plot.key if self.seen else ""

    # -- what is shown -------------------------------------------------------------------------

    def attend(self, keys: Iterable[str]) -> None:
        """Feed these too, as if they were seen, until others are named: to export them."""
        self.feed.attend(keys)
        self.wishes_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for dock in self.docks.values():
            dock.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(470, 680)

    def minimumSizeHint(self) -> QSize:
        return QSize(350, 440)

    def childEvent(self, event: QChildEvent) -> None:
        """Qt makes the tabs when two docks first share a place: their titles stay whole."""
        super().childEvent(event)
        tabs = event.child()
        if event.polished() and isinstance(tabs, QTabBar):
            tabs.setElideMode(Qt.TextElideMode.ElideNone)
            tabs.setUsesScrollButtons(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._before is not None:
            self.restore()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------

    def _make_dock(self, key: str, theme: Theme) -> PlotDock:
        dock = PlotDock(BY_KEY[key], theme)
        dock.setParent(self)
        dock.hide()
        dock.seen_changed.connect(self._on_seen_changed)
        dock.card_made.connect(self._on_card_made)
        return dock

    def _place(self, dock: PlotDock) -> None:
        """Give a dock that has none a place: below the others, or as a tab where they are low."""
        if self.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea:
            return
        others = [other for other in self.seen if not other.isFloating()]
        self.addDockWidget(TOP, dock, Qt.Orientation.Vertical)
        if others and self.height() < LEAST_HEIGHT * (len(others) + 1):
            self.tabifyDockWidget(others[-1], dock)

    @Slot()
    def _on_seen_changed(self) -> None:
        if self._arranging:
            return
        dock = self.sender()
        if isinstance(dock, PlotDock) and dock.is_seen:
            self.feed.tell(dock)
        self.wishes_changed.emit()

    @Slot(object)
    def _on_card_made(self, card: PlotCard) -> None:
        card.wishes_changed.connect(self.wishes_changed)
        card.asked.connect(self._on_asked)

    @Slot(str)
    def _on_asked(self, tool: str) -> None:
        card = self.sender()
        if not isinstance(card, PlotCard):
            return
        key = card.objectName()
        match tool:
            case "maximise":
                self.maximise(key)
            case "float":
                floats = not self.docks[key].isFloating()
                self.restore()
                self.docks[key].setFloating(floats)
            case "reset":
                card.reset()
            case "close":
                self.set_shown(key, False)
            case _:
                self.export_asked.emit(card, tool)
