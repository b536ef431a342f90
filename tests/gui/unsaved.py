"""A window's part in unsaved work, for the tests of it."""

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.chain.edits import set_weight
from engine.chain.spec import start_chain
from engine.edits import change_training
from engine.spec import Experiment
from gui.common.message_bar import MessageBar
from gui.document import ChainDocument, ExperimentDocument
from gui.files import Files
from gui.recent_files import RecentFiles
from gui.recovery import Recovery
from gui.settings import Settings

ROOT = Path(__file__).parents[2]
SMALL = Experiment(dense(2, 3, 2))
DELAY = 30  # milliseconds, instead of seconds


class Session(QWidget):
    """What a window has of it: the documents, their files, the offer in a bar, and complaints."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.document = ExperimentDocument(SMALL, self)
        self.chain_document = ChainDocument(start_chain(), self)
        self.files = Files((self.document, self.chain_document), self, RecentFiles(Settings(store)))
        self.recovery = Recovery(self.files, folder / "unsaved", DELAY)
        self.bar = MessageBar(self)
        QVBoxLayout(self).addWidget(self.bar)
        self.complaints: list[str] = []
        self.recovery.offered.connect(self.bar.ask)
        self.bar.answered.connect(self.recovery.answer)
        self.recovery.complained.connect(self.complaints.append)
        self.folder = folder / "unsaved"
        self.show()

    def edit(self, eta: float) -> None:
        self.document.change("η", change_training(self.document.experiment, eta=eta))

    def edit_chain(self, w: float) -> None:
        chain = set_weight(self.chain_document.chain, 2, w)
        self.chain_document.change("Set w₂", chain)

    @property
    def eta(self) -> float:
        return self.document.experiment.training.eta

    def kept(self) -> list[str]:
        """Names of the files that are there, without the random part."""
        return sorted(path.suffix for path in self.folder.glob("*"))

    def buttons(self) -> dict[str, QPushButton]:
        return {b.text(): b for b in self.bar.findChildren(QPushButton) if b.isVisible()}


def keep(session: Session, eta: float, qtbot: QtBot) -> None:
    session.edit(eta)
    qtbot.waitUntil(lambda: session.recovery.keepers[0].kept == session.document.version)
