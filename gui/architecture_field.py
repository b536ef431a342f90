"""The architecture as text, shown and typed: 784-[30 relu]*20-10."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from engine.architecture_text import TextFault, describe, rewrite
from engine.spec import Experiment
from gui.common.fault_note import FaultNote
from gui.common.fitting_line import FittingLine
from gui.common.sentence import as_sentence
from gui.common.squiggle import characters, paint_squiggle, units
from gui.common.word_completer import WordCompleter
from gui.document import ExperimentDocument
from gui.theme import Theme

LONGEST_UNDO = 40  # characters of the text in the name of an undo step
TYPING_MS = 700  # a fault at the cursor may be a word that is not yet whole
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
HELP = """<b>Architecture</b>: the sizes of the layers, from the input to the output
<table cellspacing="3">
<tr><td><code>784-30-30-10&nbsp;</code></td><td>two hidden layers of 30 sigmoid neurons</td></tr>
<tr><td><code>[30 relu]*20</code></td><td>20 layers of 30 ReLU neurons</td></tr>
<tr><td><code>(30-20)*3</code></td><td>30-20-30-20-30-20</td></tr>
<tr><td><code>[30 frozen]</code></td><td>training leaves its weights and biases</td></tr>
<tr><td><code>+1&gt;3</code></td><td>at the end: a skip connection from layer 1 to layer 3;
0 is the input</td></tr></table>
Enter applies, Esc brings the old text back. Input and output follow the data set."""


class ArchitectureField(FittingLine):
    """Shows the document's architecture unless it is being edited; Enter makes it one undo step.

    A wrong text is marked where it is wrong and stays until it is mended, given up with Esc, or
    the architecture changes elsewhere.
    """

    refused = Signal(str)  # one sentence, when Enter is pressed on a wrong text
    finished = Signal()  # the focus may go elsewhere

    def __init__(
        self, document: ExperimentDocument, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._fault: TextFault | None = None
        self._note = FaultNote(self)
        self._completer = WordCompleter(self)
        self._late = QTimer(self, singleShot=True, interval=TYPING_MS)
        self.setObjectName("architecture")
        self.setAccessibleName("Architecture")
        self.setMaxLength(1_000_000)
        self._late.timeout.connect(self._on_typing_paused)
        self.textEdited.connect(self._on_text_edited)
        document.changed.connect(self._on_experiment_changed)
        self._architecture = document.experiment.architecture
        self._show_document()

    @property
    def fault(self) -> TextFault | None:
        """What is marked."""
        return self._fault

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def apply(self) -> bool:
        """Make what is typed the document's architecture; False if it is wrong, and marked."""
        if not self.isModified():
            return True
        try:
            experiment = rewrite(self._document.experiment, self.text())
        except TextFault as fault:
            self._mark(fault)
            return False
        self._document.change(_step(experiment), experiment)
        self._show_document()
        return True

    # -- from the document -----------------------------------------------------------------

    def _show_document(self) -> None:
        self._architecture = self._document.experiment.architecture
        self._mark(None)
        self.setText(describe(self._architecture))
        self.setCursorPosition(0)

    @Slot(object)
    def _on_experiment_changed(self, experiment: Experiment) -> None:
        is_edited = self.isModified() and self.hasFocus()
        if experiment.architecture != self._architecture and not is_edited:
            self._show_document()

    # -- typing ----------------------------------------------------------------------------

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self._completer.offer(text, self.cursorPosition(), self.cursorRect())
        self._mark(None)
        try:
            rewrite(self._document.experiment, text)
        except TextFault as fault:
            at = characters(text, self.cursorPosition())
            if fault.unfinished or fault.start <= at <= fault.end:
                self._late.start()
            else:
                self._mark(fault)

    @Slot()
    def _on_typing_paused(self) -> None:
        if self._completer.is_open:
            self._late.start()
            return
        try:
            rewrite(self._document.experiment, self.text())
        except TextFault as fault:
            self._mark(fault)

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if self._has_nothing_to(event):
                event.ignore()  # the document's undo has
                return False
        if self._completer.is_open and event.key() in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
            event.ignore()  # the list of words takes it; a Tab would leave the field
            return False
        return super().event(event)

    def _has_nothing_to(self, event: QKeyEvent) -> bool:
        undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
        redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
        return undo or redo

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.apply():
            self.finished.emit()
        elif self._fault:
            start = units(self.text(), self._fault.start)
            self.setSelection(start, units(self.text(), self._fault.end) - start)
            self.refused.emit(_sentence(self._fault))

    def _escape(self) -> None:
        if self.isModified():
            self._show_document()
            self.selectAll()
        else:
            self.finished.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._fault:
            self._mark(self._fault)
        elif event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)  # after the click has set the cursor
        elif event.reason() not in PASSING:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._note.hide()
        if event.reason() in PASSING:
            return
        if self.apply():
            self.setCursorPosition(0)
        elif self._fault:
            self.setCursorPosition(units(self.text(), self._fault.start))

    # -- the mark --------------------------------------------------------------------------

    def _mark(self, fault: TextFault | None) -> None:
        self._late.stop()
        self._fault = fault
        sentence = _sentence(fault) if fault else ""
        self.elides = fault is None  # else the mark would be lost
        self.setToolTip(sentence or HELP)
        self.setAccessibleDescription(sentence)
        if bool(self.property("fault")) != bool(fault):
            self.setProperty("fault", bool(fault))
            self.style().unpolish(self)
            self.style().polish(self)
        if fault and self.hasFocus():
            self._note.show_below(self, sentence)
        else:
            self._note.hide()
        self.update()

    def _span(self, fault: TextFault) -> tuple[float, float]:
        """Where the fault begins and ends, in pixels."""
        metrics, text = self.fontMetrics(), self.text()
        before = metrics.horizontalAdvance(text[: characters(text, self.cursorPosition())])
        left = self.cursorRect().left() + 5 - before  # Qt's rectangle begins 5 before the cursor
        start = left + metrics.horizontalAdvance(text[: fault.start])
        wide = metrics.horizontalAdvance(text[fault.start : fault.end])
        return start, start + max(wide, metrics.horizontalAdvance("0"))

    # -- picture ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # scrolls to the cursor
        if self._fault:
            start, end = self._span(self._fault)
            paint_squiggle(self, self.room, start, end, self._theme.exploding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._follow()

    def _follow(self) -> None:
        if self._note.isVisible():
            self._note.place(self)


def _sentence(fault: TextFault) -> str:
    text = as_sentence(str(fault))
    return text if text.endswith("?") else f"{text}."


def _step(experiment: Experiment) -> str:
    text = describe(experiment.architecture)
    if len(text) > LONGEST_UNDO:
        half = LONGEST_UNDO // 2
        text = f"{text[:half]}…{text[-half:]}"
    return f"Architecture {text}"
