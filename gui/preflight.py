"""Looks, before Qt starts, for what Qt would die of without a word that helps; imports no Qt."""

import ctypes
import importlib
import os
import re
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Shared library -> Debian package. The second group is loaded by Qt's X11 plugin on its own: if
# one is missing, Qt aborts and blames libxcb-cursor0 whichever it is.
_FOR_QT = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1", "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}  # fmt: skip
_FOR_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0", "libxcb.so.1": "libxcb1",
}  # fmt: skip
_LIBRARY = re.compile(r"lib[\w+-]+(?:\.\w+)*?\.so[.\d]*")


def fault(environment: Mapping[str, str] = os.environ) -> str | None:
    """One sentence that says what is missing and what helps, or None if the window can start."""
    return (
        version_fault(_version("PySide6_Essentials"), sys.version_info[:2])
        or _import_fault()
        or (_display_fault(environment) if sys.platform.startswith("linux") else None)
    )


def version_fault(pyside: str | None, python: tuple[int, ...]) -> str | None:
    """PySide6 from 6.12 on takes references to None that Python before 3.12 counts: it aborts."""
    if pyside is None:
        return (
            "PySide6 is not installed for this Python: run `python -m pip install -e .` in the"
            " project's folder, or start with the command in the README."
        )
    numbers = tuple(int(n) for n in re.findall(r"\d+", pyside)[:2])
    if numbers >= (6, 12) and python < (3, 12):
        return (
            f"PySide6 {pyside} crashes on Python {python[0]}.{python[1]}: run"
            " `python -m pip install 'PySide6-Essentials<6.12'`, or use Python 3.12 or later."
        )
    return None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _import_fault() -> str | None:
    for module in ("numpy", "PySide6.QtWidgets", "PySide6.QtSvg", "pyqtgraph"):
        try:
            importlib.import_module(module)
        except ImportError as error:
            if found := _LIBRARY.search(str(error)):
                return _missing([found.group()])
            return f"{module} cannot be imported ({error}): run `python -m pip install -e .`."
    return None


def _missing(libraries: list[str]) -> str:
    known = _FOR_QT | _FOR_X11
    packages = " ".join(known.get(library, library) for library in libraries)
    names = ", ".join(libraries)
    return (
        f"Qt cannot start because {names} cannot be loaded: on Debian or Ubuntu run"
        f" `sudo apt install {packages}`, elsewhere install the package that holds it."
    )


def _display_fault(environment: Mapping[str, str]) -> str | None:
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith("xcb"):
        return None
    wayland = environment.get("WAYLAND_DISPLAY")
    if not platform and wayland and _wayland_socket(environment, wayland).exists():
        return None
    if not environment.get("DISPLAY"):
        return (
            "There is no display (DISPLAY and WAYLAND_DISPLAY are not set): start it in a desktop"
            " session or with `ssh -X`, or train without a window with `main.py run`."
        )
    if missing := [library for library in _FOR_X11 if not _loads(library)]:
        return _missing(missing)
    if not _answers(environment["DISPLAY"]):
        return (
            f"The display {environment['DISPLAY']} does not answer: set DISPLAY to the one of your"
            " desktop session (`echo $DISPLAY` in a terminal there shows it)."
        )
    return None


def _wayland_socket(environment: Mapping[str, str], name: str) -> Path:
    return Path(environment.get("XDG_RUNTIME_DIR", "/run")) / name


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    answers: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers
