"""The window's top line: the name of the program goes before anything is cut."""

from PySide6.QtWidgets import QLabel, QMenuBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.menus import top_line


def test_the_name_goes_and_comes_back(qtbot: QtBot) -> None:
    bar, views, field = QMenuBar(), QPushButton("Network"), QPushButton("784-30-10")
    bar.addMenu("File")
    views.setMinimumWidth(200)
    line = top_line(bar, views, field)
    window = QWidget()  # in which it can be narrower than it asks for
    line.setParent(window)
    qtbot.addWidget(window)
    line.resize(900, 40)
    window.show()
    name = line.findChild(QLabel, "brand")
    assert name.isVisible()
    line.resize(name.x() + name.width() + 200 + field.width(), 40)
    assert not name.isVisible()
    assert views.width() >= 200
    line.resize(900, 40)
    assert name.isVisible()
