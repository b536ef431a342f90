"""σ′ at every neuron: where the dots stand, and what they tell."""

from dataclasses import replace
from math import exp

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, start_chain
from gui.chain.plots.study import PlotsStudy
from gui.theme import LIGHT
from tests.gui.chain.conftest import in_window, x_of, y_of
from tests.gui.chain.plots.conftest import EXPLODING, by_hand, show


def test_every_neuron_has_a_dot_at_its_z_on_the_derivative_and_on_sigma(study: PlotsStudy):
    chart = study.derivative
    z, prime, _, _ = by_hand(start_chain())
    assert [x_of(chart, dot.prime.x()) for dot in chart.dots] == pytest.approx(z)
    assert [y_of(chart, dot.prime.y()) for dot in chart.dots] == pytest.approx(prime)
    assert [y_of(chart, dot.value.y()) for dot in chart.dots if dot.value] == pytest.approx(
        [1 / (1 + exp(-v)) for v in z]
    )
    assert [dot.colour for dot in chart.dots] == [LIGHT.layer(j, 4) for j in range(4)]


def test_dots_are_painted_in_the_colours_of_their_neurons(study: PlotsStudy):
    image = study.derivative.grab().toImage()
    for dot in study.derivative.dots:
        assert image.pixelColor(in_window(study.derivative, dot.prime)) == dot.colour


def test_the_line_of_the_maximum_is_at_a_quarter(study: PlotsStudy):
    chart = study.derivative
    image = chart.grab().toImage()
    row = in_window(chart, QPointF(0, chart.down(0.25))).y()
    left = in_window(chart, QPointF(0, 0)).x()
    dashes = [
        sum(image.pixelColor(x, row + k) == QColor(LIGHT.dim) for x in range(left, left + 300))
        for k in (-1, 0, 1)
    ]
    assert max(dashes) > 80


def test_neurons_at_one_place_are_rings(study: PlotsStudy):
    show(study, EXPLODING)
    radii = [dot.radius for dot in study.derivative.dots]
    assert radii == sorted(radii)
    assert len(set(radii)) == 4
    at = study.derivative.dots[0].prime
    assert study.derivative.neurons_at(at) == [1, 2, 3, 4]


def test_the_range_of_z_follows_in_steps_and_what_is_beyond_is_listed(study: PlotsStudy):
    chart = study.derivative
    assert chart.view.viewRange()[0] == [-6.0, 6.0]
    show(study, replace(start_chain(), b=(6.5, -0.2, 0.5, -0.4)))
    assert chart.view.viewRange()[0] == [-8.0, 8.0]
    show(study, replace(start_chain(), b=(4.5, -0.2, 0.5, -0.4)))
    assert chart.view.viewRange()[0] == [-8.0, 8.0]
    show(study, replace(start_chain(), b=(60.0, -0.2, -700.0, -0.4)))
    assert chart.view.viewRange()[0] == [-12.0, 12.0]
    assert [row.text for row in chart.beyond[True]] == ["z₁ 61.0"]
    assert [row.j for row in chart.beyond[False]] == [3]
    assert chart.beyond[False][0].text == "z₃ −700"  # −699.6
    assert [dot.j for dot in chart.dots] == [2, 4]
    middle = chart.rows(True)[0].center()
    assert chart.neuron_at(middle) == 1


def test_many_neurons_beyond_are_counted(study: PlotsStudy):
    show(study, ChainSpec((1e6,) * 80, (0.0,) * 80, activation="linear"))
    rows = study.derivative.beyond[True]
    assert [row.text for row in rows[-1:]] == ["77 more"]
    assert len(rows) == 4
    study.grab()


def test_another_output_neuron_lies_on_its_own_curve(study: PlotsStudy):
    chain = replace(start_chain(), activation="tanh", cost="cross_entropy")
    t = show(study, chain)
    last = study.derivative.dots[-1]
    a = 1 / (1 + exp(-float(t.z[-1])))
    assert y_of(study.derivative, last.prime.y()) == pytest.approx(a * (1 - a))
    study.grab()


def test_pointing_at_a_dot_tells_its_neuron_and_a_click_chooses_it(study: PlotsStudy, qtbot: QtBot):
    chart = study.derivative
    place = in_window(chart, chart.dots[2].prime)
    qtbot.mouseMove(chart.viewport(), place)
    qtbot.waitUntil(QToolTip.isVisible)
    text = QToolTip.text()
    z, prime, _, _ = by_hand(start_chain())
    assert "neuron 3" in text
    assert f"{z[2]:.3g}" in text
    assert f"{prime[2]:.3g}" in text
    with qtbot.waitSignal(study.neuron_chosen) as chosen:
        qtbot.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [3]
    QToolTip.hideText()
