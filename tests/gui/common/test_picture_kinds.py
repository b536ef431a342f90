"""One painting as PNG, SVG and PDF."""

import re
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QLineF, QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from engine.faults import InputError
from gui.common.picture import drawn, uncached, write
from gui.common.plane import Plane
from gui.theme import LIGHT

SIZE = QSize(80, 40)
RED, BLUE = QColor("#cc0000"), QColor("#0000cc")


def paint(painter: QPainter) -> None:
    painter.fillRect(QRectF(0, 0, 80, 40), QColor("white"))
    painter.fillRect(QRectF(40, 0, 40, 40), RED)
    painter.setPen(QPen(BLUE, 2))
    painter.drawLine(QLineF(0, 20, 80, 20))
    painter.drawText(QPointF(4, 12), "δ & <b>")


@pytest.mark.parametrize("sharp", [1, 2, 3, 4])
@pytest.mark.parametrize("enlarged", [1.0, 1.6, 4 / 3])
def test_a_png_of_any_scale(qapp, sharp: int, enlarged: float) -> None:
    image = QImage.fromData(drawn("png", SIZE, "plot", paint, enlarged, sharp))
    ratio = sharp * enlarged
    assert (image.width(), image.height()) == (round(80 * ratio), round(40 * ratio))
    assert image.pixelColor(int(60 * ratio), int(5 * ratio)) == RED
    assert image.pixelColor(int(60 * ratio), int(20 * ratio)) == BLUE


def test_a_png_says_what_it_is_and_nothing_else(qapp) -> None:
    image = QImage.fromData(drawn("png", SIZE, "Speed of learning", paint))
    assert {key: image.text(key) for key in image.textKeys()} == {
        "Title": "Speed of learning", "Software": "Nablascope",
    }  # fmt: skip
    assert drawn("png", SIZE, "a", paint) == drawn("png", SIZE, "a", paint)


def test_an_svg_holds_lines_and_text(qapp) -> None:
    root = ElementTree.fromstring(drawn("svg", SIZE, "a < b & c", paint, 1.6))
    assert root.findtext("{*}title") == "a < b & c"
    assert root.get("viewBox") == "0 0 80 40"
    inches = 128 / QGuiApplication.primaryScreen().logicalDotsPerInch()
    assert float(root.get("width", "").removesuffix("mm")) == pytest.approx(25.4 * inches, 1e-4)
    assert "".join(text.text or "" for text in root.findall(".//{*}text")) == "δ & <b>"
    families = {text.get("font-family", "") for text in root.findall(".//{*}text")}
    assert all(family.endswith(", sans-serif") for family in families)
    assert not [e for e in root.iter() if e.get("vector-effect") == "non-scaling-stroke"]
    assert not [g for g in root.findall(".//{*}g") if not len(g)]


def test_an_svg_shows_what_a_png_shows(qapp) -> None:
    image = QImage(160, 80, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawn("svg", SIZE, "", paint))).render(painter)
    painter.end()
    assert image.pixelColor(120, 10) == RED
    assert image.pixelColor(120, 40) == BLUE
    assert image.pixelColor(40, 70) == QColor("white")


@pytest.mark.parametrize("enlarged", [1.0, 1.6, 4 / 3])
def test_a_pdf_is_one_page_of_its_size(qapp, enlarged: float) -> None:
    data = drawn("pdf", SIZE, "plot", paint, enlarged)
    assert data.startswith(b"%PDF")
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    points = 72 / QGuiApplication.primaryScreen().logicalDotsPerInch()
    assert len(found) == 1
    expected = [80 * enlarged * points, 40 * enlarged * points]
    assert [float(value) for value in found[0]] == pytest.approx(expected, abs=0.01)
    scale = enlarged * points
    assert first_matrix(data) == pytest.approx([scale, 0, 0, -scale, 0, expected[1]], abs=0.01)
    assert b"/Subtype /Image" not in data
    assert b"/FontFile2" in data


def first_matrix(pdf: bytes) -> list[float]:
    """From the painter to the page."""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        with suppress(zlib.error):
            if found := re.search(rb"([-.\d ]+) cm", zlib.decompress(stream)):
                return [float(value) for value in found[1].split()]
    raise AssertionError("the page has no matrix")


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_name_says_the_kind(qapp, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"picture.{kind.upper()}"
    write(path, SIZE, "plot", paint)
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    assert path.read_bytes().startswith(begins[kind])


def test_another_name_is_refused(qapp, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"picture.gif: .*\.png, \.svg or \.pdf"):
        write(tmp_path / "picture.gif", SIZE, "plot", paint)
    assert not list(tmp_path.iterdir())


class Ground(Plane):
    def paint_ground(self, painter: QPainter) -> None:
        painter.drawText(QPointF(20, 20), "ground")


def test_without_caches_a_plane_is_lines_and_text(qtbot: QtBot) -> None:
    plane = Ground(LIGHT, "plane")
    qtbot.addWidget(plane)
    plane.resize(80, 40)
    plane.grab()

    def rendered(painter: QPainter) -> None:
        plane.render(painter, QPoint())

    with uncached(plane):
        assert b"ground</text>" in drawn("svg", SIZE, "", rendered)
    assert b"ground</text>" not in drawn("svg", SIZE, "", rendered)


COPY = """
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from gui.common.clipboard import empty_mime
app = QApplication([])
mime = empty_mime()
assert not mime.formats()
mime.setText("1\t2")
mime.setData("text/csv", b"1,2")
mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
app.clipboard().setMimeData(mime)
print(*app.clipboard().mimeData().formats())
"""


def test_what_is_on_the_clipboard_does_no_harm_at_exit() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COPY], capture_output=True, text=True, timeout=60,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert {"text/plain", "text/csv", "application/x-qt-image"} <= set(done.stdout.split())
