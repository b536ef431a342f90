"""How the row of matrices is drawn: columns, blocks, bars, and what little room leaves out."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from gui.chain.studies.matrices import MatricesStudy
from gui.chain.studies.matrix_image import elements, matrix_image
from gui.chain.studies.matrix_plan import LEAST_SIDE, NARROWEST, Sides, columns
from gui.chain.studies.matrix_plots import PALE, LayerScale
from gui.chain.studies.matrix_words import CAPTIONS, symbol, values
from gui.common.style import style_sheet
from gui.theme import DARK, LIGHT, Theme
from tests.gui.chain.matrices.small_networks import Show, network, snap, written_out


def test_fifty_layers_show_their_ends(study: MatricesStudy, show: Show) -> None:
    show(network(*(5,) * 50))
    plan = study.view.columns
    assert plan is not None
    assert study.row is not None
    factors = study.row.factors
    assert len(factors) == 101
    shown = plan.shown
    assert shown[:3] == [0, 1, 2]
    assert shown[-3:] == [98, 99, 100]
    assert plan.places.count(None) == 1
    middle = plan.places.index(None)
    assert abs(middle - (len(plan.places) - 1 - middle)) <= 1
    assert plan.pitch >= NARROWEST
    assert plan.middle(0) > 0
    assert plan.middle(len(plan.places) - 1) + plan.pitch / 2 <= study.view.width()
    assert study.verdict.text().startswith("Each layer multiplies ‖δ‖ by about ")
    assert "after 50 layers" in study.verdict.text()


@pytest.mark.parametrize(("size", "scale"), [((1250, 680), 1.0), ((1000, 650), 1.5)])
def test_symbols_and_numbers_fit_their_columns(
    study: MatricesStudy, show: Show, size: tuple[int, int], scale: float
) -> None:
    study.setStyleSheet(style_sheet(LIGHT, scale))
    study.resize(*size)
    show(network(*(30,) * 12))
    plan, view = study.view.columns, study.view
    assert plan is not None
    assert view.row is not None
    pixels = view._pixels(view.row, plan)
    for k in plan.shown:
        assert view._box(symbol(view.row.factors[k]), pixels).width <= plan.pitch


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pictures_are_the_matrices(theme: Theme) -> None:
    values_ = np.array([[2.0, -2.0, 0.0], [0.0, 2.0, -2.0]])
    image = matrix_image(values_, 30, 20, theme)
    near = theme.blend(theme.positive, 0.49, theme.panel)

    def at(i: int, j: int) -> QColor:
        return QColor(image.pixel(10 * j + 5, 10 * i + 5))

    assert at(0, 0) == at(1, 1) != at(0, 1) == at(1, 2)
    assert at(0, 2) == QColor(theme.panel) == at(1, 0)
    assert abs(at(0, 0).red() - near.red()) < 8
    assert abs(at(0, 0).blue() - near.blue()) < 8
    assert at(0, 1).hue() == pytest.approx(QColor(theme.negative).hue(), abs=8)


def test_blocks_have_the_elements_of_their_factors(study: MatricesStudy, show: Show) -> None:
    snapshot = show(network(6, 5, cost="quadratic"))
    assert study.row is not None
    for factor, (_, M) in zip(study.row.factors, written_out(snapshot, False), strict=True):
        drawn = elements(study.row, factor)
        np.testing.assert_array_equal(np.diag(drawn) if factor.kind == "prime" else drawn, M)


def test_blocks_are_in_proportion_where_they_can_be(study: MatricesStudy, show: Show) -> None:
    show(network(30, 10))
    assert study.row is not None
    sides = Sides.of(study.row.factors, 120.0)
    assert sides.power == 1.0
    assert sides(30) == 120.0
    assert sides(10) == pytest.approx(40.0)
    far = replace(study.row.factors[0], shape=(9000, 9000))
    sides = Sides.of((far, *study.row.factors[1:]), 120.0)
    assert sides(9000) == 120.0
    assert sides(3) == pytest.approx(LEAST_SIDE)
    assert LEAST_SIDE < sides(30) < 120.0


def test_few_factors_stand_in_the_middle() -> None:
    plan = columns(3, 100.0, 1100.0, 1.0)
    assert plan.places == (0, 1, 2)
    assert plan.middle(1) == pytest.approx(600.0)
    assert plan.at(plan.middle(2)) == 2
    assert plan.at(5.0) is None
    assert plan.at(1099.0) is None


def test_ticks_of_layers_are_whole() -> None:
    scale = LayerScale()
    assert scale.ticks(0.5, 4.5, 9) == [1.0, 2.0, 3.0, 4.0]
    assert scale.ticks(0.5, 51.0, 6) == [1.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    assert scale.ticks(0.5, 1.5, 5) == [1.0]
    assert scale.text(10.0) == "10"


def test_a_tooltip_names_the_factor(study: MatricesStudy, show: Show) -> None:
    show(network(6, 5))
    plan = study.view.columns
    assert plan is not None
    for column, words in ((0, "σ′ of the neurons of layer 1"), (1, "weights into layer 2"),
                          (4, "the cross-entropy cost is made for these outputs")):  # fmt: skip
        at = QPoint(round(plan.middle(column)), 60)
        event = QHelpEvent(QEvent.Type.ToolTip, at, study.view.mapToGlobal(at))
        QApplication.sendEvent(study.view, event)
        assert words in QToolTip.text()
    running = study.running_plot
    at = running.rect_of_plane.center().toPoint()
    QApplication.sendEvent(running, QHelpEvent(QEvent.Type.ToolTip, at, running.mapToGlobal(at)))
    assert "layer 2" in QToolTip.text()
    QToolTip.hideText()


def test_bars_and_dots_stand_at_their_numbers(study: MatricesStudy, show: Show) -> None:
    show(network(6, 5))
    assert study.row is not None
    plot, picture = study.factors_plot, study.factors_plot.grab().toImage()
    prime = study.row.factors[0]
    middle = (plot.down(0.0) + plot.down(np.log10(prime.norm))) / 2
    bar = picture.pixelColor(QPoint(round(plot.across(1.0)), round(middle)))
    assert bar.rgb() == LIGHT.layer(0, 3).rgb()
    middle = (plot.down(0.0) + plot.down(np.log10(study.row.factors[1].norm))) / 2
    between = picture.pixelColor(QPoint(round(plot.across(1.5)), round(middle)))
    assert between.rgb() == LIGHT.blend(LIGHT.layer(1, 3), PALE, LIGHT.panel).rgb()
    running, picture = study.running_plot, study.running_plot.grab().toImage()
    for l, place in ((1, 0), (2, 2)):
        factor = study.row.factors[place]
        at = QPointF(running.across(l), running.down(factor.log10_vector)).toPoint()
        assert picture.pixelColor(at).rgb() == LIGHT.layer(l - 1, 3).rgb()


@pytest.mark.parametrize("fill", [0.0, np.nan, np.inf, 1e300])
def test_weights_that_are_no_numbers_are_labelled(
    study: MatricesStudy, show: Show, fill: float
) -> None:
    experiment = network(6, 5)
    snapshot = snap(experiment)
    assert snapshot.weights is not None
    W = tuple(np.full_like(w, fill) if l == 1 else w for l, w in enumerate(snapshot.weights.W))
    show(experiment, replace(snapshot, weights=replace(snapshot.weights, W=W)))
    assert study.row is not None
    texts = values(study.row.factors[1])
    expected = {0.0: "0", 1e300: "6·10³⁰⁰"}.get(fill, "not a number")
    assert texts["norm"] == expected or fill == 1e300
    assert study.verdict.text()
    for theme in (DARK, LIGHT):
        study.set_theme(theme)
        study.grab()


def test_in_little_height_numbers_make_room_for_the_blocks(
    study: MatricesStudy, show: Show
) -> None:
    show(network(6, 5))
    view = study.view
    assert view._lines(17.0, 50.0) == list(CAPTIONS)
    view.setFixedHeight(150)
    assert view._lines(17.0, 50.0) == ["norm", "running", "vector"]
    view.setFixedHeight(110)
    assert view._lines(17.0, 50.0) == ["norm"]


@pytest.mark.parametrize(
    ("size", "hidden"),
    [((1250, 680), set()), ((900, 500), set()), ((900, 420), {"comparison"}),
     ((700, 360), {"comparison", "check", "question"}),
     ((600, 250), {"comparison", "check", "question", "cards"})],
)  # fmt: skip
def test_what_there_is_no_room_for_goes(
    study: MatricesStudy, show: Show, size: tuple[int, int], hidden: set[str]
) -> None:
    show(network(6, 5))
    study.resize(*size)
    QApplication.processEvents()
    names = ("comparison", "check", "question", "cards", "view", "verdict", "title")
    assert {name for name in names if getattr(study, name).isHidden()} == hidden
    assert study.view.height() >= 110


def test_numbers_have_names_in_two_lengths() -> None:
    assert all(len(short) < len(long) for long, short in CAPTIONS.values())
