import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QProgressBar,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.common.style import VERDICTS, colour_tokens, style_sheet
from gui.theme import LEGIBLE, THEMES, Theme, contrast

each_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
PAIRS = [
    *((ink, ground) for ink in ("ink", "dim") for ground in ("panel", "background")),
    *(("ink", ground) for ground in ("soft", "line", "accent_soft", "exploding_soft")),
    *((verdict, f"{verdict}_soft") for verdict in VERDICTS),
    ("dim_on_soft", "soft"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("accent", "panel"), ("accent_hover", "panel"), ("exploding", "panel"),
]  # fmt: skip


@each_theme
@pytest.mark.parametrize("scale", [1.0, 1.7])
def test_no_token_is_left(theme: Theme, scale: float):
    assert "@" not in style_sheet(theme, scale)


@each_theme
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(theme: Theme, text: str, ground: str):
    tokens = colour_tokens(theme)
    assert contrast(QColor(tokens[text]), QColor(tokens[ground])) >= LEGIBLE


@each_theme
def test_the_pairs_that_the_sheet_makes(theme: Theme):
    """Where a rule sets both the colour and the ground, they are of the pairs above."""
    tokens = colour_tokens(theme)
    for rule in re.findall(r"\{[^}]*\}", style_sheet(theme)):
        text, ground = (
            re.search(rf"[ ;{{]{name}: (#\w+);", rule) for name in ("color", "background")
        )
        if text and ground and text[1] != tokens["disabled"]:
            assert contrast(QColor(text[1]), QColor(ground[1])) >= LEGIBLE, rule


def test_sizes_follow_the_scale():
    theme = THEMES["light"]
    assert "font-size: 13px" in style_sheet(theme)
    assert "font-size: 26px" in style_sheet(theme, 2.0)


def test_an_unknown_token_is_an_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gui.common.style._template", lambda: "QWidget { color: @nothing; }")
    with pytest.raises(KeyError, match="nothing"):
        style_sheet(THEMES["light"])


@each_theme
def test_a_cards_title_has_no_frame_of_its_own(shown, theme: Theme):
    host = QWidget()
    host.setStyleSheet(style_sheet(theme))
    card, title = QFrame(), QLabel("title")
    for widget in (card, title):
        widget.setProperty("role", "card")
    QVBoxLayout(card).addWidget(title)
    QVBoxLayout(host).addWidget(card)
    shown(host)
    line, picture, place = QColor(theme.line).rgb(), host.grab().toImage(), card.geometry()
    assert picture.pixel(place.center().x(), place.top()) == line
    inside = title.rect().translated(title.mapTo(host, title.rect().topLeft()))
    assert picture.pixel(inside.center().x(), inside.top()) != line
    assert picture.pixel(inside.left(), inside.center().y()) != line


def round_widgets() -> dict[str, QWidget]:
    button, play, chip, bar = QToolButton(), QToolButton(), QLabel("1 : 15"), QProgressBar()
    button.setProperty("role", "round")
    play.setProperty("role", "round")
    play.setObjectName("play")
    chip.setProperty("role", "chip")
    bar.setTextVisible(False)
    bar.setValue(100)
    return {"button": button, "play": play, "chip": chip, "progress": bar}


def is_round(host: QWidget, place: QRect) -> bool:
    """Whether no corner has the colour of the edge."""
    picture = host.grab(place).toImage()
    xs, ys = (0, picture.width() - 1), (0, picture.height() - 1)
    edge = {picture.pixel(x, picture.height() // 2) for x in xs}
    return edge.isdisjoint(picture.pixel(x, y) for x in xs for y in ys)


@pytest.mark.parametrize("steps", range(-3, 12))
def test_what_is_round_stays_round_at_every_scale(shown, steps: int):
    """Qt draws a corner square if two radii are longer than the side."""
    host, slider = QWidget(), QSlider(Qt.Orientation.Horizontal)
    host.setStyleSheet(style_sheet(THEMES["light"], 1.1**steps) + "#host { background: #012345; }")
    host.setObjectName("host")
    column, widgets = QVBoxLayout(host), round_widgets()
    for widget in (slider, *widgets.values()):
        column.addWidget(widget)
    shown(host)
    slider.setValue(50)
    for focused in (host, widgets["button"], widgets["play"]):
        focused.setFocus()
        for name, widget in widgets.items():
            assert is_round(host, widget.geometry()), name
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    assert is_round(host, handle.translated(slider.pos()))
