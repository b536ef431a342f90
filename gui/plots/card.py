"""The base of an instrument: a card with a header that carries its title and its tools."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from engine.look import Wish
from engine.runs import Run
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import Card
from gui.common.icons import icon
from gui.plots.header import PlotHeader
from gui.theme import Theme

DRAWN = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that can be done with any plot; ``text`` stands in its menu."""

    key: str
    text: str
    tip: str
    ends_group: bool = False


TOOLS = (
    Tool("maximise", "&Maximise", "Over the whole window, and back (M, or double-click its title)"),
    Tool("float", "&Float", "In a window of its own, and back"),
    Tool("reset", "&Reset", "The range and the choices that it began with", ends_group=True),
    Tool("copy_picture", "Copy &picture", "As it is shown, for a slide"),
    Tool("copy_numbers", "Copy &numbers", "Exactly the numbers that are drawn, for a spreadsheet"),
    Tool("export", "&Export…", "PNG, SVG, PDF, or the numbers as CSV", ends_group=True),
    Tool("close", "&Close", "View ▸ Plots brings it back"),
)


class PlotCard(Card):
    """It takes a run, its snapshots, earlier runs and a theme, and shows what it is about.

    What the engine must compute for it stands in ``wishes``; it is fed only while it is visible.
    """

    wishes_changed = Signal()
    asked = Signal(str)  # the key of a tool

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.drawing_for_export = False  # then lines and text instead of cached pixels
        self.header = PlotHeader()
        self.header.double_clicked.connect(self._on_double_clicked)
        self.maximise_button = self._tool_button("maximise", TOOLS[0].tip)
        self.menu_button = self._tool_button("more", "Reset, float, copy, export, close")
        self.menu = self._make_menu()
        self.menu_button.setMenu(self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.maximise_button.clicked.connect(self._on_double_clicked)
        self.column.addWidget(self.header)
        self._colour_tools()

    @property
    def theme(self) -> Theme:
        return self._theme

    # What an instrument overrides

    def set_experiment(self, experiment: Experiment) -> None:
        """A new run begins: nothing is known of it yet."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot) -> None:
        raise NotImplementedError

    def is_outdated(self, snapshot: Snapshot) -> bool:
        """Whether it would look different with it; if not, it is told ten times a second only."""
        return True

    def set_epochs(self, epochs: float) -> None:
        """The run that goes on will last for so many epochs."""

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Earlier runs, to be drawn behind the live one."""

    def wishes(self) -> frozenset[Wish[object]]:
        """What a close look is to tell; emit ``wishes_changed`` when it becomes another."""
        return frozenset()

    def reset(self) -> None:
        """Back to the range and the choices that it began with."""

    def table(self) -> Table:
        """The numbers that are drawn now, exactly as the engine gave them."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._colour_tools()

    # The frame around it

    def add_title_row(self, *widgets: QWidget, stretch_after: int = 1) -> None:
        """What stands left and right of a stretch, then the tools."""
        for k, widget in enumerate(widgets, 1):
            self.header.add(widget)
            if k == stretch_after:
                self.header.row.addStretch(1)
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.maximise_button, self.menu_button):
            row.addWidget(button)
        self.header.add(tools)

    @property
    def has_header(self) -> bool:
        """A dock has it elsewhere."""
        return self.header.parent() is self

    @property
    def body_height(self) -> int:
        """Pixels below the header."""
        return self.height() - (self.header.height() if self.has_header else 0)

    @property
    def picture_size(self) -> QSize:
        """Header and body, in pixels of the screen."""
        if self.has_header:
            return self.size()
        return QSize(self.width(), self.header.height() + self.height())

    def paint_picture(self, painter: QPainter) -> None:
        """Header and body as they stand on the screen, at the painter's origin."""
        if not self.has_header:
            self.header.render(painter, QPoint(), QRegion(), DRAWN)
            self.render(painter, QPoint(0, self.header.height()), QRegion(), DRAWN)
        else:
            self.render(painter, QPoint(), QRegion(), DRAWN)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for tool in TOOLS:
            action = menu.addAction(tool.text)
            action.setObjectName(tool.key)
            action.setToolTip(tool.tip)
            action.triggered.connect(self._on_triggered)
            if tool.ends_group:
                menu.addSeparator()
        return menu

    def _tool_button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("role", "plot-tool")
        button.setToolTip(tip)
        button.setAccessibleName(tip.partition(",")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _colour_tools(self) -> None:
        for button in (self.maximise_button, self.menu_button):
            button.setIcon(icon(button.objectName(), self._theme.dim))

    @Slot()
    def _on_double_clicked(self) -> None:
        self.asked.emit("maximise")

    @Slot()
    def _on_triggered(self) -> None:
        if (action := self.sender()) is not None:
            self.asked.emit(action.objectName())
