import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from engine.chain.verdict import judge_chain
from engine.faults import InputError
from gui.chain.diagram.diagram import ChainDiagram
from gui.chain.picture import HEADER, HEIGHT, WIDTH, Parts, write_parts
from gui.common.axes_view import AxesView
from gui.common.scale import LinearScale
from gui.theme import DARK, LIGHT, Theme

SMOOTH = Qt.TransformationMode.SmoothTransformation
Make = Callable[..., Parts]
kept: list[AxesView] = []  # views of pyqtgraph are not to be destroyed


@pytest.fixture
def parts(qtbot: QtBot) -> Iterator[Make]:
    def made(chain: ChainSpec | None = None, theme: Theme = LIGHT) -> Parts:
        t = trace(chain or start_chain())
        diagram = ChainDiagram(theme)
        qtbot.addWidget(diagram)
        diagram.show_trace(t)
        plot = AxesView(theme, "plot", LinearScale())
        plot.set_theme(theme)
        plot.set_range((0.0, 1.0), (0.0, 1.0))
        plot.resize(600, 200)
        plot.show()
        kept.append(plot)
        label = QLabel("What is below")
        qtbot.addWidget(label)
        label.resize(600, 40)
        label.show()
        return Parts(t.chain.text, judge_chain(t), diagram, [plot, label], theme)

    yield made
    for plot in kept:
        plot.hide()


def test_a_png_has_two_pixels_for_one(parts: Make, tmp_path: Path) -> None:
    path = tmp_path / "chain.png"
    write_parts(path, parts())
    image = QImage(str(path))
    assert image.width() == 2 * (WIDTH + 40)
    assert image.height() > 2 * (HEADER + HEIGHT + 240)
    assert image.pixelColor(0, 0) == QColor(LIGHT.background)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 800, 3)}
    assert QColor(LIGHT.layer(0, 4)).rgb() in colours
    assert QColor(LIGHT.negative).rgb() in colours


def test_an_svg_is_lines_and_text(parts: Make, tmp_path: Path) -> None:
    path = tmp_path / "chain.SVG"
    write_parts(path, parts())
    source = path.read_text()
    assert "<image" not in source
    words = re.findall(r"<text[^>]*>\s*([^<]*?)\s*</text>", source)
    for text in ("σ", "′", "∂", "0.172", "−0.800", "−0.001152", "4 neurons · sigmoid"):
        assert text in words
    assert "What is below" in words
    assert any(text.startswith("vanishing") for text in words)
    assert "the first layer learns 120× slower than the last" in words


def test_both_show_the_same(parts: Make, tmp_path: Path) -> None:
    made = parts()
    png, svg = tmp_path / "chain.png", tmp_path / "chain.svg"
    write_parts(png, made)
    write_parts(svg, made)
    renderer = QSvgRenderer(str(svg))
    drawn_from_svg = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    drawn_from_svg.fill(QColor("#00ff00"))
    painter = QPainter(drawn_from_svg)
    renderer.render(painter)
    painter.end()
    small = QSize(124, 60)
    one, other = (image.scaled(small, mode=SMOOTH) for image in (QImage(str(png)), drawn_from_svg))
    for x in range(small.width()):
        for y in range(small.height()):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            assert abs(a.lightness() - b.lightness()) < 45, (x, y)


def test_it_is_written_in_the_theme_of_the_window(parts: Make, tmp_path: Path) -> None:
    path = tmp_path / "chain.png"
    write_parts(path, parts(drawn(40), DARK))
    assert QImage(str(path)).pixelColor(0, 0) == QColor(DARK.background)


def test_axes_are_cached_again_afterwards(parts: Make, tmp_path: Path) -> None:
    made = parts()
    plot = made.below[0]
    assert isinstance(plot, AxesView)
    before = plot.left_axis.cacheMode(), plot.cacheMode()
    write_parts(tmp_path / "chain.svg", made)
    assert (plot.left_axis.cacheMode(), plot.cacheMode()) == before


@pytest.mark.parametrize("name", ["chain.gif", "chain", "chain.png/chain.png"])
def test_what_cannot_be_written_is_refused(name: str, parts: Make, tmp_path: Path) -> None:
    (tmp_path / "chain.png").touch()
    with pytest.raises(InputError):
        write_parts(tmp_path / name, parts())
    assert (tmp_path / "chain.png").read_bytes() == b""


def test_the_diagram_on_screen_is_left_as_it_is(parts: Make, tmp_path: Path) -> None:
    made = parts()
    made.diagram.resize(900, 300)
    before = made.diagram.grab().toImage()
    write_parts(tmp_path / "chain.png", made)
    assert made.diagram.grab().toImage() == before
