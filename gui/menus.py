"""The menu bar, which is also the window's top line: name, menus, architecture."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QUndoGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QWidget

from engine.experiments import bundled
from gui.actions import ENTRIES, EXPERIMENTS
from gui.exports import Exports
from gui.files import Files
from gui.plots.menu import PlotsMenu
from gui.plots.panel import PlotsPanel
from gui.recent_files import RecentMenu


def fill_menus(
    bar: QMenuBar,
    actions: dict[str, QAction],
    undo_group: QUndoGroup,
    files: Files,
    exports: Exports,
    plots: PlotsPanel,
    memory: QMenu,
) -> dict[str, QMenu]:
    """One menu for each that the table of actions names, and those that follow other tables."""
    menus: dict[str, QMenu] = {}
    for entry in ENTRIES:
        if entry.menu not in menus:
            menu = menus[entry.menu] = bar.addMenu(entry.menu)
            menu.setToolTipsVisible(True)
            if entry.menu == "&Edit":
                _add_undo(menu, undo_group)
                menus[EXPERIMENTS] = bar.addMenu(EXPERIMENTS)
                _experiments_menu(menus[EXPERIMENTS], files)
        menus[entry.menu].addAction(actions[entry.name])
        if entry.name == "open":
            menus[entry.menu].addMenu(_recent_menu(bar, files))
        elif entry.name == "architecture":
            menus[entry.menu].addMenu(exports.menu())
        elif entry.name == "branch":
            menus[entry.menu].addMenu(memory)
        elif entry.name == "settings":
            menus[entry.menu].addMenu(PlotsMenu(plots, bar))
    return menus


class TopLine(QWidget):
    """What is ``spare`` goes where there is no room for it: nothing else is cut for its sake."""

    def __init__(self) -> None:
        super().__init__()
        self.spare: QWidget | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        if (spare := self.spare) is None or (row := self.layout()) is None:
            return
        needed = row.minimumSize().width()
        if spare.isHidden():
            needed += spare.sizeHint().width() + row.spacing()
        spare.setVisible(needed <= self.width())


def top_line(bar: QMenuBar, views: QWidget, architecture: QWidget) -> QWidget:
    """The sign of the program, its views, its menus, and the architecture on the right."""
    line = TopLine()
    line.setObjectName("top")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sign, name = QLabel("∇"), QLabel("Nablascope")
    sign.setObjectName("sign")
    name.setObjectName("brand")
    row = QHBoxLayout(line)
    row.setContentsMargins(16, 6, 16, 6)
    row.setSpacing(8)
    row.addWidget(sign)
    row.addWidget(name)
    line.spare = name
    row.addSpacing(12)
    row.addWidget(views)
    row.addSpacing(4)
    row.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addSpacing(12)
    row.addStretch(1)
    row.addWidget(architecture)
    return line


def _add_undo(menu: QMenu, undo_group: QUndoGroup) -> None:
    undo = undo_group.createUndoAction(menu, "&Undo")
    redo = undo_group.createRedoAction(menu, "&Redo")
    undo.setShortcuts(QKeySequence.StandardKey.Undo)
    redo.setShortcuts(QKeySequence.StandardKey.Redo)
    menu.addActions([undo, redo])
    menu.addSeparator()


def _recent_menu(window: QWidget, files: Files) -> RecentMenu:
    menu = RecentMenu(files.recent, window)
    menu.chosen.connect(files.open)
    return menu


def _experiments_menu(menu: QMenu, files: Files) -> None:
    menu.setToolTipsVisible(True)
    experiments = dict(bundled())
    for name, experiment in experiments.items():
        action = menu.addAction(experiment.name)
        action.setObjectName(name)
        action.setToolTip(experiment.notes)

    def on_triggered(action: QAction) -> None:
        files.show(experiments[action.objectName()])

    menu.triggered.connect(on_triggered)
