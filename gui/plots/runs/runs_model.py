"""The runs as rows: how each came out, and the settings in which they differ."""

from collections.abc import Sequence
from html import escape
from math import isnan
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from engine.runs import Difference, Run, differences
from engine.tables import Cell, Table
from gui.plots.runs.run_results import RESULTS, evaluated
from gui.theme import Theme

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CHECKED = Qt.CheckState.Checked
NAME, NOTES = "run", "notes"
ROOT = QModelIndex()  # rows have no children
EVALUATED = ("accuracy of", "evaluated at step", "evaluated at epoch")  # exported: in tooltips here


class RunsModel(QAbstractTableModel):
    """The live run first, then the others as they are sorted."""

    renamed = Signal(int, str)
    noted = Signal(int, str)
    shown_changed = Signal(object, bool)  # ids

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.bold = QFont()
        self.brief = False  # titles that need less room
        self.live: int | None = None
        self.runs: list[Run] = []
        self.differences: tuple[Difference, ...] = ()
        self.titles: tuple[str, ...] = (NAME, *(result.title for result in RESULTS))
        self._settings: list[tuple[str, ...]] = []  # the words of each difference
        self._at: dict[int, int] = {}  # a run's place in the differences
        self._order = 0, Qt.SortOrder.AscendingOrder

    # -- what is shown -------------------------------------------------------------------------

    def set_runs(self, live: Run | None, earlier: Sequence[Run]) -> None:
        self.beginResetModel()
        self.live = live.id if live else None
        every = [*([live] if live else ()), *earlier]
        self.differences = differences(every)
        self._settings = [difference.words for difference in self.differences]
        notes = (NOTES,) * any(run.notes for run in every)
        results = (result.title for result in RESULTS)
        self.titles = (NAME, *results, *(d.label for d in self.differences), *notes)
        self._at = {run.id: k for k, run in enumerate(every)}
        self.runs = every
        self._sort()
        self.endResetModel()

    def set_live(self, live: Run) -> None:
        """Its newest numbers; nothing else has changed."""
        if self.runs and self.runs[0].id == live.id:
            self.runs[0] = live
            self.dataChanged.emit(self.index(0, 1), self.index(0, len(RESULTS)))

    def words(self, run: Run, column: int) -> str:
        """What stands in a cell."""
        if column == 0:
            return f"{run.name} · live" if run.id == self.live else run.name
        if column <= len(RESULTS):
            return RESULTS[column - 1].words(run)
        if (k := column - 1 - len(RESULTS)) < len(self._settings):
            return self._settings[k][self._at[run.id]]
        return run.notes.replace("\n", " ")

    def title(self, column: int) -> str:
        """As it stands over the column."""
        is_result = 0 < column <= len(RESULTS)
        return RESULTS[column - 1].brief if self.brief and is_result else self.titles[column]

    def table(self) -> Table:
        """As it stands, with the results in all their digits, and when they were measured."""
        rows: list[Sequence[Cell]] = []
        first = 1 + len(RESULTS)
        for run in self.runs:
            results = (result.number(run) for result in RESULTS)
            rest = (self.words(run, k) for k in range(first, len(self.titles)))
            rows.append((run.name, *results, *evaluated(run), *rest))
        return Table((*self.titles[:first], *EVALUATED, *self.titles[first:]), rows)

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.titles[index.column()] in (NAME, NOTES):
            flags |= Qt.ItemFlag.ItemIsEditable
        if index.column() == 0 and self.runs[index.row()].id != self.live:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        run, column = self.runs[index.row()], index.column()
        if role == Role.DisplayRole:
            return self.words(run, column)
        if role == Role.EditRole:
            return run.name if column == 0 else run.notes
        if role == Role.ToolTipRole:
            text = self._about(run) if column == 0 else self._told(run, column)
            return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"  # notes are no markup
        if role == Role.TextAlignmentRole and 0 < column < len(RESULTS):
            return RIGHT
        return self._look(run, column, role)

    def _look(self, run: Run, column: int, role: int) -> Any:
        is_live = run.id == self.live
        if role == Role.FontRole and is_live:
            return self.bold
        if role == Role.ForegroundRole and column == len(RESULTS):
            return self._verdict_colour(run)
        if column == 0 and role == Role.DecorationRole:
            return self.theme.run(run.colour)
        if column == 0 and role == Role.CheckStateRole and not is_live:
            return CHECKED if run.shown else Qt.CheckState.Unchecked
        if role == Role.AccessibleTextRole and column == 0:
            state = "the live run" if is_live else "shown" if run.shown else "hidden"
            return f"{run.name}, {state}"
        return None

    def _verdict_colour(self, run: Run) -> Any:
        kind = "exploding" if run.diverged else run.verdict.kind if run.verdict else "unknown"
        colour = self.theme.dim if kind == "unknown" else getattr(self.theme, kind)
        return self.theme.legible(colour, self.theme.panel)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        run = self.runs[index.row()]
        if role == Role.CheckStateRole:
            self.shown_changed.emit((run.id,), Qt.CheckState(value) == CHECKED)
        elif role == Role.EditRole:
            (self.renamed if index.column() == 0 else self.noted).emit(run.id, str(value))
        return False  # the rows come anew when it is done

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.DisplayRole:
            return self.title(section)
        if role == Role.ToolTipRole:
            return self._help(section)
        if role == Role.TextAlignmentRole and 0 < section < len(RESULTS):
            return RIGHT
        return None

    def _help(self, section: int) -> str:
        if section == 0:
            return "Tick: drawn behind the live run. F2 renames, Space ticks, Delete deletes."
        if section <= len(RESULTS):
            return f"{RESULTS[section - 1].title}: {RESULTS[section - 1].help}"
        if (k := section - 1 - len(RESULTS)) < len(self._settings):
            difference = self.differences[k]
            return f"{difference.label}: {difference.help}"
        return "your notes; Shift+F2 writes longer ones"

    def _told(self, run: Run, column: int) -> str:
        """What stands in a cell, and of which moment that is."""
        moment = RESULTS[column - 1].moment(run) if column <= len(RESULTS) else ""
        return "\n".join(filter(None, (self.words(run, column), moment)))

    def _about(self, run: Run) -> str:
        began = run.began.replace("T", " ")[:16]
        lines = [f"{run.name}: {run.step:,} steps, {run.epoch:,.2f} epochs"]
        lines += [f"begun {began}"] if began else []
        if run.branched_from:
            lines.append(f"branched from {run.branched_from[0]} at step {run.branched_from[1]:,}")
        lines += [str(change) for change in run.changes[:6]]
        if len(run.changes) > 6:
            lines.append(f"and {len(run.changes) - 6} more changes")
        return "\n".join([*lines, *([run.notes] if run.notes else ())])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._order = column, order
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        """Within the others; what has no number comes last in either order."""
        column, order = self._order
        down = order == Qt.SortOrder.DescendingOrder
        others = sorted((r for r in self.runs if r.id != self.live), key=lambda run: run.id)
        keys = {run.id: self._key(run, column) for run in others}
        others.sort(key=lambda run: keys[run.id][1:], reverse=down)
        others.sort(key=lambda run: keys[run.id][0])
        self.runs = [run for run in self.runs if run.id == self.live] + others

    def _key(self, run: Run, column: int) -> tuple[int, float, str]:
        """A group, numbers before words before nothing; then the place in it."""
        if column == 0:
            return 0, run.id, ""
        if column <= len(RESULTS):
            number = RESULTS[column - 1].number(run)
            return (2, 0.0, "") if isnan(number) else (0, number, "")
        k = column - 1 - len(RESULTS)
        own = self.differences[k].settings if k < len(self.differences) else None
        setting = own[self._at[run.id]] if own else None
        if setting is not None and isinstance(setting.value, int | float):
            return 0, setting.value, ""
        words = self.words(run, column)
        return (1, 0.0, words) if words else (2, 0.0, "")
