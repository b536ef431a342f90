from dataclasses import replace
from itertools import pairwise
from math import log10

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.arrays import Floats
from engine.chain.draws import Draw
from engine.chain.spec import ChainSpec, start_chain
from engine.chain.trace import trace
from gui.chain.studies.many_bands import percent
from gui.chain.studies.many_chains import ManyChainsStudy
from gui.chain.studies.many_names import Name, placed
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT
from tests.gui.chain.conftest import in_window, x_of, y_of

SIGNS = Draw("sign", 4.0, "constant", 0.0)  # w is 4 or -4, b is 0


@pytest.fixture
def study(qtbot: QtBot) -> ManyChainsStudy:
    document = ChainDocument(start_chain())
    study = ManyChainsStudy(document, LIGHT)
    study.kept = document  # the study does not own it
    document.changed.connect(lambda chain: study.show_trace(trace(chain)))
    qtbot.addWidget(study)
    study.resize(1250, 250)
    study.show()
    return study


def settle(study: ManyChainsStudy, qtbot: QtBot, chain: ChainSpec | None = None) -> None:
    if chain is not None:
        study._document.replace(chain)
    study.show_trace(trace(study._document.chain))
    qtbot.waitUntil(lambda: not study.work.busy)
    QApplication.processEvents()


def sizes_one_by_one(chain: ChainSpec, neurons: int, chains: int) -> Floats:
    """log10|dC/db_1| of chains of their own, from the definition, each by itself."""
    rng, sizes = np.random.default_rng(99), []
    for _ in range(chains):
        w, b = rng.standard_normal((2, neurons))
        one = replace(chain, w=tuple(w.tolist()), b=tuple(b.tolist()))
        sizes.append(float(trace(one).log10_delta[0]))
    return np.array(sizes)


def test_the_picture_comes_in_pieces_and_the_window_stays_alive(study, qtbot: QtBot):
    study.show_trace(trace(start_chain()))
    assert study.work.busy
    assert study.histogram.found is None
    qtbot.waitUntil(lambda: not study.work.busy, timeout=3000)
    assert study.histogram.found.chains == 10_000
    assert study.bands.found.neurons == 30


def test_the_histogram_holds_every_chain(study, qtbot: QtBot):
    settle(study, qtbot)
    chart = study.histogram
    heights = [y_of(chart, bar.top()) for bar in chart.bars]
    assert sum(heights) == pytest.approx(100.0)
    lefts = [x_of(chart, bar.left()) for bar in chart.bars]
    assert lefts == sorted(lefts)
    bottom, top = chart.view.viewRange()[0]
    assert bottom <= lefts[0]
    assert x_of(chart, chart.bars[-1].right()) <= top + 0.01


def test_the_histogram_is_that_of_chains_drawn_one_by_one(study, qtbot: QtBot):
    settle(study, qtbot)
    study.bands.n_chosen.emit(6)
    chart = study.histogram
    expected = sizes_one_by_one(start_chain(), 6, 3000)
    middles = [x_of(chart, bar.center().x()) for bar in chart.bars]
    weights = [y_of(chart, bar.top()) / 100 for bar in chart.bars]
    mean = float(np.dot(middles, weights))
    spread = float(np.dot(np.square(np.array(middles) - mean), weights)) ** 0.5
    assert mean == pytest.approx(expected.mean(), abs=0.12)
    assert spread == pytest.approx(expected.std(), rel=0.08)


def test_chains_that_are_all_alike_are_one_bar_at_the_known_place(study, qtbot: QtBot):
    chain = replace(start_chain(), activation="linear", draw=SIGNS, x=1.0, y=0.0)
    settle(study, qtbot, chain)
    study.bands.n_chosen.emit(3)
    bar = max(study.histogram.bars, key=lambda bar: bar.height())
    assert y_of(study.histogram, bar.top()) == pytest.approx(100.0)
    size = log10(4**2 * 4**3)  # w_2 w_3 (a_3 - y), a_3 = w_1 w_2 w_3
    assert x_of(study.histogram, bar.left()) <= size <= x_of(study.histogram, bar.right())
    points = study.bands.points(study.bands.found.quantiles[:, 1])
    line = [y_of(study.bands, point.y()) for point in points[:5]]
    assert line == pytest.approx([log10(4.0 ** (2 * n - 1)) for n in range(1, 6)])
    assert [round(x_of(study.bands, point.x()), 6) for point in points[:3]] == [1.0, 2.0, 3.0]


def test_the_strip_says_what_the_words_say(study, qtbot: QtBot):
    chain = replace(start_chain(), activation="linear", draw=SIGNS, x=1.0)
    settle(study, qtbot, chain)
    for n, exploded in ((2, 0.0), (3, 1.0)):  # 4 and 16 times the gradient of the last neuron
        shares = [rect.height() / study.bands.strip.height() for rect in study.bands.share_rects(n)]
        assert shares == pytest.approx([0.0, 1.0 - exploded, exploded, 0.0, 0.0])
    assert "100 % explode (over 10 ×)" in study.cards[1].words.text()
    assert "0 % vanish (below 1/10)" in study.cards[1].words.text()
    assert LIGHT.exploding.lower() in study.cards[1].words.text()
    assert "a tenth" in study.cards[1].toolTip()
    image = study.bands.grab().toImage()
    place = in_window(study.bands, study.bands.share_rects(20)[2].center())
    assert image.pixelColor(place) == QColor(LIGHT.exploding)


def test_zeros_are_counted_and_told(study, qtbot: QtBot):
    settle(study, qtbot, replace(start_chain(), activation="relu"))
    study.bands.n_chosen.emit(3)
    zeros = study.histogram.counts["0"]
    assert study.histogram.notes == [f"0: {zeros:,} chains"]
    drawn = sum(y_of(study.histogram, bar.top()) for bar in study.histogram.bars)
    assert drawn == pytest.approx(100 * (1 - zeros / 10_000))
    assert zeros / 10_000 == pytest.approx(
        np.isneginf(sizes_one_by_one(study._document.chain, 3, 3000)).mean(), abs=0.03
    )
    assert f"{zeros / 100:.0f} % zero" in study.cards[1].words.text()
    assert "median: 0" in [name.text for name in study.bands.names]
    study.grab()


def test_nothing_but_zeros_is_shown(study, qtbot: QtBot):
    settle(study, qtbot, replace(start_chain(), draw=Draw(w_scale=0.0)))
    assert study.histogram.notes == ["0: 10,000 chains"]
    assert study.histogram.bars == []
    study.grab()


def test_the_own_chain_is_a_line_at_its_gradient(study, qtbot: QtBot):
    settle(study, qtbot, replace(start_chain(), draw=Draw(w_scale=3.0)))
    study.bands.n_chosen.emit(4)
    size = float(trace(start_chain()).log10_delta[0])
    low, high = study.histogram.view.viewRange()[0]
    assert low < size < high
    assert x_of(study.histogram, study.histogram.own_x) == pytest.approx(size)
    assert study.histogram.own_words == "your chain"
    study.show_trace(trace(replace(start_chain(), w=(1.2, -1e-30, 1.6, 0.9))))
    assert study.histogram.own_words.startswith("your chain: ")
    assert study.histogram.own_x < 5


def test_the_band_the_mean_and_the_prediction_agree_with_chains_drawn_one_by_one(
    study, qtbot: QtBot
):
    settle(study, qtbot)
    expected = sizes_one_by_one(start_chain(), 12, 3000)
    bands, found = study.bands, study.bands.found
    for column, share in zip(found.quantiles.T, (5, 50, 95), strict=True):
        y = y_of(bands, bands.points(column)[11].y())
        assert y == pytest.approx(np.percentile(expected, share), abs=0.35)
    for line in (found.mean, found.predicted):
        assert y_of(bands, bands.points(line)[11].y()) == pytest.approx(expected.mean(), abs=0.2)


def test_a_click_chooses_the_number_of_neurons(study, qtbot: QtBot):
    settle(study, qtbot)
    assert study.n == 30
    bands = study.bands
    place = in_window(bands, QPointF(bands.across(7), 30))
    qtbot.mouseClick(bands.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert study.n == 7
    assert study.cards[0].words.text() == "10,000 chains of 7 neurons"
    image = bands.grab().toImage()
    across = in_window(bands, QPointF(bands.across(7), 5))
    near = {image.pixelColor(across.x() + k, across.y()).name().upper() for k in (-1, 0, 1)}
    assert LIGHT.accent in near
    assert "7 neurons" in bands.told(QPointF(bands.across(7), 30))


def test_keys_choose_it_too(study, qtbot: QtBot):
    settle(study, qtbot)
    for key, n in (
        (Qt.Key.Key_Left, 29), (Qt.Key.Key_Home, 1), (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Right, 2), (Qt.Key.Key_End, 30),
    ):  # fmt: skip
        qtbot.keyClick(study.bands, key)
        assert study.n == n
    qtbot.keyClick(study.bands, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert study.n == 20


def test_settings_of_the_draw_are_undoable_edits_of_the_chain(study, qtbot: QtBot):
    settle(study, qtbot)
    document = study._document
    field = study.settings.fields["w_scale"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert document.chain.draw == Draw(w_scale=5.0)
    assert (document.chain.w, document.chain.b) == (start_chain().w, start_chain().b)
    study.settings.biases.setFocus()
    qtbot.keyClick(study.settings.biases, Qt.Key.Key_Down)
    assert document.chain.draw == Draw(w_scale=5.0, biases="uniform")
    assert document.undo_stack.undoText() == "Set the distribution of b"
    qtbot.waitUntil(lambda: study.histogram.found.chain.draw == document.chain.draw, timeout=5000)
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.chain == start_chain()
    assert field.number == 1.0
    assert study.settings.biases.key == "normal"
    qtbot.waitUntil(lambda: not study.work.busy)
    assert study.histogram.found.chain.draw == Draw()


def test_the_two_numbers_are_the_studys_own(study, qtbot: QtBot):
    settle(study, qtbot)
    for name, number in (("neurons", 12), ("chains", 500)):
        field = study.settings.fields[name]
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, str(number))
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not study.work.busy)
    assert (study.bands.found.neurons, study.bands.found.chains) == (12, 500)
    assert study.n == 12
    assert study._document.undo_stack.count() == 0


def test_what_cannot_be_is_told_and_nothing_is_lost(study, qtbot: QtBot):
    settle(study, qtbot)
    field = study.settings.fields["neurons"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "999")
    with qtbot.waitSignal(study.refused):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert study.bands.found.neurons == 30


def test_changes_of_weights_draw_nothing_anew(study, qtbot: QtBot):
    settle(study, qtbot)
    found = study.histogram.found
    study._document.change("Set w₂", replace(start_chain(), w=(1.2, 3.0, 1.6, 0.9)))
    assert not study.work.busy
    assert study.histogram.found is found


def test_many_changes_are_one_drawing(study, qtbot: QtBot):
    settle(study, qtbot)
    drawn: list[object] = []
    study.work.drawn.connect(drawn.append)
    for k in range(1, 9):
        draw = Draw(w_scale=1 + k / 10)
        study._document.change("Set", replace(study._document.chain, draw=draw))
        qtbot.wait(20)
    qtbot.waitUntil(lambda: not study.work.busy, timeout=5000)
    assert len(drawn) == 1
    assert study.histogram.found.chain.draw.w_scale == 1.8


def test_hidden_it_stops_and_shown_again_it_begins(study, qtbot: QtBot):
    study.show_trace(trace(start_chain()))
    study.hide()
    assert not study.work.busy
    study.show()
    settle(study, qtbot)
    assert study.histogram.found is not None


@pytest.mark.parametrize(("width", "size"), [(1250, 13), (1000, 20), (600, 13)])
def test_settings_never_stand_over_each_other(study, qtbot: QtBot, width: int, size: int):
    study.setStyleSheet(f"QWidget {{ font-size: {size}px }}")
    study.resize(width, 230)
    study.set_theme(DARK)
    settle(study, qtbot)
    row = [w for group in study.settings._groups for w in group if w.isVisible()]
    assert row[-1].geometry().right() <= study.settings.width()
    for one, two in pairwise(row):
        assert one.geometry().right() < two.geometry().left()
    assert study.settings.fields["neurons"] in row
    study.grab()


def test_percent_is_never_rounded_to_all_or_nothing():
    shares = (0.0, 0.004, 0.5, 0.996, 1.0)
    assert [percent(s) for s in shares] == ["0 %", "< 1 %", "50 %", "> 99 %", "100 %"]


def test_names_keep_apart_and_inside_and_the_first_ones_stay():
    red = QColor("red")
    names = [Name("a", 50.0, red), Name("b", 51.0, red), Name("c", 2.0, red), Name("d", 99.0, red)]
    shown = placed(names, 10.0, 60.0)
    assert [name.text for name in shown] == ["c", "a", "b", "d"]
    assert [name.y for name in shown] == [5.0, 35.0, 45.0, 55.0]
    assert [name.text for name in placed(names, 10.0, 25.0)] == ["a", "b"]
