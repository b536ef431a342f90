"""The table of runs as a widget: its keys, its columns, its colours."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from engine.runs import Run
from gui.common.typeface import typeface
from gui.plots.runs.runs_model import RunsModel
from gui.theme import CAPTION, TEXT, Theme

Key = Qt.Key
KEYS = (Key.Key_Space, Key.Key_Delete, Key.Key_Backspace, Key.Key_F2, Key.Key_Home, Key.Key_End)
DISPENSABLE = (4, 3, 2)  # columns of results that go first where there is little room
SEEN = 6  # the last column that is to be seen without scrolling: two settings
WIDEST_EMS = 24  # of a column; the tooltip has what is cut
BETWEEN = 14  # pixels from one column's text to the next


class RunsView(QTableView):
    """Space ticks, Delete deletes, F2 renames, Shift+F2 writes notes, a title sorts."""

    toggled = Signal()
    deleted = Signal()
    notes_asked = Signal()

    def __init__(self, model: RunsModel) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self._widths: dict[int, int] = {}
        self._gap = BETWEEN
        self.setProperty("role", "runs")
        self.setAccessibleName("Runs")
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        model.modelReset.connect(self._widths.clear)

    def set_theme(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.panel))
        palette.setColor(QPalette.ColorRole.Highlight, theme.blend(theme.accent, 0.16, theme.panel))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.ink))
        self.setPalette(palette)
        self._widths.clear()

    def edit_name(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self._model.index(index.row(), 0))

    def swatch(self, colour: QColor) -> QIcon:
        square = QPixmap(16, 16)
        square.fill(colour)
        return QIcon(square)

    # -- how wide ------------------------------------------------------------------------------

    def fit(self) -> None:
        """As wide as they need; where there is little room, titles are brief, then results go."""
        text, small = typeface(self, TEXT), typeface(self, CAPTION)
        self.horizontalHeader().setFont(small)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        self._gap = round(BETWEEN * text.pixelSize() / TEXT) if text.pixelSize() > 0 else BETWEEN
        self.setIconSize(QSize(self._gap, self._gap))
        was_brief, self._model.brief = self._model.brief, False
        if self._lay_columns():
            self._model.brief = True
            self._widths.clear()
            self._lay_columns()
        if self._model.brief is not was_brief:
            self.horizontalHeader().viewport().update()

    def _lay_columns(self) -> set[int]:
        """Returns those that there is no room for."""
        for column in range(self._model.columnCount()):
            self._widen(column, self._title_width(column) + self._gap)
        return self._fit_to(self._model.runs)

    def fit_live(self) -> None:
        """The same where only the numbers of the live run are new."""
        self._fit_to(self._model.runs[:1])

    def _fit_to(self, runs: Sequence[Run]) -> set[int]:
        metrics = QFontMetrics(self._model.bold)
        widest = WIDEST_EMS * metrics.averageCharWidth()
        for column in range(self._model.columnCount()):
            words = (self._model.words(run, column) for run in runs)
            needed = max(map(metrics.horizontalAdvance, words), default=0)
            box = 0 if column else 3 * metrics.height()  # the tick and the colour
            self._widen(column, min(needed, widest) + box + 2 * self._gap)
        gone = self._dispensable()
        for column, width in self._widths.items():
            self.setColumnHidden(column, column in gone)
            if self.columnWidth(column) != width and column not in gone:
                self.setColumnWidth(column, width)
        return gone

    def _widen(self, column: int, width: int) -> None:
        """Columns do not jump about: what was needed once stays."""
        self._widths[column] = max(width, self._widths.get(column, 0))

    def _title_width(self, column: int) -> int:
        metrics = self.horizontalHeader().fontMetrics()
        return metrics.horizontalAdvance(self._model.title(column)) + 2 * metrics.height()

    def _dispensable(self) -> set[int]:
        """For the results to be seen beside a few settings; the other settings are scrolled to."""
        room, gone = self.viewport().width(), set[int]()
        for column in DISPENSABLE:
            if sum(w for c, w in self._widths.items() if c <= SEEN and c not in gone) > room:
                gone.add(column)
        return gone

    # -- keys ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """What is a key of the window's elsewhere is one of the table here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key == Key.Key_Space:
            self.toggled.emit()
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self.deleted.emit()
        elif key == Key.Key_F2 and shift:
            self.notes_asked.emit()
        elif key == Key.Key_F2:
            self.edit_name()
        else:
            super().keyPressEvent(event)
