"""The chain for other programs: as text and LaTeX on the clipboard, and as a picture."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from engine.chain.latex import as_latex
from engine.chain.text import as_text
from engine.chain.trace import trace
from engine.faults import InputError
from gui.chain.picture import write_picture
from gui.document import ChainDocument

if TYPE_CHECKING:
    from gui.main_window import MainWindow

FILTER = "Pictures (*.png *.svg *.pdf)"


class ChainExports(QObject):
    """What is copied and written is the chain of the document as it is now."""

    told = Signal(str)
    complained = Signal(str)

    def __init__(self, document: ChainDocument, window: "MainWindow") -> None:
        super().__init__(window)
        self._document, self._window = document, window

    def copy_text(self) -> None:
        """The numbers of every neuron, and the formula in LaTeX."""
        QGuiApplication.clipboard().setText(as_text(trace(self._document.chain)))
        self.told.emit("Copied the chain as a table, with its formula in LaTeX.")

    def copy_latex(self) -> None:
        QGuiApplication.clipboard().setText(as_latex(trace(self._document.chain)))
        self.told.emit("Copied the formula with its numbers as LaTeX.")

    def ask_and_write_picture(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Export picture", str(Path.home() / "chain.png"), FILTER
        )
        if name:
            self.write_picture(Path(name))

    def write_picture(self, path: Path) -> None:
        """PNG, SVG or PDF, as the name ends."""
        try:
            write_picture(path, self._window.chain)
        except InputError as error:
            self.complained.emit(str(error))
        else:
            self.told.emit(f"Saved the picture to {path.name}.")
