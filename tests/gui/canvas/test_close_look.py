from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from engine.architecture import BIAS, dense
from engine.datasets import DATA_SOURCES
from engine.edits import change_layer, change_training, insert_layer, set_parameter
from engine.inspection import Subject
from engine.spec import Experiment
from gui.theme import DARK
from tests.gui.canvas.conftest import at, bars, hover, levels

LEFT = Qt.MouseButton.LeftButton


# -- examples --------------------------------------------------------------------------------


def test_shades_are_the_activations(panel):
    assert levels(panel, 1) is None
    inspection = panel.feed()
    shown = panel.view.network.layout.columns[2].shown
    expected = np.rint(inspection.a[1][shown] * 16).astype(int).tolist()
    assert levels(panel, 2) == expected
    assert levels(panel, 0) is not None


def test_bars_are_of_the_mini_batch_until_others_are_chosen(qtbot, panel):
    panel.feed()
    of_batch = bars(panel, 2)
    assert panel.live.full_bar == 300.0
    qtbot.mouseClick(panel.bar.sources["probe"], LEFT)
    assert bars(panel, 2) != of_batch
    assert panel.live.full_bar < 300.0  # the largest of the probe set's δ
    text = " ".join(panel.live.legend.lines)
    assert "probe set, 1,000 examples: bar" in text


def test_an_example_is_asked_for_and_shown(qtbot, panel):
    panel.feed()
    panel.bar.example.setValue(17)
    assert panel.asked[-1] == Subject(example=16)
    assert levels(panel, 1) is None  # until it has been looked at
    assert bars(panel, 1) == []
    panel.feed(Subject())
    assert levels(panel, 1) is None
    panel.feed()
    assert levels(panel, 1) is not None
    assert bars(panel, 1)
    assert "example 17: bar" in " ".join(panel.live.legend.lines)
    assert panel.live.scores.right == 3
    assert panel.live.input_image.isVisible()


def test_the_probe_set_bounds_the_examples(panel):
    panel.feed()
    assert panel.bar.example.maximum() == 1000


def test_a_logarithmic_scale_names_its_decades(qtbot, panel):
    panel.feed()
    qtbot.mouseClick(panel.bar.log, LEFT)
    assert "log, 1 to 10³" in " ".join(panel.live.legend.lines)
    layers = [abs(bars(panel, k)[-1]) for k in (1, 2, 3)]
    assert layers == sorted(layers)
    assert layers[0] > layers[2] / 4  # 1 : 100 on a linear scale


def test_gradients_colour_the_edges(panel):
    panel.feed()
    strengths = {stroke.strength for e in panel.view.network.edges for stroke, _ in e.batches()}
    assert len(strengths) > 1


def test_a_snapshot_of_another_network_is_ignored(panel, inspection_of, snapshot_of):
    experiment = panel.document.experiment
    stale = replace(snapshot_of(experiment), inspection=inspection_of(experiment))
    panel.document.change("", insert_layer(panel.document.experiment, 1))
    panel.view.show_snapshot(stale)
    assert panel.live.inspection is None


def test_scores_beside_the_output(panel):
    inspection = panel.feed()
    a = inspection.a[-1]
    assert panel.live.scores.classes == [str(k) for k in range(10)]
    assert [float(t) for t in panel.live.scores.texts] == pytest.approx(a, abs=0.006)
    assert panel.live.scores.right is None


# -- what neurons look for, and the surface ----------------------------------------------------


def test_what_neurons_look_for(qtbot, panel):
    panel.feed()
    neurons = panel.view.network.columns[1].neurons
    assert neurons.pictures is None
    qtbot.mouseClick(panel.bar.fields, LEFT)
    assert len(neurons.pictures) == len(panel.view.network.layout.columns[1].y)
    assert neurons.pictures[0].width() == 28
    panel.widget.grab()
    qtbot.mouseClick(panel.bar.fields, LEFT)
    assert neurons.pictures is None


def test_the_surface_of_data_in_the_plane(qtbot, make_panel):
    panel = make_panel(Experiment(dense(2, 4, 2)))
    assert panel.bar.fields.isHidden()
    panel.feed()
    assert panel.look.surface.isHidden()
    qtbot.mouseClick(panel.bar.surface, LEFT)
    assert panel.asked[-1].surface
    panel.feed()
    assert panel.look.surface.isVisible()
    qtbot.mouseClick(panel.bar.surface, LEFT)
    assert panel.look.surface.isHidden()
    assert not panel.asked[-1].surface
    qtbot.mouseClick(panel.bar.surface, LEFT)
    panel.feed()
    mnist = change_training(panel.document.experiment, data=DATA_SOURCES["mnist"]())
    panel.document.change("", mnist)
    assert panel.look.surface.isHidden()
    assert not panel.asked[-1].surface
    assert not panel.bar.fields.isHidden()


# -- the card of a layer -----------------------------------------------------------------------


def test_the_card_of_a_layer(qtbot, panel):
    panel.feed()
    hover(qtbot, panel, 1, 2)
    card = panel.look.hover
    assert "Hidden 1" in card.text.text()
    assert "23,550 parameters" in card.text.text()
    assert "Neuron 3 of hidden 1" in card.text.text()
    assert panel.asked[-1].layer == 0
    assert card.histograms.texts() == []
    inspection = panel.feed()
    assert card.histograms.texts()[0] == "z 0 ± 0.350"
    assert f"{inspection.a[0][2]:.3f}"[:4] in card.numbers.text()
    assert card.picture.isVisible()
    qtbot.mouseMove(panel.view.viewport(), at(panel, 2))
    qtbot.waitUntil(lambda: "Hidden 2" in card.text.text())
    assert card.histograms.texts() == []  # those known are of the layer before
    assert panel.asked[-1].layer == 1
    assert not card.picture.isVisible()
    column = panel.view.network.layout.columns[2].x
    assert not card.geometry().contains(round(column), card.geometry().center().y())
    panel.widget.grab()


def test_the_card_goes_when_the_mouse_leaves_or_presses(qtbot, panel):
    panel.feed()
    hover(qtbot, panel, 1)
    qtbot.mouseMove(panel.view.viewport(), panel.view.viewport().rect().topLeft())
    qtbot.waitUntil(lambda: not panel.look.hover.isVisible())
    assert panel.asked[-1] == Subject()
    hover(qtbot, panel, 1)
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 1))
    assert not panel.look.hover.isVisible()


def test_the_card_waits(qtbot, panel):
    panel.feed()
    qtbot.mouseMove(panel.view.viewport(), at(panel, 1))
    qtbot.wait(50)
    assert not panel.look.hover.isVisible()


def test_the_card_of_the_input_shows_it(qtbot, panel):
    panel.feed()
    hover(qtbot, panel, 0)
    assert panel.look.hover.picture.isVisible()
    assert not panel.look.hover.histograms.isVisible()
    assert panel.asked == []


# -- the card of a parameter -------------------------------------------------------------------


def test_a_parameter_is_asked_for_and_marked(panel):
    panel.feed()
    panel.look.open_parameter((1, 2, 3))
    assert panel.asked[-1].parameter == (1, 2, 3)
    assert panel.view.network.edges[1].marks.picked == (2, 3)
    panel.feed()
    assert "−1.00e−03" in panel.look.parameter.gradient.text()
    panel.view.resize(600, 500)
    assert panel.view.network.edges[1].marks.picked == (2, 3)
    panel.look.parameter.close_card()
    assert panel.asked[-1].parameter is None
    assert panel.view.network.edges[1].marks.picked is None


def test_an_edge_under_the_mouse_is_marked(qtbot, panel):
    panel.feed()
    layout, edges = panel.view.network.layout, panel.view.network.edges[1]
    stroke = edges.lines()
    x = layout.gap_x(1)
    y = float(stroke[0][-1] + stroke[1][-1]) / 2
    qtbot.mouseMove(panel.view.viewport(), panel.view.mapFromScene(QPointF(x, y)))
    qtbot.waitUntil(lambda: edges.marks.pointed == edges.edge_at(x, round(y)))
    qtbot.mouseMove(panel.view.viewport(), at(panel, 1))
    qtbot.waitUntil(lambda: edges.marks.pointed is None)


def test_frozen_ones_are_marked(panel):
    experiment = set_parameter(panel.document.experiment, 1, 2, 3, 0.5, True)
    experiment = set_parameter(experiment, 1, 4, BIAS, 0.5, True)
    experiment = set_parameter(experiment, 0, 0, 0, 0.5, False)
    panel.document.change("Freeze", experiment)
    assert panel.view.network.edges[1].marks.frozen == ((2, 3),)
    assert panel.view.network.edges[0].marks.frozen == ()
    assert panel.view.network.columns[2].neurons.frozen == {4}
    assert "dashed: frozen (2)" in " ".join(panel.live.legend.lines)
    panel.document.change("", change_layer(panel.document.experiment, 0, frozen=True))
    assert panel.view.network.columns[1].caption == "❄ hidden 1 · sigmoid"
    panel.widget.grab()


def test_dark_too(panel):
    panel.feed()
    panel.view.set_theme(DARK)
    panel.look.set_theme(DARK)
    panel.look.open_parameter((0, 0, BIAS))
    assert not panel.widget.grab().isNull()
