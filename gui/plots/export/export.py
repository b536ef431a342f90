"""An instrument for other programs: its picture as PNG, SVG and PDF, its numbers as CSV."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPainter

from engine.architecture_text import describe
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Table
from gui.common.card import PADDING
from gui.common.clipboard import empty_mime
from gui.common.picture import PROGRAM, SHARP, Painting, drawn, image
from gui.common.table_combo import Choice
from gui.common.typeface import typeface
from gui.plots.card import PlotCard
from gui.plots.export.sitting import frames_of, scale_of_type, sitting
from gui.theme import CAPTION, LIGHT, Theme

KINDS = {
    "png": Choice("PNG", "Pixels: for slides and web pages"),
    "svg": Choice("SVG", "Lines and text: for drawing programs and web pages"),
    "pdf": Choice("PDF", "Lines and text: for print and LaTeX"),
    "csv": Choice("CSV", "Numbers: for spreadsheets and other programs"),
}
USUAL = QSize(470, 300)  # of a plot that is not shown
STRIP = 2.0  # times the caption's type: the height of its line
DOT = " · "  # in a caption
AIR = 12  # pixels between what stands left and right in it


@dataclass(frozen=True, slots=True)
class Sheet:
    """``width`` by ``height`` pixels, everything ``enlarged``: it is read from further away."""

    width: int
    height: int
    enlarged: float

    @property
    def room(self) -> QSize:
        return QSize(round(self.width / self.enlarged), round(self.height / self.enlarged))


SLIDE, PAPER = Sheet(1280, 720, 1.6), Sheet(900, 560, 4 / 3)


@dataclass(frozen=True, slots=True)
class Style:
    """Without a sheet it is as large as in the window, with the window's size of type.

    ``theme`` is that of the window if there is none. A PNG has ``sharp`` pixels for one.
    """

    sheet: Sheet | None = None
    theme: Theme | None = LIGHT
    sharp: int = SHARP


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot as it stands now, with a line below it that tells of which run it is."""

    card: PlotCard
    caption: str
    style: Style = Style()

    @property
    def title(self) -> str:
        return self.card.accessibleName()

    @property
    def pixels(self) -> QSize:
        """Of a PNG."""
        return (QSizeF(self._size) * (self._enlarged * self.style.sharp)).toSize()

    def data(self, kind: str) -> bytes:
        """``kind`` is png, svg or pdf."""
        with self._painting() as paint:
            return self._drawn(kind, paint)

    def mime(self) -> QMimeData:
        """For the clipboard, as pixels and as lines: the other program chooses."""
        mime = empty_mime()
        with self._painting() as paint:
            mime.setImageData(image(self._size, paint, self._enlarged * self.style.sharp))
            mime.setData("image/svg+xml", self._drawn("svg", paint))
        return mime

    def _drawn(self, kind: str, paint: Painting) -> bytes:
        frames = frames_of(self.card)
        return drawn(kind, self._size, self.title, paint, self._enlarged, self.style.sharp, frames)

    # Its measures, before all is enlarged

    @property
    def _size(self) -> QSize:
        if self.style.sheet is not None:
            return self.style.sheet.room
        card = self.card.picture_size if self.card.isVisible() else USUAL
        return QSize(card.width(), card.height() + self._strip)

    @property
    def _enlarged(self) -> float:
        return self.style.sheet.enlarged if self.style.sheet is not None else 1.0

    @property
    def _scale(self) -> float:
        return 1.0 if self.style.sheet is not None else scale_of_type(self.card)

    @property
    def _strip(self) -> int:
        return round(STRIP * CAPTION * self._scale)

    @contextmanager
    def _painting(self) -> Iterator[Painting]:
        theme = self.style.theme or self.card.theme
        size = self._size
        room = QSize(size.width(), size.height() - self._strip)

        def paint(painter: QPainter) -> None:
            painter.fillRect(QRect(QPoint(), size), QColor(theme.panel))
            painter.save()
            self.card.paint_picture(painter)
            painter.restore()
            below = QRectF(PADDING, room.height(), size.width() - 2 * PADDING, self._strip)
            self._paint_caption(painter, below, theme)

        with sitting(self.card, theme, room, self._scale):
            yield paint

    def _paint_caption(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        font = typeface(self.card, CAPTION)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(theme.dim))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        network, dot, moment = self.caption.partition(DOT)
        needed = metrics.horizontalAdvance(self.caption) + metrics.horizontalAdvance(PROGRAM)
        if needed + AIR <= room.width():
            painter.drawText(room, right, PROGRAM)
        left_over = room.width() - metrics.horizontalAdvance(dot + moment)
        network = metrics.elidedText(network, Qt.TextElideMode.ElideMiddle, left_over)
        painter.drawText(room, left, network + dot + moment)


def caption_of(experiment: Experiment, snapshot: Snapshot | None) -> str:
    """Which network a picture is of, and how far it has been trained."""
    network = describe(experiment.architecture)
    if snapshot is None:
        return network
    return DOT.join((network, f"step {snapshot.step:,}", f"epoch {snapshot.epoch:,.4g}"))


def csv(card: PlotCard) -> bytes:
    """The numbers that are drawn, bit for bit."""
    return card.table().csv().encode()


def copying(table: Table) -> Iterator[None]:
    """To the clipboard, in turns: between tabs, as spreadsheets take it, and as CSV."""
    tabs, commas = [], []
    for between_tabs, between_commas in zip(
        table.csv_pieces("\t"), table.csv_pieces(), strict=True
    ):
        tabs.append(between_tabs)
        commas.append(between_commas)
        yield
    mime, text = empty_mime(), "".join(tabs)
    mime.setText(text)
    mime.setData("text/tab-separated-values", text.encode())
    mime.setData("text/csv", "".join(commas).encode())
    QGuiApplication.clipboard().setMimeData(mime)


def file_name(key: str, kind: str) -> str:
    return f"{key.replace('_', '-')}.{kind}"
