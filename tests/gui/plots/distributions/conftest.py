"""A card of distributions over a small network, with its first answer."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.planar import Moons
from engine.readings.distributions import DistributionsReading
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec
from engine.trainer import start
from gui.common.style import style_sheet
from gui.plots.distributions.distributions import Distributions
from gui.plots.distributions.layer_rows import LayerRows
from gui.plots.distributions.layer_rows_layout import RowsLayout
from gui.theme import LIGHT
from tests.gui.plots.answered import look, with_answers

Show = Callable[..., Distributions]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """A card over a network of these sizes, with its first answer, changed by keywords."""

    def show(
        *sizes: int, quantity: str = "z", size: tuple[int, int] = (470, 210), scale: float = 1.0,
        activation: str = "sigmoid", **changes: object,
    ) -> Distributions:  # fmt: skip
        card = Distributions(LIGHT)
        qtbot.addWidget(card)
        card.setStyleSheet(style_sheet(LIGHT, scale))
        spec = dense(*(sizes or (2, 8, 8, 2)), activation=activation)
        experiment = Experiment(spec, TrainingSpec(data=Moons()))
        card.set_experiment(experiment)
        card.quantity.set_key(quantity)
        card.resize(*size)
        card.show()
        trainer = start(experiment)
        trainer.step()
        card.show_snapshot(changed(look(trainer, card), **changes))
        return card

    return show


def changed(snapshot: Snapshot, **changes: object) -> Snapshot:
    assert snapshot.inspection is not None
    ((wish, reading),) = snapshot.inspection.answers.items()
    return with_answers(snapshot, {wish: replace(reading, **changes)})


def reading(card: Distributions) -> DistributionsReading:
    assert card.rows.shown is not None
    return card.rows.shown


def layout(card: Distributions) -> RowsLayout:
    assert card.rows.rect_of_plane.isValid()  # laid out now
    assert card.rows.layout_of_rows is not None
    return card.rows.layout_of_rows


def grabbed(rows: LayerRows) -> QImage:
    return rows.grab().toImage()
