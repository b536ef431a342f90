"""Every plot of the table as a picture, and the window afterwards as it was before."""

import csv as reader
from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets import DATA_SOURCES
from engine.inspection import Subject
from engine.snapshot import COST, EPOCH, FIRST_MEASURE, STEP, Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.export.export import (
    PAPER,
    SLIDE,
    Picture,
    Style,
    caption_of,
    csv,
    file_name,
    numbers_mime,
)
from gui.plots.export.sitting import Ranged
from gui.plots.panel import PlotsPanel
from gui.plots.table import PLOTS
from gui.theme import CAPTION as CAPTION_PIXELS
from gui.theme import DARK, LIGHT

KEYS = [plot.key for plot in PLOTS]
LINES = {"speed_of_learning", "cost_accuracy", "profile", "distributions"}  # without pixels
SPEED, MEASURED = "speed_of_learning", 0.7  # seconds until a plot that was told rests
DATA = DATA_SOURCES["spirals"](examples=200)
EXPERIMENT = Experiment(dense(2, 8, 8, 8, 2), TrainingSpec(data=DATA, epochs=20))
CAPTION = "2-8-8-8-2 · step 120 · epoch 6"


@pytest.fixture(scope="module")
def trainer():
    trainer = start(EXPERIMENT)
    for _ in range(120):
        trainer.step()
    return trainer


@pytest.fixture
def window(qtbot: QtBot, trainer) -> Iterator[PlotsPanel]:
    """All plots at once, which know all that they wish to know."""
    panel = PlotsPanel(DARK)
    panel.setStyleSheet(style_sheet(DARK, 1.1))
    panel.set_theme(DARK)
    panel.resize(1500, 900)
    panel.set_wide(True)
    panel.show_every()
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    tell(panel, trainer)
    qtbot.wait(round(1000 * MEASURED))
    yield panel
    panel.hide()


def tell(panel: PlotsPanel, trainer) -> Snapshot:
    panel.feed.set_experiment(EXPERIMENT)
    panel.feed.show_snapshot(trainer.snapshot(True))
    snapshot = trainer.snapshot(True, Subject(wishes=panel.feed.wishes(), thorough=True))
    panel.feed.show_snapshot(snapshot)
    return snapshot


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def texts(root: ElementTree.Element) -> list[str]:
    return [(text.text or "").strip() for text in root.findall(".//{*}text")]


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


def test_the_window_is_left_as_it_was(window: PlotsPanel, qtbot: QtBot) -> None:
    card = window.card(SPEED)
    card.plot.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.wait(50)
    for key in ("predictions", "runs"):  # what they have once had room for, they keep
        Picture(window.card(key), CAPTION, Style(SLIDE, None)).data("svg")
    qtbot.wait(round(1000 * MEASURED))
    before, focus = state(window), QApplication.focusWidget()
    shown = window.grab().toImage()
    for style in (Style(), Style(SLIDE, LIGHT), Style(PAPER, None)):
        for key in KEYS:
            Picture(window.card(key), CAPTION, style).data("png")
    assert state(window) == before
    assert window.grab().toImage() == shown
    qtbot.wait(round(1000 * MEASURED))  # what was posted meanwhile has come
    assert state(window) == before
    assert window.grab().toImage() == shown
    assert QApplication.focusWidget() is focus
    assert not any(window.card(key).drawing_for_export for key in KEYS)


def test_ranges_are_those_of_before(window: PlotsPanel, monkeypatch) -> None:
    """They may be others at another width, so they are chosen anew when all is as it was."""
    for key in (SPEED, "cost_accuracy", "heat_map", "profile"):
        card = window.card(key)
        ranged = [w for w in card.findChildren(QWidget) if isinstance(w, Ranged)]
        before = [(w.width(), w.known_range) for w in ranged]
        assert any(known for _, known in before), key
        after: list[object] = []
        for w in ranged:
            told = partial(_note, after, w, w.return_to)
            monkeypatch.setattr(w, "return_to", told)
        Picture(card, CAPTION, Style(SLIDE)).data("svg")
        assert after == before, key


def _note(notes: list[object], widget: Ranged, return_to, known) -> None:
    notes.append((widget.width(), known))
    return_to(known)
    assert widget.known_range == known


def state(window: PlotsPanel) -> list[object]:
    """Of everything that is seen: where it is, and how it is written."""
    found: list[object] = [
        (
            type(widget).__name__, widget.geometry().getRect(), widget.font().pixelSize(),
            widget.palette().color(QPalette.ColorRole.WindowText).name(), widget.styleSheet(),
            widget.focusPolicy(), widget.isEnabled(),
        )
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
    ]  # fmt: skip
    for key in (SPEED, "cost_accuracy"):
        for plot in window.card(key).plots:
            ranges = [round(end, 9) for axis in plot.view.viewRange() for end in axis]
            found.append((ranges, plot.follows))
    return found


def test_a_range_that_the_user_has_chosen_is_kept_and_drawn(window, qtbot) -> None:
    plot = window.card(SPEED).plot
    for _ in range(4):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    chosen = plot.view.viewRange()
    root = parsed(Picture(window.card(SPEED), CAPTION, Style(SLIDE, LIGHT)).data("svg"))
    assert plot.view.viewRange() == chosen
    assert not plot.follows
    assert plot.reset_button.isVisible()
    assert "whole run" not in texts(root)
    for x, y in curve_points(root):
        assert 0 <= x <= SLIDE.room.width()
        assert 40 <= y <= SLIDE.room.height() - 40  # below the header, above the caption


def curve_points(root: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Of the lines in the colours of the layers."""
    colours = {LIGHT.layer(l, 3).name() for l in range(3)}
    count = 0
    for group in root.findall(".//{*}g"):
        if group.get("stroke") in colours and group.get("fill") == "none":
            *_, dx, dy = map(float, group.get("transform", "")[7:-1].split(","))
            for line in group:
                data = (line.get("points") or line.get("d") or "").replace("M", "").replace("L", "")
                for point in data.split():
                    x, y = map(float, point.split(","))
                    count += 1
                    yield x + dx, y + dy
    assert count > 20


def test_controls_go_and_choices_are_said(window: PlotsPanel) -> None:
    card = window.card("waterfall")
    seen = [w for w in card.findChildren(QWidget) if isinstance(w, QAbstractSpinBox)]
    assert any(w.isVisible() for w in seen)
    said = texts(parsed(Picture(card, CAPTION, Style(SLIDE)).data("svg")))
    assert "worst" not in said
    assert any(w.isVisible() for w in seen)
    told = next(text for text in said if text.startswith("Example "))
    assert left_of(told, parsed(Picture(card, CAPTION, Style(SLIDE)).data("svg"))) < 30
    speed = window.card(SPEED)
    root = parsed(Picture(speed, CAPTION, Style()).data("svg"))
    for combo in (speed.measure, speed.source):
        assert combo.currentText() in texts(root)
        arrow = combo.sizeHint().width() - combo.fontMetrics().horizontalAdvance(
            combo.currentText()
        )
        assert arrow > 15  # it is a choice again
    assert speed.maximise_button.isVisible()


def test_a_long_caption_keeps_the_moment(window: PlotsPanel) -> None:
    long = f"{'784-' * 80}10 · step 1,200 · epoch 3"
    said = texts(parsed(Picture(window.card(SPEED), long, Style(SLIDE)).data("svg")))
    caption = "".join(said[said.index(next(text for text in said if "784-784" in text)) :])
    assert "…" in caption
    assert caption.endswith("10 · step 1,200 · epoch 3")
    font = QFont(window.font())
    font.setPixelSize(CAPTION_PIXELS)
    assert 700 < QFontMetricsF(font).horizontalAdvance(caption) <= SLIDE.room.width() - 28


def left_of(words: str, root: ElementTree.Element) -> float:
    """Where a text begins, in the pixels of the picture."""
    for group in root.findall(".//{*}g"):
        for text in group.findall("{*}text"):
            if (text.text or "").strip() == words:
                move = group.get("transform", "")[7:-1].split(",")
                return float(move[4]) + float(text.get("x", "nan"))
    raise AssertionError(words)


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


# -- numbers -----------------------------------------------------------------------------------


def rows_of(data: bytes) -> tuple[list[str], list[list[str]]]:
    header, *rows = reader.reader(data.decode().splitlines())
    return header, rows


def column(data: bytes, name: str) -> np.ndarray:
    header, rows = rows_of(data)
    return np.array([float(row[header.index(name)]) for row in rows])


def test_the_numbers_of_the_speeds_are_the_engines(window: PlotsPanel, trainer) -> None:
    history = trainer.snapshot().history
    data = csv(window.card(SPEED))
    assert column(data, "step").tobytes() == history[:, STEP].tobytes()
    assert column(data, "epoch").tobytes() == history[:, EPOCH].tobytes()
    header, rows = rows_of(data)
    drawn = np.array([[float(cell) for cell in row[-3:]] for row in rows])
    speeds = np.ascontiguousarray(history[:, FIRST_MEASURE : FIRST_MEASURE + 3])
    assert drawn.tobytes() == speeds.tobytes()
    assert [name.rpartition("_")[2] for name in header[-3:]] == ["1", "2", "3"]


def test_the_numbers_of_the_costs_are_the_engines(window: PlotsPanel, trainer) -> None:
    snapshot = trainer.snapshot()
    header, rows = rows_of(csv(window.card("cost_accuracy")))
    numbers = {cell for row in rows for cell in row}
    costs = [*snapshot.history[:, COST].tolist(), *snapshot.score("cost_train").tolist()]
    shares = snapshot.score("accuracy_train").tolist()
    for value in [*costs, *shares]:
        assert np.isnan(value) or repr(value) in numbers
    assert "step" in header


def test_the_clipboard_gets_the_same_numbers(window: PlotsPanel) -> None:
    for key in KEYS:
        card = window.card(key)
        mime = numbers_mime(card)
        assert bytes(mime.data("text/csv").data()) == csv(card)
        by_tabs = list(reader.reader(mime.text().splitlines(), delimiter="\t"))
        header, rows = rows_of(csv(card))
        assert by_tabs == [header, *rows], key
        assert all(len(row) == len(header) for row in rows), key


def test_captions_and_names(trainer) -> None:
    assert caption_of(EXPERIMENT, trainer.snapshot()) == CAPTION
    assert caption_of(EXPERIMENT, None) == "2-8-8-8-2"
    deep = Experiment(dense(784, *[30] * 100, 10), EXPERIMENT.training)
    assert caption_of(deep, None) == "784-30*100-10"
    assert file_name("speed_of_learning", "png") == "speed-of-learning.png"
