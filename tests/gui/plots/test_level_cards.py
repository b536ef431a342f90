"""What the two cards with levels on a scale of logarithms do alike: waterfall and spectrum."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.spec import Experiment
from gui.common.style import style_sheet
from gui.plots.spectrum.spectrum import Spectrum
from gui.plots.waterfall.waterfall import Waterfall
from gui.theme import DARK, LIGHT
from tests.gui.plots.answered import look, noise_run

Card = Waterfall | Spectrum
SCALES = [*((Waterfall, scale) for scale in (1.0, 1.5, 2.0)), (Spectrum, 1.0), (Spectrum, 2.0)]


@pytest.fixture
def card(make: type[Card], qtbot: QtBot) -> Card:
    card = make(LIGHT)
    qtbot.addWidget(card)
    card.resize(600, 300)
    card.show()
    return card


@pytest.mark.parametrize("make", [Waterfall, Spectrum])
def test_a_new_run_forgets_and_an_earlier_moment_too(card, qtbot):
    run = noise_run(dense(4, 6, 5, 3))
    for _ in range(3):
        run.step()
    card.show_snapshot(look(run, card))
    card.show_snapshot(run.snapshot())
    assert card.reading is not None
    card.show_snapshot(replace(run.snapshot(), step=1))
    assert card.reading is None
    card.show_snapshot(look(run, card))
    with qtbot.waitSignal(card.wishes_changed):
        card.set_experiment(Experiment(run.architecture, run.training))
    assert card.reading is None
    assert card.picture.is_empty


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("make", "scale"), SCALES)
def test_it_grows_with_the_type(card, qapp, theme, scale):
    before = qapp.styleSheet()
    card.show_snapshot(look(noise_run(dense(4, 6, 5, 3)), card))
    card.texts.at_once()
    try:
        qapp.setStyleSheet(style_sheet(theme, scale))
        card.set_theme(theme)
        card.resize(1280, 700)
        image = card.picture.grab().toImage()
        assert image.pixelColor(2, image.height() // 2) == QColor(theme.panel)
        assert card.picture.frame.rect.left() > 20 * scale
    finally:
        qapp.setStyleSheet(before)
