"""A line of text that says less where there is less room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy


class FittingLabel(QLabel):
    """Shows the first of several texts that fits; the last one is elided where none does.

    The first is the tooltip wherever another is shown, and always what a screen reader reads.
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: Sequence[str] = ("",)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def set_texts(self, *texts: str) -> None:
        if texts != self._texts:
            self._texts = texts
            self.setText(texts[0])
            self.setAccessibleName(texts[0])
            self.update()

    @property
    def shown(self) -> str:
        """What stands there."""
        metrics, room = self.fontMetrics(), self.width()
        for text in self._texts:
            if metrics.horizontalAdvance(text) <= room:
                return text
        return metrics.elidedText(self._texts[-1], Qt.TextElideMode.ElideRight, room)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = self.shown
        self.setToolTip("" if shown == self._texts[0] else self._texts[0])
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
