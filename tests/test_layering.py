import subprocess
import sys

WITHOUT_QT = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "pyqtgraph", "gui"):
    sys.modules[name] = None
import engine
for module in pkgutil.walk_packages(engine.__path__, "engine."):
    importlib.import_module(module.name)
"""


def test_engine_imports_without_qt() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_QT], check=True)
