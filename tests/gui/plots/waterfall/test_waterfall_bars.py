"""Where the gradient dies: the bars and strips of known readings."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor

from engine.architecture import SkipSpec, dense
from engine.readings.waterfall import WaterfallWish
from engine.spec import Experiment
from gui.plots.waterfall.waterfall import COMMON
from gui.plots.waterfall.waterfall_steps import PRIME, REST, WEIGHTS, steps
from gui.theme import LIGHT
from tests.gui.plots.answered import NETWORKS, look, noise_run, watch
from tests.gui.plots.waterfall.conftest import reading_of, shown


def test_the_bars_lead_from_the_output_to_layer_1(card):
    run = noise_run(dense(4, 6, 5, 3))
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


@pytest.mark.parametrize("sizes", [*NETWORKS, (3, 1000, 1000, 2), (3, *[2] * 999, 2)])
@pytest.mark.parametrize(("width", "height"), [(300, 160), (470, 210), (1280, 700)])
def test_every_size_of_network_and_card(card, sizes, width, height):
    card.resize(width, height)
    watch(card, noise_run(dense(*sizes)))
    card.grab()
    frame = card.picture.frame
    assert frame.places[-1][1] <= card.picture.width()
    assert frame.rect.height() > 20
    assert card.sentence.isVisible() == (height > 200)
    assert not card.choice.isHidden()


def test_it_can_be_made_narrow(card):
    assert card.minimumSizeHint().width() <= 300


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
