"""Every activation with the weights of one chain."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from math import inf, log10, tanh

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.activations import HIDDEN
from engine.chain.comparison import same_weights
from engine.chain.spec import ChainSpec, start_chain
from engine.chain.trace import trace
from gui.chain.studies.activations import ActivationsStudy
from gui.chain.studies.activations_answer import answer
from gui.chain.studies.activations_tile import BARS, SPARK, VERDICT, tile_rows
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import DARK, LIGHT


@pytest.fixture
def document() -> ChainDocument:
    return ChainDocument(start_chain())


@pytest.fixture
def study(qtbot: QtBot, document: ChainDocument) -> Iterator[ActivationsStudy]:
    study = ActivationsStudy(document, LIGHT)
    qtbot.addWidget(study)
    study.resize(1250, 250)
    study.show()
    document.changed.connect(lambda chain: study.show_trace(trace(chain)))
    study.show_trace(trace(document.chain))
    yield study
    study.hide()


def product(chain: ChainSpec, activation: str) -> float:
    """∂C/∂b_1 by complex step, neuron by neuron."""
    sigma = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "linear": lambda z: z}
    a: complex = chain.x
    for j, (w, b) in enumerate(zip(chain.w, chain.b, strict=True)):
        a = sigma[activation](w * a + b + (1e-30j if j == 0 else 0))
    return float((0.5 * (a - chain.y) ** 2).imag / 1e-30)


@pytest.mark.parametrize("key", ["sigmoid", "tanh", "linear"])
def test_a_tile_says_the_gradient_of_its_activation(study: ActivationsStudy, key: str) -> None:
    shown = study.tiles[key].texts()[2]
    assert float(shown) == pytest.approx(abs(product(start_chain(), key)), rel=0.006)


def test_there_is_a_tile_for_every_activation_in_the_order_of_the_table(
    study: ActivationsStudy,
) -> None:
    lefts = [study.tiles[key].mapTo(study, study.tiles[key].rect().topLeft()).x() for key in HIDDEN]
    assert lefts == sorted(lefts)
    assert len({*lefts}) == len(HIDDEN)


def test_the_greatest_derivatives_are_those_of_the_chapter(study: ActivationsStudy) -> None:
    assert study.tiles["sigmoid"].texts()[0] == "0.25"
    assert study.tiles["tanh"].texts()[0] == "1"


def test_a_click_sets_the_activation_and_undo_takes_it_back(
    qtbot: QtBot, study: ActivationsStudy, document: ChainDocument
) -> None:
    qtbot.mouseClick(study.tiles["tanh"], Qt.MouseButton.LeftButton)
    assert document.chain == replace(start_chain(), activation="tanh")
    assert document.undo_stack.undoText() == "Set the activation to tanh"
    qtbot.waitUntil(lambda: study.tiles["tanh"].isChecked())
    assert [key for key, tile in study.tiles.items() if tile.isChecked()] == ["tanh"]
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: study.tiles["sigmoid"].isChecked())
    assert not study.tiles["tanh"].isChecked()


def test_a_click_on_the_chosen_one_changes_nothing(
    qtbot: QtBot, study: ActivationsStudy, document: ChainDocument
) -> None:
    qtbot.mouseClick(study.tiles["sigmoid"], Qt.MouseButton.LeftButton)
    assert document.undo_stack.count() == 0
    assert study.tiles["sigmoid"].isChecked()


def test_arrows_go_from_tile_to_tile_and_enter_chooses(
    qtbot: QtBot, study: ActivationsStudy, document: ChainDocument
) -> None:
    study.tiles["sigmoid"].setFocus()
    qtbot.keyClick(study.tiles["sigmoid"], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is study.tiles["tanh"]
    qtbot.keyClick(study.tiles["tanh"], Qt.Key.Key_Left)
    assert QApplication.focusWidget() is study.tiles["sigmoid"]
    qtbot.keyClick(study.tiles["tanh"], Qt.Key.Key_Return)
    assert document.chain.activation == "tanh"


def test_a_dead_neuron_is_shown_as_zero_and_named(study: ActivationsStudy) -> None:
    tile = study.tiles["relu"]
    _greatest, step, gradient, word = tile.texts()
    assert (step, gradient, word) == ("× 0", "0", "vanishing")
    assert "ReLU × 0 (z₂ = " in study.answer.text()


def test_the_plot_names_the_chosen_curve_whatever_the_room(study: ActivationsStudy) -> None:
    low = study.plot.labels(14.0, QRectF(80, 7, 150, 30))
    high = study.plot.labels(14.0, QRectF(80, 7, 150, 400))
    assert "sigmoid" in low
    assert len(low) < len(high) == len(HIDDEN)
    rows = sorted(row for row, _ in high.values())
    assert min(np.diff(rows)) >= 13.9


def test_infinite_and_missing_gradients_are_labelled(
    qtbot: QtBot, study: ActivationsStudy, document: ChainDocument
) -> None:
    huge = ChainSpec((1e6,) * 200, (0.0,) * 200, x=1.0)
    document.change("Set all", huge)
    qtbot.waitUntil(lambda: study.tiles["linear"].trace.chain.neurons == 200)
    shown = {key: tile.texts()[2] for key, tile in study.tiles.items()}
    assert all(shown.values())
    study.grab()
    assert shown["linear"] in ("∞", "NaN") or "10" in shown["linear"]


# -- the answer ----------------------------------------------------------------------------


def said(chain: ChainSpec) -> tuple[str, ...]:
    return answer({t.chain.activation: t for t in same_weights(chain)}, chain.activation)


def test_the_answer_compares_the_steps() -> None:
    """Two neurons at z_1 = 0: the only step is w_2 σ′(0), 1 with tanh and 1/4 with the sigmoid."""
    chain = ChainSpec((1.0, 1.0), (0.0, 0.0), x=0.0, y=0.7)
    first, second = said(chain)
    assert first == (
        "tanh: max σ′ = 1, four times the sigmoid's: each step × 1.0 instead of × 0.25."
    )
    assert second.startswith("Not every one helps: ReLU × 0")


def test_a_saturated_neuron_is_why_tanh_does_not_help() -> None:
    """tanh′(3) = 1 − tanh(3)² = 0.0099, less than the sigmoid's 0.045."""
    chain = ChainSpec((1.0, 1.0), (3.0, 0.0), x=0.0)
    assert 1 - tanh(3) ** 2 == pytest.approx(0.0099, rel=0.01)
    assert "yet each step × 0.0099, not × 0.045: z₁ = 3.0, σ′ = 0.0099" in said(chain)[0]


def test_where_all_help_larger_weights_are_tried() -> None:
    """At z = 0.5 each derivative is above the sigmoid's; at ten times the weight tanh saturates."""
    chain = ChainSpec((1.0, 1.0), (0.0, 0.0), x=0.5)
    _first, second = said(chain)
    step = 10 * (1 - tanh(5) ** 2)
    assert second == (
        "With weights ten times as large tanh gives × 0.0018: its neurons saturate"
        " (z₁ = 5.0, σ′ = 2·10⁻⁴)."
    )
    assert step == pytest.approx(0.0018, rel=0.02)


def test_one_neuron_has_no_step() -> None:
    assert said(ChainSpec((1.0,), (0.0,))) == (
        "One neuron: no step from neuron to neuron, so nothing shrinks or grows.",
    )


def test_the_greatest_weights_are_not_made_greater() -> None:
    chain = ChainSpec((1e6, 1e6), (0.0, -5e5), x=0.5)
    assert said(chain)


# -- room ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "scale"), [((600, 200), 1.0), ((1000, 230), 1.5)])
def test_every_word_fits_where_there_is_little_room(
    qtbot: QtBot, study: ActivationsStudy, size: tuple[int, int], scale: float
) -> None:
    study.setStyleSheet(style_sheet(DARK, scale))
    font = study.font()
    font.setPixelSize(round(13 * scale))
    study.setFont(font)
    study.set_theme(DARK)
    study.resize(*size)
    study.grab()
    assert (study.width(), study.height()) == size
    rights = [tile.mapTo(study, tile.rect().bottomRight()) for tile in study.tiles.values()]
    assert max(p.x() for p in rights) < study.width() - 14
    assert "…" not in study.answer.text()
    assert study.answer.y() + study.answer.height() <= study.height()


@pytest.mark.parametrize("short", [True, False])
def test_rows_do_not_overlap(short: bool) -> None:
    spans = [*tile_rows(150.0, 13.0, short).values()]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert spans[-1][1] <= 150.0
    rows = tile_rows(150.0, 13.0, short)
    assert rows[BARS][1] - rows[BARS][0] > rows[SPARK][1] - rows[SPARK][0] > 20
    assert rows[VERDICT] == spans[-1]


def test_all_sizes_are_on_one_scale(study: ActivationsStudy) -> None:
    low, high = study.plot.range
    logs = [t.log10_delta[0] for t in study.plot.traces.values()]
    assert low <= min(x for x in logs if x != -inf)
    assert max(logs) <= high
    assert log10(abs(product(start_chain(), "sigmoid"))) == pytest.approx(
        study.plot.traces["sigmoid"].log10_delta[0]
    )
