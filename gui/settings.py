"""What the program remembers between two sessions: never anything that a file should hold."""

from PySide6.QtCore import QByteArray, QSettings

from gui.timeline.memory import MEGABYTES, USUAL


class Settings:
    """Typed access to QSettings; every value has a default and survives nonsense in the file."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "nablascope", "window"
        )

    @property
    def theme(self) -> str:
        return str(self._store.value("theme", "light"))

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def scale(self) -> float:
        try:
            return min(3.0, max(0.7, float(str(self._store.value("scale", 1.0)))))
        except ValueError:
            return 1.0

    @scale.setter
    def scale(self, scale: float) -> None:
        self._store.setValue("scale", scale)

    @property
    def geometry(self) -> QByteArray:
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    @property
    def plots(self) -> QByteArray:
        """Which instruments are open, and where."""
        value = self._store.value("plots", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    @plots.setter
    def plots(self, layout: QByteArray) -> None:
        self._store.setValue("plots", layout)

    @property
    def time_line_memory(self) -> int:
        """Megabytes for the earlier moments of a run: one of ``MEGABYTES``."""
        value = str(self._store.value("time_line_memory", USUAL))
        known = {str(megabytes): megabytes for megabytes in MEGABYTES}
        return known.get(value, USUAL)

    @time_line_memory.setter
    def time_line_memory(self, megabytes: int) -> None:
        self._store.setValue("time_line_memory", megabytes)

    @property
    def recent(self) -> list[str]:
        """Files, the newest first; what another window of the program has added is among them."""
        self._store.sync()
        value = self._store.value("recent", [])
        names = [value] if isinstance(value, str) else value  # a list of one comes back as a text
        if not isinstance(names, list):
            return []
        return [name for name in names if isinstance(name, str) and name]

    @recent.setter
    def recent(self, names: list[str]) -> None:
        self._store.setValue("recent", names)
        self._store.sync()
