import pytest
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.datasets.planar import Xor
from engine.edits import change_training
from engine.spec import Experiment, TrainingSpec
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.theme import LIGHT
from gui.training.settings_panel import SettingsPanel


@pytest.fixture
def document(qtbot: QtBot) -> ExperimentDocument:
    """784-30-20-10 on MNIST."""
    return ExperimentDocument(Experiment(dense(784, 30, 20, 10), TrainingSpec()))


@pytest.fixture
def panel(qtbot: QtBot, document: ExperimentDocument) -> SettingsPanel:
    """In an active window, high enough for everything, with Measurement unfolded."""
    panel = SettingsPanel(document, LIGHT)
    qtbot.addWidget(panel)
    panel.setStyleSheet(style_sheet(LIGHT))
    panel.measurement.fold.setChecked(True)
    panel.resize(panel.sizeHint().width(), 900)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


@pytest.fixture
def xor(document: ExperimentDocument) -> ExperimentDocument:
    document.replace(change_training(document.experiment, data=Xor()))
    return document
