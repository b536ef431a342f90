"""The page of the chain: its drawing and sliders, one study of it, and the chapter's examples."""

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.chain.edits import draw_again, set_length
from engine.chain.spec import start_chain
from engine.chain.trace import ChainTrace, trace
from engine.faults import InputError
from engine.snapshot import Snapshot
from engine.spec import Experiment
from gui.chain.stage import Stage
from gui.chain.study import Study
from gui.chain.study_bar import StudyBar
from gui.chain.table import ENTRIES, NUDGE, PLOTS, Entry
from gui.document import ChainDocument
from gui.theme import Theme

BY_KEY: dict[str, Entry] = {entry.key: entry for entry in ENTRIES}


class StudyStack(QStackedWidget):
    """Needs no more room than the study that it shows: the others do not count."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return QSize() if shown is None else shown.minimumSizeHint()


class ChainPanel(QWidget):
    """Traces the document's chain once per frame, and shows the trace in all that is visible."""

    refused = Signal(str)
    subject_wanted = Signal(object)  # engine.inspection.Subject of the network of the window
    study_shown = Signal()

    def __init__(self, document: ChainDocument, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chain")
        self._document, self._theme = document, theme
        self._chosen = 1  # neuron
        self._network: tuple[Experiment, Snapshot] | None = None
        self.trace: ChainTrace = trace(document.chain)
        self.studies: dict[str, Study] = {}
        self._trace_soon = QTimer(self, singleShot=True, interval=0)
        self._trace_soon.timeout.connect(self._on_due)
        self.stage = Stage(document, theme)
        self.below = StudyStack()
        self.bar = StudyBar(ENTRIES)
        self._lay_out()
        document.changed.connect(self._on_chain_changed)
        self.stage.refused.connect(self.refused)
        self.stage.diagram.neuron_chosen.connect(self.choose)
        self.stage.sliders.neuron_chosen.connect(self.choose)
        self.bar.chosen.connect(self._on_bar_chosen)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.stage, 6)
        rows.addWidget(self.below, 4)
        rows.addWidget(self.bar)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def study(self) -> Study:
        if not self.studies:  # made when the page is first looked at: the window opens sooner
            self.show_entry(PLOTS)
        study = self.below.currentWidget()
        assert isinstance(study, Study)  # nothing else is put there
        return study

    @Slot(str)
    def show_entry(self, key: str) -> None:
        """Do what an entry of the table says; ``KeyError`` if it has none such."""
        entry = BY_KEY[key]
        if entry.sets is not None:
            words = entry.label.partition(" ")[2] or entry.label
            self._document.change(words, entry.sets(self._document.chain))
        self._show_study(entry if entry.study else BY_KEY[PLOTS])

    @Slot(str)
    def _on_bar_chosen(self, key: str) -> None:
        if key == NUDGE:
            self.nudge()
        else:
            self.show_entry(key)

    def _show_study(self, entry: Entry) -> None:
        if entry.key not in self.studies:
            self.studies[entry.key] = self._make(entry)
        study = self.studies[entry.key]
        focused = self.focusWidget()
        if self.bar.isAncestorOf(focused) or (entry.whole and self.stage.isAncestorOf(focused)):
            self.bar.buttons[entry.key].setFocus()  # not where Qt puts it, or where it was
        self.stage.setVisible(not entry.whole)
        self.below.setCurrentWidget(study)
        self.below.updateGeometry()
        self.bar.set_chosen(entry.key)
        self._trace_soon.start()
        self._show_network()
        self.study_shown.emit()

    def _make(self, entry: Entry) -> Study:
        study = entry.make(self._document, self._theme)
        study.refused.connect(self.refused)
        study.neuron_chosen.connect(self.choose)
        study.subject_wanted.connect(self.subject_wanted)
        study.set_chosen(self._chosen)
        self.below.addWidget(study)
        return study

    @Slot(int)
    def choose(self, j: int) -> None:
        """Neuron j is looked at, in the drawing and in the study that looks at one."""
        self._chosen = j
        self.stage.diagram.set_chosen(j)
        self.stage.sliders.set_chosen(j)
        for study in self.studies.values():
            study.set_chosen(j)

    # -- commands --------------------------------------------------------------------------

    def redraw(self) -> None:
        """Other weights and biases from the same distributions."""
        self._document.change("Draw new values", draw_again(self._document.chain))

    def reset(self) -> None:
        """The four neurons of the start."""
        self._document.change("Reset the chain", start_chain())

    def add_neurons(self, count: int) -> None:
        """So many more at the end of the chain, or fewer."""
        chain = self._document.chain
        try:
            longer = set_length(chain, chain.neurons + count)
        except InputError as error:
            self.refused.emit(str(error))
        else:
            self._document.change(longer.text.partition(" ·")[0], longer)

    def nudge(self) -> None:
        """Watch a change of b_1 travel to C; again, to pause it."""
        if self.study is not self.studies.get(NUDGE):
            self.show_entry(NUDGE)
        self.study.play()

    # -- from the chain --------------------------------------------------------------------

    @Slot(object)
    def _on_chain_changed(self, _chain: object) -> None:
        self._trace_soon.start()  # again while it waits: many changes, one trace

    @Slot()
    def _on_due(self) -> None:
        if not self.isVisible():
            return
        if self.trace.chain != self._document.chain:
            self.trace = trace(self._document.chain)
        if not self.stage.isHidden():
            self.stage.show_trace(self.trace)
        self.study.show_trace(self.trace)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_network()
        self._trace_soon.start()

    # -- from the network ------------------------------------------------------------------

    def show_network(self, experiment: Experiment, snapshot: Snapshot) -> None:
        """The newest snapshot of the window's run."""
        self._network = experiment, snapshot
        self._show_network()

    def _show_network(self) -> None:
        if not self.isVisible():
            return
        study = self.study
        if self._network is not None:
            study.show_network(*self._network)

    # -- look ------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.stage.set_theme(theme)
        for study in self.studies.values():
            study.set_theme(theme)
        self._trace_soon.start()
