"""What the controls of the chain have in common: one door for their edits."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.chain.spec import ChainSpec
from engine.faults import InputError
from gui.document import ChainDocument
from gui.theme import Theme

Edit = Callable[[ChainSpec], ChainSpec]


class ControlPart(QWidget):
    """Shows a chain, and changes that of the document."""

    refused = Signal(str)  # a sentence: what was asked for cannot be
    neuron_chosen = Signal(int)  # from 1

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__()
        self._document, self._theme = document, theme
        self.edited: ChainSpec | None = None  # what it made last

    def show_chain(self, chain: ChainSpec) -> None:
        raise NotImplementedError  # every part shows something else

    def change(self, text: str, edit: Edit, key: object = None) -> None:
        """One undoable step; what cannot be is told, and the old is shown again."""
        try:
            chain = edit(self._document.chain)
        except InputError as error:
            self.refused.emit(str(error))
            self.show_chain(self._document.chain)
        else:
            self.edited = chain
            self._document.change(text, chain, key)
