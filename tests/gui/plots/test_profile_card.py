import itertools
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter

from engine.inspection import Inspection, Subject
from engine.readings.predicted_factors import PredictedFactors
from gui.common.style import style_sheet
from gui.plots.curves.marks import in_words
from gui.plots.profile.profile import WISH, Profile
from gui.theme import DARK, LIGHT

EPOCHS = np.linspace(0, 30, 301)


def speeds(*levels: float, rows: int = 301) -> np.ndarray:
    return np.tile(np.array(levels, float), (rows, 1))


@pytest.fixture
def card(qtbot) -> Profile:
    card = Profile(LIGHT)
    qtbot.addWidget(card)
    card.setStyleSheet(style_sheet(LIGHT))
    card.resize(470, 210)
    card.show()
    card.set_theme(LIGHT)
    return card


@pytest.fixture
def show(card, experiment, snapshot):
    """Speeds of all layers, the output last."""

    def of(*levels: float, **measures: float) -> None:
        card.set_experiment(experiment(784, *[30] * (len(levels) - 1), 10))
        card.show_snapshot(snapshot(EPOCHS, speeds(*levels), **measures))
        card.pictures.at_once()
        card.texts.at_once()

    return of


def with_prediction(snap, *factors: float):
    answer = PredictedFactors(np.array(factors), 0.1, 100)
    nothing = np.empty(0)
    looked = Inspection(
        Subject(), 1, nothing, None, (), (), (), (), (), (), (), answers={WISH: answer}
    )
    return replace(snap, inspection=looked)


def heights(card: Profile) -> list[float]:
    """log10 of where the bars end, read back from their rectangles."""
    picture = card.picture
    (low, high), rect = picture.y_axis.range, picture.rect_of_plane
    tops = [picture.bar(k).top() for k in range(len(picture.layers.which))]
    return [high - (top - rect.top()) / rect.height() * (high - low) for top in tops]


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


def test_the_fitted_factor_in_words_and_as_a_line(card, show):
    show(*(1e-6 * 4.1 ** np.arange(6)), 1.0)
    assert "each layer back learns 4.1× slower" in card.words.text()
    assert "R² 1.00" in card.words.text()
    assert card.picture.fit.factor == pytest.approx(4.1)
    assert "× 4.1 from a layer to the next, standard error ×/÷ 1" in card.picture.toolTip()
    show(*(1e-1 / 3 ** np.arange(6)), 1.0)
    assert "each layer back learns 3.0× faster" in card.words.text()
    show(0.1, 0.1, 0.1, 1.0)
    assert "no trend from layer to layer" in card.words.text()


def test_other_norms_are_smaller_not_slower(card, show):
    show(1.0, 1.0, 1.0, 1.0, delta_rms=np.array([0.01, 0.02, 0.04, 0.5]))
    card.measure.set_key("delta_rms")
    assert "each layer back is 2.0× smaller" in card.words.text()
    assert heights(card) == pytest.approx(np.log10([0.01, 0.02, 0.04]), abs=0.02)


def test_the_verdict_and_its_thresholds(card, show):
    show(0.01, 0.05, 0.147, 1.0)
    assert card.chip.accessibleName() == "vanishing, 1 : 15"
    assert "within a factor 2" in card.chip.toolTip()
    show(0.14, 0.05, 0.01, 1.0)
    assert card.chip.property("verdict") == "exploding"
    show(0.02, 1.0)
    assert not card.chip.isVisible()


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


def test_no_gradient_at_all_is_said(card, show):
    show(0.0, 0.0, 0.0, 1.0)
    assert card.chip.accessibleName() == "no gradient"
    assert card.picture.fit is None


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


def test_now_is_the_mean_of_the_newest_records(card, experiment, snapshot):
    levels = speeds(0.5, 0.5, 1.0)
    levels[-2:, 0] = 0.001, 0.1  # 301 records: the newest two
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, levels))
    assert card.sizes == pytest.approx([0.01, 0.5])


def test_extremes_do_not_tell_of_other_measures(card, experiment, snapshot):
    cost = np.ones(301)
    cost[-1] = np.nan
    ratio = speeds(0.25, 0.5, 1.0)
    ratio[-1] = np.nan
    card.set_experiment(experiment(784, 30, 30, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(0.1, 0.1, 1.0), cost=cost, update_ratio=ratio))
    card.measure.set_key("update_ratio")
    assert card.sizes == pytest.approx([0.25, 0.5])


def test_theory_asks_for_its_reading_and_draws_it(card, show, experiment, snapshot, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    assert card.wishes() == frozenset()
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.theory, Qt.MouseButton.LeftButton)
    assert card.wishes() == frozenset({WISH})
    assert "theory …" in card.words.text()
    looked = with_prediction(snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0)), 0.1, 0.5, 0.3)
    card.show_snapshot(looked)
    card.texts.at_once()
    assert 10**card.picture.predicted == pytest.approx([0.01, 0.1, 0.2])
    assert "theory 4.5× slower" in card.words.text()
    card.show_snapshot(snapshot(EPOCHS, speeds(0.01, 0.05, 0.4, 1.0)))  # most have no look
    card.texts.at_once()
    assert 10**card.picture.predicted == pytest.approx([0.02, 0.2, 0.4])
    with qtbot.waitSignal(card.wishes_changed):
        card.reset()
    assert card.picture.predicted is None


def test_theory_speaks_of_delta_only(card, show, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    card.theory.setChecked(True)
    with qtbot.waitSignal(card.wishes_changed):
        card.measure.set_key("weight_gradient")
    assert card.wishes() == frozenset()
    assert not card.theory.isEnabled()
    card.measure.set_key("delta_rms")
    assert card.wishes() == frozenset({WISH})


def test_where_theory_is_silent_that_is_said(card, show, snapshot):
    show(0.01, 0.05, 0.2, 1.0)
    card.theory.setChecked(True)
    card.show_snapshot(
        with_prediction(snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0)), *[np.nan] * 3)
    )
    card.texts.at_once()
    assert "no theory for this network" in card.words.text()
    card.grab()


@pytest.mark.parametrize("levels", [(0.01, 0.05, 1.0), (0.01, 0.05, 0.2, 1.0)])
def test_a_prediction_of_the_run_before_is_forgotten(card, show, snapshot, levels):
    card.theory.setChecked(True)
    show(0.01, 0.05, 0.2, 1.0)
    before = snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0))
    card.show_snapshot(with_prediction(before, 0.1, 0.5, 0.3))
    show(*levels)
    assert card.picture.predicted is None
    assert "theory …" in card.words.text()


def test_the_table_has_the_numbers_of_the_engine(card, show, snapshot):
    show(0.01, 0.05, 0.2, 1.0)
    table = card.table()
    assert table.columns == ("layer", "bias_gradient", "factor_to_next", "fitted")
    assert [row[0] for row in table.rows] == ["layer 1", "layer 2", "layer 3"]
    assert [row[1] for row in table.rows] == card.sizes.tolist()
    assert [row[2] for row in table.rows[:2]] == [
        card.sizes[1] / card.sizes[0],
        card.sizes[2] / card.sizes[1],
    ]
    assert np.isnan(table.rows[2][2])
    card.theory.setChecked(True)
    card.show_snapshot(
        with_prediction(snapshot(EPOCHS, speeds(0.01, 0.05, 0.2, 1.0)), 0.1, 0.5, 0.3)
    )
    assert [row[4] for row in card.table().rows] == pytest.approx([0.01, 0.1, 0.2])


def test_a_table_before_anything_is_known(card, experiment):
    assert len(card.table().rows) == 1
    card.set_experiment(experiment(784, 30, 30, 10))
    assert [np.isnan(row[1]) for row in card.table().rows] == [True, True]


def test_a_layer_that_is_pointed_at_is_told(card, show, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    at = card.picture.bar(1).center().toPoint()
    qtbot.mouseMove(card.picture, at)
    qtbot.waitUntil(lambda: card.picture.pointed == (1, 0))
    assert card.words.text() == "layer 2: ‖δ‖ 0.0500, × 4.00 = layer 3"
    card.texts.at_once()
    assert card.words.text().startswith("layer 2")
    qtbot.mouseMove(card.picture, QPoint(1, 1))
    qtbot.waitUntil(lambda: card.picture.pointed is None)
    assert "slower" in card.words.text()


def test_the_keys_go_from_layer_to_layer(card, show, qtbot):
    show(0.01, 0.05, 0.2, 1.0)
    card.picture.setFocus()
    keys = Qt.Key
    for key, place in (
        (keys.Key_Right, 0), (keys.Key_Right, 1), (keys.Key_Right, 2), (keys.Key_Right, 2),
        (keys.Key_Left, 1), (keys.Key_Up, 2),
    ):  # fmt: skip
        qtbot.keyClick(card.picture, key)
        assert card.picture.pointed == (place, 0)
    qtbot.keyClick(card.picture, keys.Key_Escape)
    assert card.picture.pointed is None


def test_a_place_of_the_last_network_is_forgotten(card, show, qtbot):
    show(*np.logspace(-5, -1, 6), 1.0)
    card.picture.point((5, 0))
    show(0.01, 0.05, 1.0)
    card.grab()
    assert card.picture.pointed is None


def test_a_snapshot_of_another_network_is_left_out(card, show, snapshot):
    show(0.01, 0.05, 0.2, 1.0)
    card.show_snapshot(snapshot(EPOCHS, speeds(0.1, 0.1)))
    assert len(card.sizes) == 3


def test_reset_goes_back_to_the_first_norm(card, show):
    show(0.01, 0.05, 0.2, 1.0)
    card.measure.set_key("update_ratio")
    card.reset()
    assert card.measure.key == "bias_gradient"


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
