"""Every plot of the table as a picture: what stands in it, in every kind."""

from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.spec import Experiment
from gui.plots.export.export import PAPER, SLIDE, Picture, Style, caption_of, file_name
from gui.plots.panel import PlotsPanel
from gui.theme import CAPTION as CAPTION_PIXELS
from gui.theme import DARK, LIGHT
from tests.gui.plots.export.conftest import (
    CAPTION,
    EXPERIMENT,
    KEYS,
    SPEED,
    parsed,
    state,
    tell,
    texts,
)

LINES = {"speed_of_learning", "cost_accuracy", "profile", "distributions"}  # without pixels


def images(root: ElementTree.Element) -> int:
    return len(root.findall(".//{*}image"))


def test_every_plot_in_every_kind(window: PlotsPanel) -> None:
    for key in KEYS:
        picture = Picture(window.card(key), CAPTION, Style(SLIDE, LIGHT, 1))
        root = parsed(picture.data("svg"))
        said = texts(root)
        assert CAPTION in said
        assert "Nablascope" in said
        assert not {"‹", "›", "⋯", "whole run"} & set(said), key
        assert images(root) == 0 if key in LINES else images(root) < 8, key
        assert root.findtext("{*}title") == window.docks[key].plot.title
        png = QImage.fromData(picture.data("png"))
        assert (png.width(), png.height()) == (1280, 720)
        assert png.pixelColor(0, 0) == png.pixelColor(1279, 719) == QColor(LIGHT.panel), key
        pdf = picture.data("pdf")
        assert pdf.startswith(b"%PDF")
        assert (b"/Subtype /Image" in pdf) <= (key not in LINES), key


def test_axes_are_text(window: PlotsPanel) -> None:
    for key, words in (
        (SPEED, {"10⁻¹", "10⁻²", "layer 1", "layer 3", "0"}), ("cost_accuracy", {"0", "100"}),
    ):  # fmt: skip
        root = parsed(Picture(window.card(key), CAPTION, Style(SLIDE, LIGHT)).data("svg"))
        assert words <= set(texts(root)), key
        assert any(text.endswith("epochs") for text in texts(root)), key


def test_both_show_the_same(window: PlotsPanel) -> None:
    for key in KEYS:
        picture = Picture(window.card(key), CAPTION, Style(PAPER, LIGHT, 1))
        png = QImage.fromData(picture.data("png"))
        svg = QImage(png.size(), QImage.Format.Format_RGB32)
        painter = QPainter(svg)
        QSvgRenderer(QByteArray(picture.data("svg"))).render(painter)
        painter.end()
        small, smooth = QSize(90, 56), Qt.TransformationMode.SmoothTransformation
        one, other = (lightness(image.scaled(small, mode=smooth)) for image in (png, svg))
        assert np.abs(one - other).max() < 90, key
        assert np.abs(one - other).mean() < 3, key


def lightness(image: QImage) -> np.ndarray:
    rows, columns = range(image.height()), range(image.width())
    return np.array([[image.pixelColor(x, y).lightness() for x in columns] for y in rows], float)


def test_a_long_caption_keeps_the_moment(window: PlotsPanel) -> None:
    long = f"{'784-' * 80}10 · step 1,200 · epoch 3"
    said = texts(parsed(Picture(window.card(SPEED), long, Style(SLIDE)).data("svg")))
    caption = "".join(said[said.index(next(text for text in said if "784-784" in text)) :])
    assert "…" in caption
    assert caption.endswith("10 · step 1,200 · epoch 3")
    font = QFont(window.font())
    font.setPixelSize(CAPTION_PIXELS)
    assert 700 < QFontMetricsF(font).horizontalAdvance(caption) <= SLIDE.room.width() - 28


@pytest.mark.parametrize("sharp", [1, 3])
def test_as_shown_is_the_card_with_a_line_below(window: PlotsPanel, sharp: int) -> None:
    card = window.card(SPEED)
    picture = Picture(card, CAPTION, Style(None, None, sharp))
    image = QImage.fromData(picture.data("png"))
    assert image.size() == picture.pixels
    assert image.width() == sharp * card.picture_size.width()
    assert 15 < image.height() / sharp - card.picture_size.height() < 40
    assert image.pixelColor(0, 0) == QColor(DARK.panel)


def test_a_closed_plot_is_drawn_too(window: PlotsPanel, trainer, qtbot: QtBot) -> None:
    for key in KEYS[1:]:
        window.set_shown(key, False)
    qtbot.wait(50)
    assert [dock.plot.key for dock in window.seen] == [SPEED]
    asked = window.feed.wishes()
    window.attend(KEYS)
    assert asked < window.feed.wishes()
    tell(window, trainer)
    places = state(window)
    for key in KEYS[1:]:
        dock = window.docks[key]
        image = QImage.fromData(Picture(dock.card, CAPTION, Style(SLIDE, LIGHT, 1)).data("png"))
        assert (image.width(), image.height()) == (1280, 720)
        assert lightness(image.scaled(90, 56)).std() > 2
        assert dock.card.parentWidget() is dock.widget()
        assert dock.card.header.parentWidget() is dock.titleBarWidget()
        assert dock.isHidden()
    window.attend(())
    assert window.feed.wishes() == asked
    assert state(window) == places
    window.set_shown("profile", True)
    qtbot.waitUntil(lambda: window.card("profile").isVisible())
    assert window.card("profile").header.isVisible()


def test_the_clipboard_gets_pixels_and_lines(window: PlotsPanel) -> None:
    mime = Picture(window.card(SPEED), CAPTION, Style(SLIDE, LIGHT, 2)).mime()
    assert mime.hasImage()
    assert QImage(mime.imageData()).size() == QSize(2560, 1440)
    root = parsed(mime.data("image/svg+xml").data())
    assert root.get("viewBox") == "0 0 800 450"
    assert "layer 1" in texts(root)


def test_captions_and_names(trainer) -> None:
    assert caption_of(EXPERIMENT, trainer.snapshot()) == CAPTION
    assert caption_of(EXPERIMENT, None) == "2-8-8-8-2"
    deep = Experiment(dense(784, *[30] * 100, 10), EXPERIMENT.training)
    assert caption_of(deep, None) == "784-30*100-10"
    assert file_name("speed_of_learning", "png") == "speed-of-learning.png"
