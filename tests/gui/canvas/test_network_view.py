from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont

from engine.architecture import dense
from engine.edits import add_skip, change_layer, insert_layer, remove_layer
from engine.spec import Experiment, TrainingSpec
from gui.canvas.items.edges import UNKNOWN
from gui.canvas.targets import Target
from gui.canvas.words.tips import column_tip, neuron_name, tip
from gui.document import ExperimentDocument
from gui.theme import DARK, LIGHT


def bars(view):
    return [column.bars.heights() for column in view.network.columns]


def speeds(view):
    return [text.text for text in view.network.live.speeds.row]


def test_before_any_snapshot(view):
    network = view.network
    assert [column.caption for column in network.columns] == [
        "input", "hidden 1 · sigmoid", "hidden 2 · sigmoid", "output · sigmoid"
    ]  # fmt: skip
    assert bars(view) == [[], [], [], []]
    assert speeds(view) == []
    assert all(level == UNKNOWN for edges in network.edges for level, _ in edges.batches())
    assert network.live.legend.lines[0].startswith("edges: ")
    assert "full" not in network.live.legend.lines[-1]
    assert not view.grab().isNull()


def test_bars_are_linear_and_signed(view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment))
    inputs, first, second, output = bars(view)
    assert inputs == []
    ratios = np.array(second[:6]) / second[0]
    assert (np.sign(ratios) == [1, -1, 1, -1, 1, -1]).all()
    assert (np.diff(np.abs(ratios)) >= 0).all()
    assert 0 < -first[-1] <= -second[-1] / 10 + 1
    assert view.network.live.full_bar == 300.0
    assert output[-1] == -max(output) < second[-1]  # longer than full


def test_texts_under_the_picture(view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment, weights=True))
    assert speeds(view) == ["‖δ‖ = 97.2", "× 10.0", "‖δ‖ = 972"]
    text = " ".join(view.network.live.legend.lines)
    assert "of 24,720" in text
    assert "full = 300 (longer: broken)" in text


def test_speeds_before_the_first_record(view, document, snapshot_of):
    snapshot = snapshot_of(document.experiment)
    view.show_snapshot(replace(snapshot, history=snapshot.history[:0]))
    assert speeds(view) == ["‖δ‖ = 97.2", "× 10.0", "‖δ‖ = 972"]


def test_texts_wait_and_come(qtbot, view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment))
    view.show_snapshot(snapshot_of(document.experiment, step=2, size=2.0))
    assert speeds(view)[-1] == "‖δ‖ = 972"
    assert bars(view)[2][0] > 0
    qtbot.waitUntil(lambda: speeds(view)[-1] == "‖δ‖ = 1.9·10³", timeout=2000)


def test_edges_know_the_weights_and_keep_them(view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment, weights=True))
    view.show_snapshot(snapshot_of(document.experiment, step=2))
    for edges in view.network.edges:
        assert {stroke.negative for stroke, _ in edges.batches()} == {True, False}
        assert UNKNOWN not in dict(edges.batches())


def test_a_stale_snapshot_is_ignored(view, document, snapshot_of):
    stale = snapshot_of(document.experiment, weights=True)
    view.show_snapshot(stale)
    document.change("Add layer", insert_layer(document.experiment, 1))
    assert bars(view) == [[]] * 5
    view.show_snapshot(stale)
    assert bars(view) == [[]] * 5
    other_inputs = replace(document.experiment.architecture, inputs=2)
    document.change("", replace(document.experiment, architecture=other_inputs))
    fits_but_inputs = snapshot_of(document.experiment, weights=True)
    document.undo_stack.undo()
    view.show_snapshot(fits_but_inputs)
    assert UNKNOWN in dict(view.network.edges[0].batches())


def test_the_picture_follows_the_document(view, document, snapshot_of):
    document.change("", change_layer(document.experiment, 0, neurons=7, activation="relu"))
    first = view.network.columns[1]
    assert first.caption == "hidden 1 · ReLU"
    assert view.network.layout.columns[1].neurons == 7
    document.change("", remove_layer(document.experiment, 1))
    assert len(view.network.columns) == 3
    assert len(view.network.edges) == len(view.network.inserts) == 2
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert view.network.layout.columns[1].neurons == 30
    view.show_snapshot(snapshot_of(document.experiment))
    assert len(bars(view)[2]) > 3


@pytest.mark.parametrize(
    "sizes", [(2, 1), (784, 10), (4, 1, 2), (784, *[5] * 50, 10), (9, 10_000, 2)]
)
@pytest.mark.parametrize("size", [(700, 600), (430, 480)])
def test_any_network_is_painted(make_view, snapshot_of, sizes, size):
    document = ExperimentDocument(Experiment(dense(*sizes)))
    view = make_view(document, *size)
    view.show_snapshot(snapshot_of(document.experiment, weights=True))
    view.grab()
    assert view.horizontalScrollBar().maximum() == 0
    lines = view.network.live.legend.lines
    assert all(view.network.look.measure(line, "caption") < size[0] - 20 for line in lines)


def test_a_new_run_forgets_the_scale(view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment, step=50, size=100.0))
    view.show_snapshot(snapshot_of(document.experiment, step=0, size=1.0))
    assert view.network.live.full_bar == 300.0


def test_resizing_keeps_what_is_known(view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment, weights=True))
    view.resize(500, 500)
    assert view.network.layout.width == 500
    assert bars(view)[2]
    assert UNKNOWN not in dict(view.network.edges[1].batches())


def test_hidden_it_keeps_the_newest(view, document, snapshot_of):
    view.hide()
    view.show_snapshot(snapshot_of(document.experiment))
    assert bars(view)[2] == []
    view.show()
    assert bars(view)[2]


def test_themes_and_type(qtbot, view, document, snapshot_of):
    view.show_snapshot(snapshot_of(document.experiment, weights=True))
    for theme in (DARK, LIGHT):
        view.set_theme(theme)
        corner = view.grab().toImage().pixelColor(2, 2).name().upper()
        assert corner == theme.background
    before = view.network.layout.bands.frame[0]
    font = QFont(view.font())
    font.setPixelSize(20)
    view.setFont(font)
    assert view.network.layout.bands.frame[0] > before


def test_edges_end_behind_the_neurons(view, document):
    document.change("", insert_layer(document.experiment, 1))
    highest = max(edges.zValue() for edges in view.network.edges)
    assert all(column.zValue() > highest for column in view.network.columns)


def test_selection_is_told_once(qtbot, view):
    with qtbot.waitSignal(view.layers_selected) as told:
        view.select_layers((1,))
    assert told.args == [(1,)]
    assert view.network.columns[2].state.selected
    with qtbot.assertNotEmitted(view.layers_selected):
        view.select_layers((1,))
    with qtbot.waitSignal(view.layers_selected) as told:
        view.select_layers(())
    assert told.args == [()]
    view.select_layers((99,))
    assert view.selected_layer is None


def test_selection_stays_with_its_layer(qtbot, view, document):
    view.select_layers((1,))
    with qtbot.waitSignal(view.layers_selected) as told:
        document.change("", insert_layer(document.experiment, 0))
    assert told.args == [(2,)]
    with qtbot.waitSignal(view.layers_selected) as told:
        document.change("", remove_layer(document.experiment, 2))
    assert told.args == [()]


def test_accessible_text_names_the_layer(view):
    view.select_layers((0,))
    assert view.accessibleDescription().startswith("hidden 1: 30 neurons.")


def test_tips(document):
    experiment = document.experiment
    architecture = experiment.architecture
    text = column_tip(1, architecture)
    for part in ("Hidden 1", "W 30 × 784", "23,550 parameters", "σ(z) =", "N(0, 1/n_in)"):
        assert part in text
    assert "784 features" in column_tip(0, architecture)
    assert neuron_name(Target("neuron", 2, 1), architecture) == "Neuron 2 of hidden 2"
    assert "class 3" in neuron_name(Target("neuron", 3, 3), architecture)
    assert neuron_name(Target("neuron", 0, 4), architecture) == "Input 5"
    for kind in ("nothing", "header", "column", "neuron"):  # a card tells of layers
        assert tip(Target(kind, 1, 1), architecture) == ""
    for kind in ("insert", "remove", "resize"):
        assert tip(Target(kind, 1), architecture)
    edge = tip(Target("edge", 1, 2, 6), architecture)
    assert edge.startswith("w of hidden 2: neuron 3 ← neuron 7;")
    skipping = add_skip(experiment, 0, 2).architecture
    assert "from input to hidden 2" in tip(Target("skip", 0), skipping)


def test_the_cursor_says_what_can_be_done(qtbot, view):
    view.select_layers((0,))
    layout = view.network.layout
    x = layout.columns[1].x
    points = {
        Qt.CursorShape.SizeVerCursor: (x, layout.bands.frame[1]),
        Qt.CursorShape.PointingHandCursor: (layout.gap_x(1), layout.bands.insert),
        Qt.CursorShape.CrossCursor: (x, layout.bands.frame[0]),
        Qt.CursorShape.ArrowCursor: (layout.gap_x(1), layout.bands.speeds + 14),
    }
    for cursor, (at_x, at_y) in points.items():
        at = view.mapFromScene(QPointF(at_x, at_y))
        qtbot.mouseMove(view.viewport(), at + QPoint(1, 0))
        qtbot.wait(20)
        qtbot.mouseMove(view.viewport(), at)
        qtbot.wait(20)
        assert view.viewport().cursor().shape() == cursor


def test_quadratic_cost_keeps_the_caption_short(make_view):
    experiment = Experiment(dense(2, 3, 2, activation="leaky_relu"), TrainingSpec(cost="quadratic"))
    view = make_view(ExperimentDocument(experiment))
    assert view.network.columns[2].caption == "output · leaky ReLU"
