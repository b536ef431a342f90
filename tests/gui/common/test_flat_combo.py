"""A choice that is text in a picture."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.common.card import FlatCombo
from gui.common.table_combo import Choice

TABLE = {"a": Choice("mini-batch"), "b": Choice("probe set")}


def dark_columns(combo: FlatCombo) -> list[int]:
    image = QImage(combo.size(), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    combo.render(painter, QPoint())
    painter.end()
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 140 for y in range(image.height()))
    ]


def test_as_text_it_has_no_arrow_and_no_room_for_one(qtbot: QtBot) -> None:
    combo = FlatCombo("measured on", TABLE)
    qtbot.addWidget(combo)
    combo.set_type(combo, 11)
    combo.adjustSize()
    words = combo.fontMetrics().horizontalAdvance("mini-batch")
    assert combo.sizeHint().width() > words + 15
    assert max(dark_columns(combo)) > words + 5
    combo.set_as_text(True)
    combo.adjustSize()
    assert combo.sizeHint().width() == words
    combo.resize(words + 60, combo.height())
    assert 0.8 * words < max(dark_columns(combo)) <= words
    combo.set_as_text(False)
    assert combo.sizeHint().width() > words + 15
