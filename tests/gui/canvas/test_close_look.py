from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.architecture import BIAS, LayerSpec, dense
from engine.datasets import DATA_SOURCES
from engine.edits import change_layer, change_training, insert_layer, set_parameter
from engine.inspection import Subject
from engine.spec import Experiment
from gui.canvas.close_look import CloseLook
from gui.canvas.view import NetworkView
from gui.canvas.view_bar import ViewBar
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def make_panel(qtbot, snapshot_of, inspection_of):
    """A view over its bar; ``feed`` shows what the engine answers to what was asked last."""
    kept = []

    def make(experiment, width=700, height=620):
        document = ExperimentDocument(experiment)
        panel = QWidget()
        panel.setStyleSheet(style_sheet(LIGHT))
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        view, bar = NetworkView(document, LIGHT), ViewBar(LIGHT)
        column.addWidget(view, 1)
        column.addWidget(bar)
        look = CloseLook(view, bar, document)
        asked = []
        look.subject_changed.connect(asked.append)
        qtbot.addWidget(panel)
        panel.resize(width, height)
        panel.show()
        qtbot.waitExposed(panel)
        step = iter(range(1, 1000))

        def feed(subject=None):
            experiment = document.experiment
            inspection = inspection_of(experiment, subject or look.subject)
            snapshot = snapshot_of(experiment, weights=True, step=next(step))
            view.show_snapshot(replace(snapshot, inspection=inspection))
            return inspection

        kept.append(document)
        return SimpleNamespace(
            widget=panel, view=view, bar=bar, look=look, live=view.network.live, feed=feed,
            document=document, asked=asked,
        )  # fmt: skip

    return make


@pytest.fixture
def panel(make_panel):
    return make_panel(Experiment(dense(784, 30, 30, 10)))


def at(panel, column, row=0):
    layout = panel.view.network.layout
    place = layout.columns[column]
    return panel.view.mapFromScene(QPointF(place.x, float(place.y[row])))


def hover(qtbot, panel, column, row=0):
    viewport = panel.view.viewport()
    qtbot.mouseMove(viewport, at(panel, column, row))
    qtbot.waitUntil(lambda: panel.look.hover.isVisible(), timeout=2000)


def levels(panel, column):
    return panel.view.network.columns[column].neurons.levels


def bars(panel, column):
    return panel.view.network.columns[column].bars.heights()


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
    assert panel.live.full_bar == 1000.0
    qtbot.mouseClick(panel.bar.sources["probe"], LEFT)
    assert bars(panel, 2) != of_batch
    assert panel.live.full_bar < 1000.0  # the largest of the probe set's δ
    text = " ".join(panel.live.legend.lines)
    assert "probe set, 1,000 examples: bar" in text


def test_an_example_is_asked_for_and_shown(qtbot, panel):
    panel.feed()
    panel.bar.example.setValue(17)
    assert panel.asked[-1] == Subject(example=16)
    assert levels(panel, 1) is None  # until it has been looked at
    panel.feed(Subject())
    assert levels(panel, 1) is None
    panel.feed()
    assert levels(panel, 1) is not None
    assert "example 17: bar" in " ".join(panel.live.legend.lines)
    assert panel.live.scores.right == 3
    assert panel.live.input_image.isVisible()


def test_the_probe_set_bounds_the_examples(panel):
    panel.feed()
    assert panel.bar.example.maximum() == 1000


def test_a_logarithmic_scale_names_its_decades(qtbot, panel):
    panel.feed()
    qtbot.mouseClick(panel.bar.log, LEFT)
    text = " ".join(panel.live.legend.lines)
    assert "log, 10⁻³ to 10³" in " ".join(panel.live.legend.lines)
