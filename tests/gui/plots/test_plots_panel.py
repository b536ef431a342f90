import numpy as np
import pytest
from PySide6.QtCore import QSize

from gui.plots.table import PLOTS

EPOCHS = np.linspace(0, 3, 50)


def test_every_plot_of_the_table_is_a_card(panel):
    assert list(panel.docks) == [plot.key for plot in PLOTS]
    for card in (panel.card(plot.key) for plot in PLOTS):
        assert card.accessibleName()


def test_a_snapshot_of_another_network_is_left_out(panel, experiment, snapshot):
    card = panel.card("speed_of_learning")
    panel.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    panel.feed.set_experiment(experiment(784, 30, 30, 10))
    panel.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 4))))
    assert np.isnan(card.plot.layers[0].trace.newest()).all()
    panel.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    assert card.plot.layers[0].trace.newest().tolist() == [0.0, 0.0]


def test_the_planned_epochs_can_change_in_the_middle_of_a_run(panel, experiment, snapshot):
    panel.feed.set_experiment(experiment(784, 30, 10, epochs=3))
    panel.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 2))))
    assert panel.card("speed_of_learning").plot.run.end == 3
    panel.feed.set_epochs(4)
    panel.feed.show_snapshot(snapshot(EPOCHS * 3.1 / 3, np.ones((50, 2))))
    assert panel.card("speed_of_learning").plot.run.end == 4
    assert panel.card("cost_accuracy").cost.run.end == 4


@pytest.mark.parametrize("size", [QSize(400, 560), QSize(460, 620), QSize(350, 480)])
def test_it_fits_where_it_has_to(panel, experiment, snapshot, qtbot, size):
    panel.resize(size)
    panel.feed.set_experiment(experiment(784, 30, 30, 10))
    panel.feed.show_snapshot(snapshot(EPOCHS, np.ones((50, 3))))
    qtbot.wait(10)
    assert panel.size() == size
    assert len(panel.seen) == 3
    for dock in panel.seen:
        assert panel.rect().contains(dock.geometry())
        assert dock.rect().contains(dock.card.geometry())
    assert panel.card("speed_of_learning").plot.view.rect().height() > 60
    assert panel.card("cost_accuracy").accuracy.view.rect().height() > 20
