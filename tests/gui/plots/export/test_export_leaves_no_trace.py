"""The window after a picture was drawn is as it was before."""

from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.plots.export.export import PAPER, SLIDE, Picture, Style
from gui.plots.export.sitting import Ranged
from gui.plots.panel import PlotsPanel
from gui.theme import LIGHT
from tests.gui.plots.export.conftest import CAPTION, KEYS, MEASURED, SPEED, parsed, state, texts


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


def left_of(words: str, root: ElementTree.Element) -> float:
    """Where a text begins, in the pixels of the picture."""
    for group in root.findall(".//{*}g"):
        for text in group.findall("{*}text"):
            if (text.text or "").strip() == words:
                move = group.get("transform", "")[7:-1].split(",")
                return float(move[4]) + float(text.get("x", "nan"))
    raise AssertionError(words)
