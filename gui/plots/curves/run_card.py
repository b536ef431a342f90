"""A card whose plots follow a run: what they have in common."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QSizePolicy

from engine.runs import Run
from engine.snapshot import Snapshot, evaluation_columns, history_columns
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.plots.curves.live_plot import LivePlot
from gui.theme import Theme

LEAST = QSize(200, 90)


class RunCard(PlotCard):
    """Its texts wait for one another; a picture of it shows no range that is on its way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.plots: tuple[LivePlot, ...] = ()
        self._snapshot: Snapshot | None = None
        self._runs: Sequence[Run] = ()
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        # Not within the event: to show or hide a part while Qt polishes the whole is fatal.
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._on_refit_due)
        self.texts = Throttle(self)
        self.texts.due.connect(self._on_texts_due)

    def minimumSizeHint(self) -> QSize:
        """It says less where there is less room; not what its rows would like."""
        return LEAST

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Those that are hidden, or of other columns than are measured now, are left out."""
        shown = [run for run in runs if run.shown and _is_whole(run)]
        if shown or self._runs:
            self._runs = shown
            self.place_runs()

    def place_runs(self) -> None:
        """Draw the earlier runs that are comparable to what is shown."""
        raise NotImplementedError

    def fit(self) -> None:
        """Say as much as there is room for."""

    def write_texts(self) -> None:
        """Everything that is read: four times a second."""
        raise NotImplementedError

    def paint_picture(self, painter: QPainter) -> None:
        for plot in self.plots:
            plot.arrive()
        super().paint_picture(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.texts.request()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.plots:
            self._refit.start()

    @Slot()
    def _on_refit_due(self) -> None:
        self.fit()
        self.texts.request()

    @Slot()
    def _on_texts_due(self) -> None:
        self.write_texts()
        for plot in self.plots:
            if plot.hand.at_work:
                plot.hand.refresh()

    @Slot()
    def _on_cursor_moved(self) -> None:
        self.write_texts()


class FittingCaption(QLabel):
    """A caption that says the first of several texts that fits; its tooltip is its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "caption")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._texts: Sequence[str] = ("",)

    def set_texts(self, *texts: str) -> None:
        if texts != self._texts:
            self._texts = texts
            self.setAccessibleName(texts[0])
            self.fit()

    def fit(self) -> None:
        advance = self.fontMetrics().horizontalAdvance
        fitting = (text for text in self._texts if advance(text) <= self.width())
        self.setText(next(fitting, ""))

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._texts[0])
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def _is_whole(run: Run) -> bool:
    """Whether its record has the columns of now: a file may come from another version."""
    columns = len(history_columns(run.layers)), len(evaluation_columns(run.layers))
    return (run.history.shape[1], run.evaluations.shape[1]) == columns
