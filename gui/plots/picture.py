"""The speed of learning as files, PNG and SVG, without a window."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QGraphicsItem

from engine.atomic_file import write_bytes
from engine.faults import fault
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.common.style import TINT
from gui.common.typeface import typeface
from gui.plots.speed_of_learning import SpeedOfLearning
from gui.theme import CAPTION, LIGHT, TEXT, TITLE, Theme

NAME = "speed-of-learning"
SIZE = (900, 560)
SHARP = 2  # pixels of the PNG for one of the picture
MARGIN, HEADER = 20, 56


def write_pictures(
    experiment: Experiment,
    snapshot: Snapshot,
    folder: Path,
    theme: Theme = LIGHT,
    size: tuple[int, int] = SIZE,
) -> list[Path]:
    """Write ``speed-of-learning.png`` and ``.svg`` of a run; return their paths.

    ``InputError`` if they cannot be written.
    """
    _application()
    card = _card(theme)
    card.set_experiment(experiment)
    card.show_snapshot(snapshot)
    card.texts.at_once()
    card.plot.resize(size[0] - 2 * MARGIN, size[1] - HEADER - MARGIN)
    card.plot.grab()  # lays it out: it is never shown
    paths = [folder / f"{NAME}.png", folder / f"{NAME}.svg"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fault(folder, f"pictures cannot be written there ({error.strerror})") from error
    write_bytes(paths[0], _png(card, experiment, theme, QSize(*size)))
    write_bytes(paths[1], _svg(card, experiment, theme, QSize(*size)))
    return paths


@cache
def _application() -> QApplication:
    """The one there is, or one that needs no display; kept until the program ends."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    return QApplication(["nablascope", "-platform", "offscreen"])


@cache
def _card(theme: Theme) -> SpeedOfLearning:
    """Made once: pyqtgraph's views are not to be destroyed while the program runs."""
    card = SpeedOfLearning(theme)
    card.plot.setParent(None)
    for axis in (card.plot.left_axis, card.plot.bottom_axis):
        axis.setCacheMode(QGraphicsItem.CacheMode.NoCache)  # a cache is pixels: no lines in SVG
    return card


def _png(card: SpeedOfLearning, experiment: Experiment, theme: Theme, size: QSize) -> bytes:
    image = QImage(size * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    _paint(QPainter(image), card, experiment, theme, size)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def _svg(card: SpeedOfLearning, experiment: Experiment, theme: Theme, size: QSize) -> bytes:
    drawing = QByteArray()
    buffer = QBuffer(drawing)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setResolution(card.plot.logicalDpiX())  # else text and axes are misplaced
    generator.setTitle("Speed of learning")
    _paint(QPainter(generator), card, experiment, theme, size)
    return bytes(drawing.data())


def _paint(
    painter: QPainter, card: SpeedOfLearning, experiment: Experiment, theme: Theme, size: QSize
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(0, 0, size.width(), size.height())
    painter.fillRect(whole, QColor(theme.panel))
    title = typeface(card, TITLE, bold=True)
    painter.setFont(title)
    painter.setPen(QColor(theme.ink))
    painter.drawText(MARGIN, MARGIN + 18, "Speed of learning")
    after = MARGIN + QFontMetricsF(title).horizontalAdvance("Speed of learning") + 12
    painter.setFont(typeface(card, TEXT))
    painter.setPen(QColor(theme.dim))
    painter.drawText(
        int(after), MARGIN + 18, f"{card.description()} · {experiment.architecture.text}"
    )
    _paint_verdict(painter, card, theme, size.width() - MARGIN)
    scene = card.plot.scene()
    target = QRectF(MARGIN, HEADER, *card.plot.size().toTuple())
    scene.render(painter, target, QRectF(card.plot.viewport().rect()))
    painter.end()


def _paint_verdict(painter: QPainter, card: SpeedOfLearning, theme: Theme, right: float) -> None:
    if not card.chip.text():
        return
    kind = str(card.chip.property("verdict"))
    colour = QColor(getattr(theme, kind, theme.dim))
    font = typeface(card, CAPTION + 1, bold=True)
    width = QFontMetricsF(font).horizontalAdvance(card.chip.text()) + 24
    pill = QRectF(right - width, MARGIN, width, 24)
    painter.save()  # the scene's items take over the brush that they find
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(theme.blend(colour, TINT, theme.panel))
    painter.drawRoundedRect(pill, 12, 12)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, card.chip.text())
    painter.restore()
