"""For the study of matrices; the other studies have a ``study`` of their own."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.chain.spec import start_chain
from engine.chain.trace import trace
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.chain.studies.matrices import MatricesStudy
from gui.common.style import style_sheet
from gui.document import ChainDocument
from gui.theme import LIGHT
from tests.gui.chain.matrices.small_networks import Show, snap


@pytest.fixture
def study(qtbot: QtBot) -> Iterator[MatricesStudy]:
    study = MatricesStudy(ChainDocument(start_chain()), LIGHT)
    qtbot.addWidget(study)
    study.setStyleSheet(style_sheet(LIGHT))
    study.resize(1250, 680)
    study.asked = []  # type: ignore[attr-defined]
    study.subject_wanted.connect(study.asked.append)  # type: ignore[attr-defined]
    study.show()
    study.activateWindow()
    qtbot.waitUntil(study.isActiveWindow)
    study.show_trace(trace(start_chain()))
    yield study
    study.hide()


@pytest.fixture
def show(qtbot: QtBot, study: MatricesStudy) -> Show:
    def shown(experiment: Experiment, snapshot: Snapshot | None = None) -> Snapshot:
        snapshot = snapshot or snap(experiment)
        with qtbot.waitSignal(study.work.found):
            study.show_network(experiment, snapshot)
        study.grab()
        return snapshot

    return shown
