"""Where the gradient dies: what is drawn and said of known readings."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.architecture import ArchitectureSpec, SkipSpec, dense
from engine.datasets.dataset import DataSet, Split
from engine.inspection import Subject
from engine.readings.waterfall import WaterfallReading, WaterfallWish, WorstWish
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import Trainer, start
from gui.common.style import style_sheet
from gui.plots.waterfall.waterfall import COMMON, Waterfall
from gui.plots.waterfall.waterfall_steps import PRIME, REST, WEIGHTS, steps
from gui.theme import DARK, LIGHT


def data(inputs: int, classes: int) -> DataSet:
    rng = np.random.default_rng(0)

    def split(n: int) -> Split:
        return Split(rng.standard_normal((n, inputs)), rng.integers(0, classes, n))

    names = tuple(str(k) for k in range(classes))
    return DataSet("noise", split(40), split(5), split(5), names)


def trainer(spec: ArchitectureSpec, **training: object) -> Trainer:
    return start(Experiment(spec, TrainingSpec(**training)), data(spec.inputs, spec.sizes[-1]))


def look(run: Trainer, card: Waterfall) -> Snapshot:
    return run.snapshot(subject=Subject(wishes=card.wishes(), thorough=True))


def reading_of(spec: ArchitectureSpec, **training: object) -> WaterfallReading:
    wish = WaterfallWish(0)
    seen = trainer(spec, **training).inspect(Subject(wishes=frozenset({wish}))).answer(wish)
    assert seen is not None
    return seen


def shown(card: Waterfall, reading: WaterfallReading) -> None:
    """As if the engine had answered so."""
    spec = dense(3, *(len(d) for d in reading.delta))
    run = trainer(spec)
    snapshot = look(run, card)
    answers = {WaterfallWish(card.example): reading}
    card.show_snapshot(replace(snapshot, inspection=replace(snapshot.inspection, answers=answers)))
    card.texts.at_once()


@pytest.fixture
def card(qtbot: QtBot) -> Waterfall:
    card = Waterfall(LIGHT)
    qtbot.addWidget(card)
    card.resize(470, 220)
    card.show()
    return card


def test_it_asks_for_its_example_only(card):
    assert card.wishes() == {WaterfallWish(0)}
    assert card.picture.is_empty
    card.grab()


def test_the_bars_lead_from_the_output_to_layer_1(card):
    run = trainer(dense(4, 6, 5, 3))
    card.set_experiment(Experiment(run.architecture, run.training))
    snapshot = look(run, card)
    card.show_snapshot(snapshot)
    reading = snapshot.inspection.answer(WaterfallWish(0))
    found = card.picture.frame.steps
    assert [step.layer for step in found] == [2, 1, 0]
    assert [step.level for step in found] == reading.length[::-1].tolist()
    assert [bar.kind for bar in found[1].bars] == [WEIGHTS, PRIME]
    for step in found[1:]:
        weights, prime = step.bars
        assert weights.change == pytest.approx(reading.weights[step.layer])
        assert prime.change == pytest.approx(reading.prime[step.layer])
        assert prime.end == pytest.approx(step.level)
        assert prime.limit == pytest.approx(prime.start + np.log10(0.25))
    card.grab()


def test_the_bars_are_where_the_levels_are(card):
    """Solid blue between the pixels of its two ends, and nothing of it above or below."""
    shown(card, reading_of(dense(4, 6, 5, 3)))
    frame = card.picture.frame
    image = card.picture.grab().toImage()
    bar = frame.steps[1].bars[1]
    x = round(frame.places[1][0] + 1.5 * frame.bar_width)
    top, bottom = frame.down(bar.start), frame.down(bar.end)
    blue = QColor(LIGHT.vanishing)
    rows = [y for y in range(image.height()) if image.pixelColor(x, y) == blue]
    assert min(rows) == pytest.approx(top, abs=2)
    assert max(rows) == pytest.approx(bottom, abs=4)  # its bound lies across


def test_the_quadratic_cost_begins_with_its_slope():
    reading = reading_of(dense(4, 6, 3), cost="quadratic")
    found = steps(reading, 100)
    assert [step.layer for step in found] == [None, 1, 0]
    assert found[0].level == reading.slope
    (bar,) = found[1].bars
    assert (bar.kind, bar.start, bar.end) == (PRIME, reading.slope, reading.length[-1])


def test_skips_have_a_bar_of_their_own():
    spec = replace(dense(4, 5, 5, 5, 3), skips=(SkipSpec("h1", "h3"),))
    reading = reading_of(spec)
    assert [bar.kind for bar in steps(reading, 100)[-1].bars] == [WEIGHTS, PRIME, REST]
    assert steps(reading, 100)[-1].bars[-1].change == pytest.approx(reading.rest[0])


@pytest.mark.parametrize("most", [1, 2, 7, 33, 99, 100, 1000])
def test_merged_steps_still_add_up(most):
    reading = reading_of(dense(3, *[4] * 99, 2))
    found = steps(reading, most)
    assert len(found) <= most + 1
    assert found[-1].layer == 0
    for before, step in pairwise(found):
        assert step.bars[0].start == before.level
        assert step.bars[-1].end == pytest.approx(step.level)
    total = sum(bar.change for step in found for bar in step.bars if bar.kind == PRIME)
    assert total == pytest.approx(reading.shares[0])


def test_the_sentence_names_both_factors(card):
    length = np.array([-1.9, -1.0, 0.0])
    reading = replace(
        reading_of(dense(3, 4, 4, 2)), length=length, weights=np.array([0.7, 0.5, np.nan]),
        prime=np.array([-1.6, -1.5, 0.0]), rest=np.zeros(3),
    )  # fmt: skip
    card.resize(900, 300)
    shown(card, reading)
    assert card.sentence.shown == (
        "From the output to layer 1 δ shrinks by 10^{−1.9}: Σ′ takes 10^{−3.1},"
        " the weights give back 10^{1.2}."
    )
    assert card.chip.text() == "vanishing, 1 : 7.9"
    assert "factor" in card.title.toolTip()
    assert "shrinks by 10 to the power −1.9" in card.picture.accessibleDescription()


def test_growing_is_said_too(card):
    reading = replace(
        reading_of(dense(3, 4, 4, 2)), length=np.array([2.0, 1.0, 0.0]),
        weights=np.array([1.5, 1.5, np.nan]), prime=np.array([-0.5, -0.5, 0.0]),
    )  # fmt: skip
    card.resize(900, 300)
    shown(card, reading)
    assert "δ grows by 10^{2.0}: Σ′ takes 10^{−1.0}, the weights give back" in card.sentence.shown
    assert card.chip.property("verdict") == "exploding"


def test_a_zero_is_drawn_at_the_edge_and_said(card):
    run = trainer(dense(3, 4, 4, 4, 2))
    run.network.parameters.b[1][...] = -1e5
    card.resize(900, 300)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.zeros == (0, 1)
    assert card.sentence.shown.startswith("δ is exactly 0 from layer 2 down")
    frame = card.picture.frame
    assert frame.down(-np.inf) > frame.rect.bottom() - 4
    assert np.isfinite(frame.levels).all()
    image = card.picture.grab().toImage()
    colour = LIGHT.layer(1, 3)
    left, right = frame.places[2]
    edge = [
        (x, y)
        for x in range(round(left), round(right))
        for y in range(round(frame.rect.bottom()) - 8, round(frame.rect.bottom()))
        if image.pixelColor(x, y).rgb() == colour.rgb()
    ]
    assert edge
    assert card.chip.text() == "vanishing, layer 1: 0"


def test_a_layer_that_is_led_around_is_told(card):
    run = trainer(replace(dense(3, 4, 4, 4, 2), skips=(SkipSpec("h1", "h3"),)))
    run.network.parameters.b[1][...] = -1e5
    card.resize(900, 300)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.zeros == (1,)
    assert card.sentence.shown.startswith("δ is exactly 0 in 1 of 3 hidden layers")
    assert np.isposinf(card.reading.rest[0]) or np.isnan(card.reading.rest[0])
    card.grab()


def test_underflow_of_the_run_is_told(card):
    run = trainer(dense(3, *[3] * 150, 2), precision="float32")
    card.resize(1280, 400)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert any(card.reading.lost)
    assert "precision of the run it is 0 from layer" in card.sentence.shown
    assert card.reading.length[0] < -80


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_never_crash(card, bad):
    reading = reading_of(dense(3, 4, 4, 2))
    for field in ("length", "weights", "prime", "rest", "greatest", "mean_prime"):
        for place in (0, 1, 2):
            array = getattr(reading, field).copy()
            array[place] = bad
            shown(card, replace(reading, **{field: array}))
            card.grab()
    everything = replace(
        reading, length=np.full(3, bad), weights=np.full(3, bad), prime=np.full(3, bad),
        direction=tuple(np.full_like(d, bad) for d in reading.direction),
    )  # fmt: skip
    shown(card, everything)
    for layer in (0, 1, 2):
        card.picture.choose(layer)
        card.grab()


@pytest.mark.parametrize(
    "sizes",
    [
        (3, 2),
        (3, 4, 2),
        (3, *[4] * 4, 2),
        (3, *[3] * 100, 2),
        (3, 1000, 1000, 2),
        (3, *[2] * 999, 2),
    ],
)
@pytest.mark.parametrize(("width", "height"), [(300, 160), (470, 210), (1280, 700)])
def test_every_size_of_network_and_card(card, sizes, width, height):
    card.resize(width, height)
    run = trainer(dense(*sizes))
    card.set_experiment(Experiment(run.architecture, run.training))
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    card.grab()
    frame = card.picture.frame
    assert frame.places[-1][1] <= card.picture.width()
    assert frame.rect.height() > 20
    assert card.sentence.isVisible() == (height > 200)
    assert not card.choice.isHidden()


def test_it_can_be_made_narrow(card):
    assert card.minimumSizeHint().width() <= 300


def test_the_next_example_by_button_and_by_keys(card, qtbot):
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.choice.on, Qt.MouseButton.LeftButton)
    assert card.wishes() == {WaterfallWish(1)}
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.keyClick(card.choice.field, Qt.Key.Key_Up)
    assert card.wishes() == {WaterfallWish(2)}
    qtbot.mouseClick(card.choice.back, Qt.MouseButton.LeftButton)
    assert card.example == 1
    card.choice.field.selectAll()
    qtbot.keyClicks(card.choice.field, "30")
    qtbot.keyClick(card.choice.field, Qt.Key.Key_Return)
    assert card.wishes() == {WaterfallWish(29)}


def test_the_old_example_is_never_shown_as_the_new_one(card):
    run = trainer(dense(4, 6, 5, 3))
    old = look(run, card)
    card.show_snapshot(old)
    card.choice.on.click()
    assert card.reading is None
    card.show_snapshot(old)
    assert card.reading is None
    card.show_snapshot(look(run, card))
    assert card.reading.example == 1


def test_beyond_the_probe_set_is_its_last(card):
    run = trainer(dense(4, 6, 3))
    card.choice.field.setValue(5000)
    card.show_snapshot(look(run, card))
    card.texts.at_once()
    assert card.reading.example == 39
    assert card.choice.example == 39
    card.choice.on.click()
    card.choice.back.click()
    assert card.choice.example == 39


def test_the_worst_example(card, qtbot):
    run = trainer(dense(4, 6, 3))
    with qtbot.waitSignal(card.wishes_changed):
        qtbot.mouseClick(card.worst, Qt.MouseButton.LeftButton)
    assert WorstWish() in card.wishes()
    snapshot = look(run, card)
    worst = snapshot.inspection.answer(WorstWish())
    with qtbot.waitSignal(card.wishes_changed):
        card.show_snapshot(snapshot)
    assert card.wishes() == {WaterfallWish(worst)}
    assert card.choice.example == worst
    costs = []
    for k in range(40):
        wish = WaterfallWish(k)
        costs.append(run.inspect(Subject(wishes=frozenset({wish}))).answer(wish).cost)
    assert worst == int(np.argmax(costs))


def test_a_layer_under_the_mouse_is_told(card, qtbot):
    card.resize(900, 300)
    shown(card, reading_of(dense(4, 6, 5, 3)))
    left, right = card.picture.frame.places[2]
    qtbot.mouseMove(card.picture, QPoint(round((left + right) / 2), 60))
    assert card.picture.chosen == 0
    assert card.sentence.shown.startswith("layer 1: ‖δ‖ 10^{")
    assert "at most 0.25" in card.sentence.shown


def test_layers_by_keys(card, qtbot):
    shown(card, reading_of(dense(4, 6, 5, 3)))
    card.picture.setFocus()
    chosen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Escape):
        qtbot.keyClick(card.picture, key)
        chosen.append(card.picture.chosen)
    assert chosen == [2, 1, 2, None]
    card.grab()


def test_the_strips_are_the_signs_of_delta(card):
    card.resize(900, 400)
    reading = reading_of(dense(4, 6, 5, 3))
    direction = tuple(np.array([1.0, -1.0, 0.0, 1.0, -1.0])[: len(d)] for d in reading.direction)
    reading = replace(reading, direction=direction, greatest=np.array([-3.0, -2.0, -1.0]))
    shown(card, reading)
    picture = card.picture
    image = picture.grab().toImage()
    left, right = picture.frame.places[0]
    y = picture.height() - round(picture.strip_height / 2)
    cell = (right - left) / 3
    colours = [image.pixelColor(round(left + (k + 0.5) * cell), y) for k in range(3)]
    assert colours == [QColor(LIGHT.positive), QColor(LIGHT.negative), QColor(LIGHT.panel)]
    card.scale.set_key(COMMON)
    image = picture.grab().toImage()
    faded = image.pixelColor(round(picture.frame.places[2][0] + 8), y)
    assert faded not in (QColor(LIGHT.positive), QColor(LIGHT.panel))
    assert image.pixelColor(round(left + 0.5 * cell), y) == QColor(LIGHT.positive)


def test_the_table_is_the_reading(card):
    assert card.table().rows == ()
    reading = reading_of(dense(4, 6, 5, 3))
    shown(card, reading)
    table = card.table()
    assert len(table.rows) == 14
    assert table.columns[0] == "layer"
    for row in table.rows:
        l, neuron = row[0] - 1, row[-2] - 1
        assert row[1] == reading.length[l]
        assert row[-1] == reading.delta[l][neuron]
        assert row[3] == reading.prime[l]
    assert table.csv().count("\n") == 15


def test_a_new_run_forgets_and_an_earlier_moment_too(card, qtbot):
    run = trainer(dense(4, 6, 5, 3))
    for _ in range(3):
        run.step()
    card.show_snapshot(look(run, card))
    card.show_snapshot(run.snapshot())
    assert card.reading is not None
    earlier = replace(run.snapshot(), step=1)
    card.show_snapshot(earlier)
    assert card.reading is None
    card.show_snapshot(look(run, card))
    with qtbot.waitSignal(card.wishes_changed):
        card.set_experiment(Experiment(run.architecture, run.training))
    assert card.reading is None
    assert card.picture.is_empty


def test_reset(card):
    shown(card, reading_of(dense(4, 6, 5, 3)))
    card.scale.set_key(COMMON)
    card.choice.field.setValue(9)
    card.reset()
    assert card.wishes() == {WaterfallWish(0)}
    assert card.picture.own_scale
    assert card.choice.example == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_it_grows_with_the_type(card, qapp, theme, scale):
    before = qapp.styleSheet()
    shown(card, reading_of(dense(4, 6, 5, 3)))
    try:
        qapp.setStyleSheet(style_sheet(theme, scale))
        card.set_theme(theme)
        card.resize(1280, 700)
        image = card.picture.grab().toImage()
        assert image.pixelColor(2, image.height() // 2) == QColor(theme.panel)
        assert card.picture.frame.rect.left() > 20 * scale
    finally:
        qapp.setStyleSheet(before)


def test_everything_has_a_name(card):
    for widget in (card.choice.field, card.choice.on, card.choice.back, card.scale, card.picture):
        assert widget.accessibleName()
        assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert card.sentence.accessibleName()
