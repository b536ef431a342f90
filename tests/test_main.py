"""The program as a process: what it says and how it ends when it cannot start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[1] / "main.py"
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 libraries")


def run(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, str(MAIN), *arguments],
        env={k: v for k, v in variables.items() if v is not None},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr


@ON_LINUX
def test_without_a_display() -> None:
    said = one_line(run(QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None))
    assert "no display" in said
    assert "main.py run" in said


@ON_LINUX
def test_with_a_display_that_does_not_answer(tmp_path: Path) -> None:
    said = one_line(run(QT_QPA_PLATFORM=None, DISPLAY=":4242", WAYLAND_DISPLAY=None))
    # Where the X11 libraries are missing as well, those are named first.
    assert ":4242 does not answer" in said or "sudo apt install libxcb" in said


@ON_LINUX
@pytest.mark.parametrize(
    ("library", "package"), [("libEGL.so.1", "libegl1"), ("libxkbcommon.so.0", "libxkbcommon0")]
)
def test_with_a_library_of_qt_that_cannot_be_loaded(
    library: str, package: str, tmp_path: Path
) -> None:
    (tmp_path / library).write_bytes(b"")  # found before the real one, and no library
    said = one_line(run(LD_LIBRARY_PATH=str(tmp_path), QT_QPA_PLATFORM="offscreen"))
    assert library in said
    assert f"sudo apt install {package}`" in said


@ON_LINUX
def test_with_a_library_of_the_x11_plugin_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "libxcb-cursor.so.0").write_bytes(b"")
    said = one_line(
        run(
            LD_LIBRARY_PATH=str(tmp_path), QT_QPA_PLATFORM=None, WAYLAND_DISPLAY=None,
            DISPLAY=":4242",
        )
    )  # fmt: skip
    assert "libxcb-cursor.so.0" in said
    assert "libxcb-cursor0" in said


def test_without_pyside(tmp_path: Path) -> None:
    """A Python that has NumPy but no Qt: the packages are hidden one by one."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.metadata as m\n"
        "old = m.version\n"
        "def version(name):\n"
        "    if 'PySide6' in name: raise m.PackageNotFoundError(name)\n"
        "    return old(name)\n"
        "m.version = version\n"
    )
    said = one_line(run(PYTHONPATH=str(tmp_path)))
    assert "PySide6 is not installed" in said


@pytest.mark.parametrize(
    "arguments", [["--nonsense"], ["a.toml", "b.toml"], ["run"], ["run", "none.toml", "--out", "x"]]
)
def test_wrong_arguments_are_one_line(arguments: list[str], tmp_path: Path) -> None:
    one_line(run(*arguments))


def test_help() -> None:
    result = run("--help")
    assert result.returncode == 0
    assert "reproduce" in result.stdout
