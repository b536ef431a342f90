"""The recent files: their list, their menu, and nonsense in the settings."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from pytestqt.qtbot import QtBot

from gui.recent_files import RecentFiles, RecentMenu
from gui.settings import Settings


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def recent(store: QSettings) -> RecentFiles:
    return RecentFiles(Settings(store))


@pytest.fixture
def menu(recent: RecentFiles, qtbot: QtBot) -> RecentMenu:
    menu = RecentMenu(recent)
    qtbot.addWidget(menu)
    return menu


def texts(menu: RecentMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.data()]


@pytest.mark.parametrize("count", [0, 1, 2, 10, 25])
def test_ten_are_kept_the_newest_first(recent: RecentFiles, tmp_path: Path, count: int) -> None:
    for number in range(count):
        recent.add(tmp_path / f"{number}.toml")
    again = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    names = [path.stem for path in RecentFiles(Settings(again)).paths]
    assert names == [str(number) for number in reversed(range(count))][:10]


def test_one_that_comes_again_moves_to_the_top(recent: RecentFiles, tmp_path: Path) -> None:
    for name in ("a, b.toml", "ä&β.toml", "c%20=;.toml", "a, b.toml"):
        recent.add(tmp_path / name)
    assert [path.name for path in recent.paths] == ["a, b.toml", "c%20=;.toml", "ä&β.toml"]
    recent.remove(tmp_path / "c%20=;.toml")
    assert [path.name for path in recent.paths] == ["a, b.toml", "ä&β.toml"]


ANOTHER_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from gui.recent_files import RecentFiles
from gui.settings import Settings
store = QSettings(sys.argv[1], QSettings.Format.IniFormat)
RecentFiles(Settings(store)).add(Path("/other.toml"))
"""


def test_two_processes_forget_nothing_of_each_other(recent: RecentFiles, tmp_path: Path) -> None:
    recent.add(Path("/one.toml"))
    arguments = [sys.executable, "-c", ANOTHER_WINDOW, str(tmp_path / "settings.ini")]
    subprocess.run(arguments, cwd=Path(__file__).parents[2], check=True)
    recent.add(Path("/two.toml"))
    assert [path.stem for path in recent.paths] == ["two", "other", "one"]


@pytest.mark.parametrize(
    "nonsense", [7, 1.5, True, b"\0\xff", {"a": 1}, [[1], None, "", 3], "", "relative.toml", "\0"]
)
def test_nonsense_in_the_settings(
    recent: RecentFiles, store: QSettings, tmp_path: Path, nonsense: object
) -> None:
    store.setValue("recent", nonsense)
    store.sync()
    assert recent.paths == []
    recent.add(tmp_path / "a.toml")
    assert recent.paths == [tmp_path / "a.toml"]


def test_a_settings_file_of_noise(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_bytes(b"[General]\nrecent=@ByteArray(\xff)\n\0\0[[[\nrecent=\\x")
    recent = RecentFiles(Settings(QSettings(str(path), QSettings.Format.IniFormat)))
    assert recent.paths == []


def test_the_menu_shows_name_and_folder(
    menu: RecentMenu, recent: RecentFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    recent.add(tmp_path / "fish & chips" / "R&D.toml")
    recent.add(Path("/") / ("d" * 300) / ("n" * 250 + ".toml"))
    menu.aboutToShow.emit()
    long, short = texts(menu)
    assert short == "&2  R&&D.toml\t~/fish && chips"
    assert long.startswith("&1  nnn")
    assert "…" in long.split("\t")[0]
    assert "…" in long.split("\t")[1]
    assert len(long) < 150
    assert menu.actions()[0].toolTip() == f"/{'d' * 300}/{'n' * 250}.toml"


def test_numbers_choose(menu: RecentMenu, recent: RecentFiles, qtbot: QtBot) -> None:
    for number in range(10):
        recent.add(Path(f"/{number}.toml"))
    menu.popup(QPoint(0, 0))
    with qtbot.waitSignal(menu.chosen) as chosen:
        qtbot.keyClick(menu, Qt.Key.Key_3)
    assert chosen.args == [Path("/7.toml")]
    assert menu.isHidden()


def test_clear(menu: RecentMenu, recent: RecentFiles, qtbot: QtBot) -> None:
    assert not menu.menuAction().isEnabled()
    recent.add(Path("/a.toml"))
    assert menu.menuAction().isEnabled()
    menu.popup(QPoint(0, 0))
    with qtbot.assertNotEmitted(menu.chosen):
        qtbot.keyClick(menu, Qt.Key.Key_C)
    assert recent.paths == []
    assert not menu.menuAction().isEnabled()
