"""The experiments and chains that were opened or saved last, and the menu that opens them again."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.settings import Settings

MOST = 10
KEYS = "123456789"  # the tenth has none
NAME_EMS, FOLDER_EMS = 22, 26  # widths beyond which a text loses its middle


class RecentFiles(QObject):
    """At most ten different files, the newest first, remembered between sessions."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def paths(self) -> list[Path]:
        known = (Path(name) for name in self._settings.recent)
        return list(dict.fromkeys(path for path in known if path.is_absolute()))[:MOST]

    def add(self, path: Path) -> None:
        path = path.absolute()
        self._remember([path, *(p for p in self.paths if p != path)])

    def remove(self, path: Path) -> None:
        self._remember([p for p in self.paths if p != path.absolute()])

    @Slot()
    def clear(self) -> None:
        self._remember([])

    def _remember(self, paths: list[Path]) -> None:
        self._settings.recent = [str(path) for path in paths[:MOST]]
        self.changed.emit()


class RecentMenu(QMenu):
    """Names with their folders, numbered for the keyboard. No file is looked at until chosen:
    the menu must open at once, and a folder in a network may not answer.
    """

    chosen = Signal(object)  # Path

    def __init__(self, recent: RecentFiles, parent: QWidget | None = None) -> None:
        super().__init__("Open &recent", parent)
        self.setObjectName("recent")
        self.setToolTipsVisible(True)
        self._recent = recent
        recent.changed.connect(self._on_changed)
        self.aboutToShow.connect(self._on_about_to_show)
        self.triggered.connect(self._on_triggered)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.menuAction().setEnabled(bool(self._recent.paths))

    @Slot()
    def _on_about_to_show(self) -> None:
        self.clear()
        for number, path in enumerate(self._recent.paths):
            key = f"&{KEYS[number]}" if number < len(KEYS) else "  "
            action = self.addAction(f"{key}  {self._name(path)}\t{self._folder(path)}")
            action.setToolTip(str(path))
            action.setData(str(path))
        self.addSeparator()
        self.addAction("&Clear this list", self._recent.clear)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit(Path(action.data()))

    def _name(self, path: Path) -> str:
        return self._short(path.name, NAME_EMS)

    def _folder(self, path: Path) -> str:
        folder = path.parent
        if folder.is_relative_to(Path.home()):
            folder = "~" / folder.relative_to(Path.home())
        return self._short(str(folder), FOLDER_EMS)

    def _short(self, text: str, ems: int) -> str:
        metrics = self.fontMetrics()
        width = ems * metrics.horizontalAdvance("m")
        text = "".join(c if c.isprintable() else "?" for c in text)
        return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width).replace("&", "&&")
