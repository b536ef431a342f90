"""The study of escape, and hands on its map."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.chain.spec import start_chain
from engine.chain.trace import trace
from gui.chain.studies.escape import EscapeStudy
from gui.document import ChainDocument
from gui.theme import LIGHT

Button = Qt.MouseButton
STEEP = replace(start_chain(), w=(1.2, -8.0, 16.0, 0.9), b=(0.3, 3.0, -8.0, -0.4))


@pytest.fixture
def document() -> ChainDocument:
    return ChainDocument(STEEP)


@pytest.fixture
def study(shown: Callable[[EscapeStudy], EscapeStudy], document: ChainDocument) -> EscapeStudy:
    study = EscapeStudy(document, LIGHT)
    study.resize(1250, 250)
    shown(study)
    document.changed.connect(lambda chain: study.show_trace(trace(chain)))
    study.neuron_chosen.connect(study.set_chosen)
    study.show_trace(trace(document.chain))
    return study


def pixel(study: EscapeStudy, a: float, y: float) -> QPoint:
    return QPointF(study.map.across(a), study.map.down(y)).toPoint()


def move(study: EscapeStudy, at: QPoint, pressed: bool) -> None:
    button = Button.LeftButton if pressed else Button.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), study.map.mapToGlobal(QPointF(at)),
        Button.NoButton, button, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(study.map, event)
