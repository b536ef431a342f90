"""The menu bar, which is also the window's top line: name, menus, architecture."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QMenu, QMenuBar, QWidget

from engine.experiments import bundled
from gui.actions import ENTRIES
from gui.files import ExperimentFiles

EXPERIMENTS = "The book's e&xperiments"


def fill_menus(
    window: QMainWindow,
    actions: dict[str, QAction],
    undo_stack: QUndoStack,
    files: ExperimentFiles,
) -> QLabel:
    """Build the menu bar from the table of actions; return the label for the architecture."""
    bar = QMenuBar()
    menus: dict[str, QMenu] = {}
    for entry in ENTRIES:
        if entry.menu not in menus:
            menus[entry.menu] = bar.addMenu(entry.menu)
            if entry.menu == "&File":
                menus["&Edit"] = _edit_menu(bar.addMenu("&Edit"), undo_stack)
                _experiments_menu(bar.addMenu(EXPERIMENTS), files)
        menus[entry.menu].addAction(actions[entry.name])
    for menu in menus.values():
        menu.setToolTipsVisible(True)
    architecture = QLabel()
    architecture.setObjectName("architecture")
    architecture.setAccessibleName("Architecture")
    window.setMenuWidget(_top_line(bar, architecture))
    return architecture


def _top_line(bar: QMenuBar, architecture: QLabel) -> QWidget:
    line = QWidget()
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
    row.addSpacing(12)
    row.addWidget(bar)
    row.addStretch(1)
    row.addWidget(architecture)
    return line


def _edit_menu(menu: QMenu, undo_stack: QUndoStack) -> QMenu:
    undo = undo_stack.createUndoAction(menu, "&Undo")
    redo = undo_stack.createRedoAction(menu, "&Redo")
    undo.setShortcuts(QKeySequence.StandardKey.Undo)
    redo.setShortcuts(QKeySequence.StandardKey.Redo)
    menu.addActions([undo, redo])
    return menu


def _experiments_menu(menu: QMenu, files: ExperimentFiles) -> None:
    menu.setToolTipsVisible(True)
    experiments = dict(bundled())
    for name, experiment in experiments.items():
        action = menu.addAction(experiment.name)
        action.setObjectName(name)
        action.setToolTip(experiment.notes)

    def on_triggered(action: QAction) -> None:
        files.show(experiments[action.objectName()])

    menu.triggered.connect(on_triggered)
