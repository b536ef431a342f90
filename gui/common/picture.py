"""Pictures for other programs: the same painting as PNG, SVG and PDF."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QWidget

from engine.atomic_file import write_bytes
from engine.faults import fault
from gui.common.plane import Plane
from gui.common.style import TINT
from gui.common.svg_clip import clip_lines
from gui.theme import Theme

PROGRAM = "Nablascope"
SHARP = 2  # pixels of the PNG for one of the picture
POINTS = 72  # of PDF, to the inch
PILL, PILL_AIR = 24, 12  # pixels: how high, and how far its ends are from the words
_EMPTY = re.compile(r"<g [^>]*>\s*</g>\s*")  # Qt begins a group whenever a pen changes
_UNSCALED = re.compile(' vector-effect="[^"]*"')  # a line's width grows with the picture
_FAMILY = re.compile(r'font-family="(?!\w+-)([^",]*)"')

Painting = Callable[[QPainter], None]


def write(path: Path, size: QSize, title: str, paint: Painting) -> None:
    """PNG, SVG or PDF, as the name ends; ``InputError`` where it cannot be written."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in ("png", "svg", "pdf"):
        raise fault(path, "a picture's name ends in .png, .svg or .pdf")
    write_bytes(path, drawn(kind, size, title, paint))


def drawn(
    kind: str,
    size: QSize,
    title: str,
    paint: Painting,
    enlarged: float = 1.0,
    sharp: int = SHARP,
    frames: Sequence[QRectF] = (),
) -> bytes:
    """The painting of this ``size``, all of it ``enlarged``; a PNG has ``sharp`` times the pixels.

    ``kind`` is png, svg or pdf. In an SVG, lines that are painted from the corner of one of the
    ``frames`` on end where they leave it; the others clip whatever the painter is told to.
    """
    match kind:
        case "png":
            return _as_png(image(size, paint, enlarged * sharp), title)
        case "svg":
            return _svg(size, title, paint, enlarged, frames)
        case _:
            return _pdf(size, title, paint, enlarged)


def image(size: QSize, paint: Painting, ratio: float) -> QImage:
    """With ``ratio`` pixels for one of the painting."""
    pixels = QImage((QSizeF(size) * ratio).toSize(), QImage.Format.Format_RGB32)
    pixels.setDevicePixelRatio(ratio)
    _painted(QPainter(pixels), paint)
    return pixels


def _as_png(pixels: QImage, title: str) -> bytes:
    pixels.setText("Title", title)
    pixels.setText("Software", PROGRAM)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(pixels)
    return bytes(buffer.data().data())


def _svg(
    size: QSize, title: str, paint: Painting, enlarged: float, frames: Sequence[QRectF]
) -> bytes:
    """Lines and text stay lines and text."""
    drawing = QByteArray()
    buffer = QBuffer(drawing)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize((QSizeF(size) * enlarged).toSize())
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setResolution(_dpi())  # else text and axes are misplaced
    generator.setTitle(title)
    generator.setDescription(PROGRAM)
    _painted(QPainter(generator), paint)
    text = _EMPTY.sub("", bytes(drawing.data()).decode())
    text = _UNSCALED.sub("", text)
    text = _FAMILY.sub(r'font-family="\1, sans-serif"', text)
    return clip_lines(text, frames).encode()


def _pdf(size: QSize, title: str, paint: Painting, enlarged: float) -> bytes:
    """One page, as large as the picture."""
    drawing = QByteArray()
    buffer = QBuffer(drawing)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(PROGRAM)
    resolution = round(_dpi() / enlarged)
    page = QSizeF(size) * (POINTS / resolution)
    writer.setPageSize(
        QPageSize(page, QPageSize.Unit.Point, title, QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF())
    writer.setResolution(resolution)
    _painted(QPainter(writer), paint)
    return bytes(drawing.data())


def _dpi() -> int:
    return round(QApplication.primaryScreen().logicalDotsPerInchX())


@contextmanager
def uncached(widget: QWidget) -> Iterator[None]:
    """A cache is pixels: without it the axes of plots are lines and letters."""
    widgets = [widget, *widget.findChildren(QWidget)]
    views = [view for view in widgets if isinstance(view, QGraphicsView)]
    planes = [plane for plane in widgets if isinstance(plane, Plane)]
    kept: list[tuple[QGraphicsItem, QGraphicsItem.CacheMode]] = [
        (item, item.cacheMode()) for view in views if view.scene() for item in view.scene().items()
    ]
    grounds = [(view, view.cacheMode()) for view in views]
    for item, _ in kept:
        item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
    for view in views:
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    for plane in planes:
        plane.keeps_ground = False
    try:
        yield
    finally:
        for item, mode in kept:
            item.setCacheMode(mode)
        for view, ground in grounds:
            view.setCacheMode(ground)
        for plane in planes:
            plane.keeps_ground = True


def paint_pill(
    painter: QPainter, theme: Theme, font: QFont, verdict: str, words: str, right: float, top: float
) -> None:
    """A verdict as its chip shows it; nothing where there is none."""
    if not words:
        return
    colour = QColor(getattr(theme, verdict, theme.dim))
    width = QFontMetricsF(font).horizontalAdvance(words) + 2 * PILL_AIR
    pill = QRectF(right - width, top, width, PILL)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.blend(colour, TINT, theme.panel))
    painter.drawRoundedRect(pill, PILL / 2, PILL / 2)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _painted(painter: QPainter, paint: Painting) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
