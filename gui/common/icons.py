"""Our own icons: small SVG drawings in one colour, which is chosen where they are used."""

from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 48, 64, 96)  # pixels; Qt takes the nearest that is not smaller


def icon(name: str, colour: str | QColor, disabled: str | QColor | None = None) -> QIcon:
    """The drawing ``resources/icons/<name>.svg`` in ``colour``; ``KeyError`` if there is none."""
    drawn = QIcon()
    for size in SIZES:
        drawn.addPixmap(pixmap(name, colour, size))
        if disabled is not None:
            drawn.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return drawn


def pixmap(name: str, colour: str | QColor, size: int) -> QPixmap:
    """The drawing as a square of ``size`` pixels."""
    text = _drawing(name).replace("currentColor", QColor(colour).name())
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _drawing(name: str) -> str:
    file = files("resources").joinpath("icons", f"{name}.svg")
    if not file.is_file():
        raise KeyError(name)
    return file.read_text(encoding="utf-8")
