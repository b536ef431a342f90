"""Pictures for other programs: the same painting as PNG and as SVG."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from engine.atomic_file import write_bytes
from engine.faults import fault
from gui.common.style import TINT
from gui.theme import Theme

SHARP = 2  # pixels of the PNG for one of the picture
PILL, PILL_AIR = 24, 12  # pixels: how high, and how far its ends are from the words

Painting = Callable[[QPainter], None]


def write(path: Path, size: QSize, title: str, paint: Painting) -> None:
    """PNG or SVG, as the name ends; ``InputError`` where it cannot be written."""
    match path.suffix.lower():
        case ".png":
            write_bytes(path, png(size, paint))
        case ".svg":
            write_bytes(path, svg(size, title, paint))
        case _:
            raise fault(path, "a picture's name ends in .png or .svg")


def png(size: QSize, paint: Painting) -> bytes:
    image = QImage(size * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    _painted(QPainter(image), paint)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def svg(size: QSize, title: str, paint: Painting) -> bytes:
    """Lines and text stay lines and text."""
    drawing = QByteArray()
    buffer = QBuffer(drawing)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    dpi = QApplication.primaryScreen().logicalDotsPerInchX()
    generator.setResolution(round(dpi))  # else text and axes are misplaced
    generator.setTitle(title)
    _painted(QPainter(generator), paint)
    return bytes(drawing.data())


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
