"""The bars of the profile, the factors between them, and what has no bar."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter

from gui.common.style import style_sheet
from gui.plots.parts.marks import in_words
from gui.theme import DARK, LIGHT
from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.profile.conftest import heights


def test_a_bar_for_every_hidden_layer_ends_at_its_size(card, show):
    show(0.001, 0.01, 0.1, 1.0)
    assert heights(card) == pytest.approx([-3, -2, -1], abs=0.03)  # a pixel
    assert card.picture.values == ["1.0·10⁻³", "0.0100", "0.100"] or card.picture.values == [
        "0.00100", "0.0100", "0.100",
    ]  # fmt: skip
    image = card.picture.grab().toImage()
    for k in range(3):
        at = card.picture.bar(k).bottomLeft().toPoint() + QPoint(3, -3)
        assert image.pixelColor(at).rgb() == LIGHT.layer(k, 3).rgb()


def test_factors_stand_between_the_bars(card, show):
    show(0.01, 0.05, 0.147, 1.0)
    assert list(card.picture.factors) == ["×5.0", "×2.9"]
    assert card.picture.shows_factors


def test_without_hidden_layers_the_output_is_shown(card, show):
    show(0.01)
    assert heights(card) == pytest.approx([-2], abs=0.02)
    assert card.picture.accessibleDescription() == "output 0.0100"
    assert not card.picture.shows_factors


def test_a_hundred_layers(card, show):
    show(*np.logspace(-80, -1, 100), 1.0)
    bars = [card.picture.bar(k) for k in range(100)]
    assert all(bar.width() >= 2 for bar in bars)
    assert all(a.right() <= b.left() for a, b in itertools.pairwise(bars))
    assert not card.picture.shows_factors
    assert card.picture.values == ()
    assert "each layer back learns 6.3× slower" in card.words.text()


def test_of_a_thousand_layers_a_hundred_have_a_bar_and_all_are_in_the_fit(card, show):
    sizes = np.logspace(-250, -1, 999)
    show(*sizes, 1.0)
    assert card.words.text().endswith("100 of 999 layers drawn")
    assert card.picture.fit.count == 999
    assert len(card.table().rows) == 999


@pytest.mark.parametrize(
    ("sizes", "odd"),
    [
        ((0.0, 0.1, 1.0), (1, 0, 0)),
        ((0.0, np.inf, 0.1, 0.2, 1.0), (1, 1, 0)),
        ((np.nan, 0.1, 0.2, 1.0), (0, 0, 1)),
        ((0.0, 0.0, 0.0, 1.0), (3, 0, 0)),
    ],
)
def test_what_has_no_place_stands_at_the_edge_and_is_counted(card, show, sizes, odd):
    show(*sizes)
    assert f"{in_words(*odd)} of {len(sizes) - 1} layers" in card.words.text()
    picture, image = card.picture, card.picture.grab().toImage()
    rect = picture.rect_of_plane
    for k, size in enumerate(sizes[:-1]):
        if np.isfinite(size) and size > 0:
            continue
        x = round(picture.across(k))
        middle = rect.top() + 4 if size == np.inf else rect.bottom() - 4
        colour = LIGHT.layer(k, len(sizes) - 1).rgb()
        near = [
            image.pixelColor(x + d, round(middle) + e).rgb() for d in (-1, 0, 1) for e in (-1, 0, 1)
        ]
        assert colour in near


def test_zeros_infinities_and_no_numbers_in_every_place_are_drawn(card, show):
    odd = (0.0, np.inf, np.nan, 1e-320, 1e300)
    for first in odd:
        for last in odd:
            for middle in odd:
                show(first, middle, last, 1.0)
                card.grab()
                card.table()


def test_the_range_holds_while_the_sizes_move_a_little(card, experiment, snapshot):
    card.set_experiment(experiment(784, 30, 30, 10))
    ranges = set()
    for k in range(40):
        card.show_snapshot(snapshot(EPOCHS, speeds(0.01 * 1.02**k, 0.1, 1.0)))
        card.pictures.at_once()
        ranges.add(card.picture.y_axis.range)
    assert len(ranges) <= 2


@pytest.mark.parametrize("size", [(300, 160), (470, 210), (1280, 700)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("layers", [1, 2, 4, 11, 101])
def test_texts_keep_clear_of_each_other_and_of_the_edge(card, show, size, scale, layers):
    card.setStyleSheet(style_sheet(DARK, scale))
    card.set_theme(DARK)
    card.resize(*size)
    show(*np.logspace(-7, -1, layers))
    card.grab()
    picture = card.picture
    rect, wide = picture.rect_of_plane, picture.metrics.horizontalAdvance
    assert rect.height() > 0.8 * picture.metrics.height()
    assert rect.left() >= wide("layer") or layers <= 2
    if picture.shows_factors:
        names = [picture.layers.text(k) for k in range(layers - 1)]
        ends = [(picture.across(k), wide(name)) for k, name in enumerate(names)]
        ends += [(picture.across(k + 0.5), wide(f)) for k, f in enumerate(picture.factors)]
        spans = sorted((x - w / 2, x + w / 2) for x, w in ends)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))
    assert all(wide(text) < picture.slot for text in picture.values)


def test_a_picture_for_export_is_painted_without_kept_pixels(card, show):
    show(0.01, 0.05, 0.2, 1.0)
    card.grab()
    plain = card.picture.grab().toImage()
    card.picture._ground.fill(Qt.GlobalColor.red)
    card.drawing_for_export = True
    image = QImage(card.picture.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    card.picture.render(painter, QPoint())
    painter.end()
    assert image == plain.convertToFormat(QImage.Format.Format_RGB32)


def test_before_the_first_step_nothing_is_drawn(card, show, snapshot):
    show(np.nan, np.nan, 1.0)
    lacking = card.picture.grab().toImage()
    assert "?" in card.picture.values
    card.show_snapshot(snapshot(np.empty(0), speeds(0.0, 0.0, 0.0, rows=0)))
    card.pictures.at_once()
    card.texts.at_once()
    assert not card.picture.values
    assert not card.picture.factors
    assert card.picture.grab().toImage() != lacking
    show(0.01, 0.1, 1.0)
    assert len(card.picture.values) == 2
