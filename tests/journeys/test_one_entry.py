"""An entry in a table is all that an addition needs."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine import experiment_file
from engine.activations import ACTIVATIONS, HIDDEN, Activation
from engine.architecture import dense
from engine.catalogue import page
from engine.derivative_check import complex_step, cost_function
from engine.edits import change_layer
from engine.spec import Experiment
from gui.canvas.hands.layer_menu import LayerMenu
from gui.main_window import MainWindow
from tests.engine.strategies import make_case
from tests.engine.test_network import backpropagated

SINE = Activation(
    "sine", "sine", "σ(z) = sin z",
    lambda z, out: np.copyto(out, np.sin(z)), lambda z, a, out: np.copyto(out, np.cos(z)), 1.0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def sine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "sine", SINE)
    monkeypatch.setitem(HIDDEN, "sine", SINE)


def test_it_is_in_the_file_the_page_and_the_gradient_check() -> None:
    experiment = change_layer(Experiment(dense(4, 3, 2)), 0, activation="sine")
    assert experiment_file.loads(experiment_file.dumps(experiment)) == experiment
    assert "| `sine` | sine | σ(z) = sin z |" in page()
    case = make_case(["sine", "sine"], "quadratic", [3, 4, 2], 3, 0)
    exact = complex_step(
        cost_function(case.architecture, "quadratic", case.x, case.y),
        case.network.parameters.vector,
    )
    np.testing.assert_allclose(backpropagated(case), exact, rtol=1e-12)


def test_it_is_in_the_menus_and_trains(quick: MainWindow, qtbot: QtBot) -> None:
    menu = LayerMenu(quick.document.experiment, 1, (1,), quick)
    submenus = [action.menu() for action in menu.actions() if action.menu() is not None]
    assert "sine" in [action.text() for sub in submenus for action in sub.actions()]
    menu.deleteLater()
    quick.network.canvas.select_layers((0,))
    experiment = change_layer(quick.document.experiment, 0, activation="sine")
    experiment = replace(experiment, training=replace(experiment.training, eta=0.01))
    quick.document.change("sine", experiment)
    quick.session.load(experiment, running=True)
    qtbot.waitUntil(
        lambda: quick.session.snapshot is not None and quick.session.snapshot.step > 5,
        timeout=20_000,
    )
    assert np.isfinite(quick.session.snapshot.measure(0)).all()
