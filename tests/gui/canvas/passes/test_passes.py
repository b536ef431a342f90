import numpy as np
from PySide6.QtCore import Qt

from engine.architecture import LayerSpec, dense
from engine.edits import change_layer, insert_layer
from engine.spec import Experiment
from tests.gui.canvas.conftest import at, bars, levels

LEFT = Qt.MouseButton.LeftButton


def test_a_backward_pass(qtbot, panel):
    panel.feed()
    of_batch = bars(panel, 2)
    panel.look.player.seconds_per_layer = 0.05
    qtbot.mouseClick(panel.bar.backward, LEFT)
    player = panel.look.player
    assert bars(panel, 1) == []
    qtbot.waitUntil(lambda: not player.is_playing, timeout=3000)
    assert player.current.done
    (norm,) = [text.text for text in player.norms.row if text.layer == 0]
    assert norm.startswith("‖δ‖ = 1.0")
    assert bars(panel, 1)
    assert "hidden 1" in panel.bar.pass_bar.label.text()
    qtbot.keyClick(panel.bar.pass_bar, Qt.Key.Key_Escape)
    assert player.current is None
    assert not player.norms.isVisible()
    assert bars(panel, 2) == of_batch
    assert panel.bar.sources["batch"].isVisible()


def test_what_trains_on_does_not_disturb_a_pass(qtbot, panel):
    panel.feed()
    qtbot.mouseClick(panel.bar.backward, LEFT)
    player = panel.look.player
    player.step(1)
    shown, shades = bars(panel, 3), levels(panel, 1)
    panel.feed(size=7.0)
    assert (bars(panel, 3), levels(panel, 1)) == (shown, shades)
    assert bars(panel, 1) == []
    panel.view.resize(600, 500)
    assert bars(panel, 3)
    player.end()
    assert bars(panel, 1)


def test_steps_and_pauses(qtbot, panel):
    panel.feed()
    panel.look.begin_pass("backward")
    keys, player = panel.bar.pass_bar, panel.look.player
    qtbot.keyClick(keys, Qt.Key.Key_Space)
    assert not player.is_playing
    qtbot.keyClick(keys, Qt.Key.Key_Right)
    assert "‖∂C/∂a‖ = 400" in keys.label.text()
    qtbot.keyClick(keys, Qt.Key.Key_Right)
    assert "× 0.25 → ‖δ‖ = 100" in keys.label.text()
    qtbot.keyClick(keys, Qt.Key.Key_Left)
    assert "‖∂C/∂a‖ = 400" in keys.label.text()
    qtbot.keyClick(keys, Qt.Key.Key_Space)
    assert player.is_playing
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=at(panel, 1))
    assert not player.is_playing
    assert panel.view.network.selected is None


def test_a_forward_pass_fills_layer_by_layer(panel):
    inspection = panel.feed()
    panel.look.begin_pass("forward")
    panel.look.player.step(1)
    assert levels(panel, 1) is not None
    assert levels(panel, 2) is None
    assert bars(panel, 1) == []
    norm = np.linalg.norm(inspection.a[0])
    assert f"‖a‖ = {norm:.2f}" in panel.bar.pass_bar.label.text()


def test_the_edges_of_the_gap_are_lit(panel):
    panel.feed()
    panel.look.begin_pass("backward")
    player, edges = panel.look.player, panel.view.network.edges
    player.pause()
    player.current.advance(1.1)
    player._show()
    assert [e.marks.lit is not None for e in edges] == [False, False, True]
    player.step(1)
    assert all(e.marks.lit is None for e in edges)
    player.current.at, player.current.t = 2, 0.1
    player._show()
    assert edges[2].marks.lit is not None
    player.end()
    assert all(e.marks.lit is None for e in edges)


def test_an_edit_ends_a_pass(panel):
    panel.feed()
    panel.look.begin_pass("backward")
    panel.document.change("", insert_layer(panel.document.experiment, 1, LayerSpec(5)))
    assert panel.look.player.current is None
    assert not panel.live.held


def test_a_change_of_width_ends_a_pass(panel):
    panel.feed()
    panel.look.begin_pass("backward")
    experiment = panel.document.experiment
    neurons = experiment.architecture.layers[0].neurons
    panel.document.change("", change_layer(experiment, 1, neurons=neurons + 3))
    panel.look.player._on_timeout()
    assert panel.look.player.current is None
    assert not panel.live.held


def test_without_tween_it_steps(qtbot, panel):
    panel.feed()
    panel.look.player.tween = False
    panel.look.player.seconds_per_layer = 0.05
    panel.look.player.begin("backward", panel.live.inspection)
    seen = set()

    def ended():
        seen.add(panel.look.player.current.t)
        return not panel.look.player.is_playing

    qtbot.waitUntil(ended, timeout=3000)
    assert seen <= {0.0, 1.0}


def test_nothing_to_pass_yet(qtbot, panel):
    with qtbot.waitSignal(panel.look.refused):
        panel.look.begin_pass("forward")
    assert panel.look.player.current is None


def test_fifty_layers_pass(make_panel):
    panel = make_panel(Experiment(dense(784, *[20] * 50, 10)))
    panel.feed()
    panel.look.begin_pass("backward")
    for _ in range(60):
        panel.look.player.step(1)
    row = panel.look.player.norms.row
    assert any(text.layer is not None for text in row)
    assert all(a.right <= b.left or b.right <= a.left for a in row for b in row if a is not b)
    panel.widget.grab()


def test_the_legend_tells_of_the_pass(qtbot, panel):
    panel.feed()
    panel.look.begin_pass("backward")
    text = " ".join(panel.live.legend.lines)
    assert "probe set, 1,000 examples: bar ∂C/∂b, linear" in text
    assert panel.live.full_bar < 300.0
    assert panel.live.speeds.row == []
    panel.look.player.end()
    assert panel.live.full_bar == 300.0
    qtbot.mouseClick(panel.bar.log, LEFT)
    panel.look.begin_pass("backward")
    assert "log, 0.1 to 10²" in " ".join(panel.live.legend.lines)
