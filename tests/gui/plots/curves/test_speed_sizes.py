"""The speed of learning of many layers, of ten million steps, and in cards of every size."""

from time import perf_counter

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from engine.history import History
from engine.snapshot import Snapshot, evaluation_columns, history_columns
from gui.plots.curves import live_plot
from gui.plots.curves.speed_of_learning import SpeedOfLearning
from gui.theme import LIGHT
from tests.gui.plots.conftest import EPOCHS, speeds
from tests.gui.plots.curves.conftest import levels, texts


def test_a_hundred_layers(card, experiment, snapshot):
    card.set_experiment(experiment(784, *[2] * 100, 10))
    values = 10.0 ** np.linspace(-70, 0, 101)
    card.show_snapshot(snapshot(EPOCHS, speeds(*values)))
    card.texts.at_once()
    assert levels(card) == pytest.approx(np.linspace(-70, 0, 101)[:-1])
    shown = texts(card)
    assert shown[0] == "layer 1"
    assert shown[-1] == "layer 100"
    assert 2 <= len(shown) <= 12
    gaps = np.diff(sorted(card.plot.labels.rows))
    assert gaps.min() > 10
    card.grab()


def test_more_layers_than_can_be_told_apart_are_thinned_and_it_says_so(card, experiment, snapshot):
    card.set_experiment(experiment(4, *[1] * 250, 2))
    values = 10.0 ** np.linspace(-25, 0, 251)
    card.show_snapshot(snapshot(EPOCHS[:5], speeds(*values, rows=5)))
    card.texts.at_once()
    assert len(levels(card)) == 100
    assert levels(card)[-1] == pytest.approx(-0.1)
    assert "100 of 250 layers" in card.description()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(300, 130), (470, 180), (1280, 660)])
def test_nothing_is_cut_or_lies_upon_another(qtbot, stand, experiment, snapshot, size, scale):
    card = stand(SpeedOfLearning(LIGHT), *size, scale)
    qtbot.wait(1)  # the type has grown
    card.set_experiment(experiment(784, *[30] * 9, 10))
    card.show_snapshot(snapshot(EPOCHS, speeds(*10.0 ** np.arange(-9, 1))))
    card.texts.at_once()
    card.grab()
    labels, height = card.plot.labels, card.plot.view.rect().height()
    assert card.plot.geometry().bottom() <= card.height()
    assert labels.ends
    assert labels.ends[0].text == "layer 1"
    rows = sorted(labels.rows)
    line = labels._metrics.height()
    assert all(line / 2 - 1 <= row <= height - line / 2 + 1 for row in rows) or len(rows) == 1
    assert np.diff(rows).min(initial=line) >= line - 0.5
    assert all(
        labels.text_left(end) + labels.width_of(end.text) <= card.plot.view.rect().width()
        for end in labels.ends
    )


def test_a_picture_shows_no_range_that_is_on_its_way(card, experiment, snapshot, monkeypatch):
    monkeypatch.setattr(live_plot, "less_motion", lambda: False)
    card.set_experiment(experiment(784, 30, 30, 10))
    falling = speeds(1, 1, 1) * np.geomspace(1, 1e-8, 301)[:, None]
    card.show_snapshot(snapshot(EPOCHS[:30], falling[:30]))
    card.show_snapshot(snapshot(EPOCHS, falling))
    assert card.plot.view.viewRange()[1][0] > -9
    image = QImage(card.picture_size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    card.paint_picture(painter)
    painter.end()
    assert card.plot.view.viewRange()[1][0] == -9


def test_ten_million_steps_stay_bounded_and_quick(card, experiment):
    columns = len(history_columns(4))
    history = History(columns, tracked=range(2, 7))
    rng = np.random.default_rng(0)
    card.set_experiment(experiment(784, 30, 30, 30, 10, epochs=2000))
    took, step = [], 0
    while step < 10_000_000:
        if history.wants(step):
            row = np.full(columns, 0.5)
            row[:2] = step, step / 5000
            row[3:7] = 10.0 ** rng.normal((-4, -3, -2, -1), 0.1)
            history.append(row, ordinal=step)
            if len(history.view()) % 97 == 0:
                began = perf_counter()
                card.show_snapshot(snapshot_of_run(history.view(), step))
                took.append(perf_counter() - began)
        step += history.stride - step % history.stride
    assert len(history.view()) <= 4096
    assert card.plot.layers[0].trace.columns.columns < 1000
    assert card.plot.run.end == 2000
    assert np.median(took) < 0.02
    assert texts(card) == ["layer 1", "layer 2", "layer 3"]
    card.axis.set_key("steps")
    assert card.plot.bottom_axis.scale_of_values.text(1e7) == "10 million"


def snapshot_of_run(history: np.ndarray, step: int) -> Snapshot:
    return Snapshot(
        step=step, epoch=step / 5000, last_step=10_000_000, next_epoch_step=step, evaluating=False,
        done=False, history=history, evaluations=np.empty((0, len(evaluation_columns(4)))),
        delta=tuple(np.zeros(2) for _ in range(4)), weights=None, divergence=None,
    )  # fmt: skip
