"""Everything that can be done from a menu, a key or a button: one table."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

StandardKey = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Entry:
    """``name`` is the slot of ``Commands`` that the action calls, without ``on_``."""

    name: str
    menu: str
    text: str
    keys: tuple[str | StandardKey, ...] = ()
    tip: str = ""
    checkable: bool = False


ENTRIES = (
    Entry("new", "&File", "&New", (StandardKey.New,), "784-30-30-10 on MNIST, the chapter's start"),
    Entry("open", "&File", "&Open…", (StandardKey.Open,), "Open an experiment (.toml)"),
    Entry("save", "&File", "&Save", (StandardKey.Save,), "Save the experiment to its file"),
    Entry(
        "save_as", "&File", "Save &as…", ("Ctrl+Shift+S",), "Save the experiment to another file"
    ),
    Entry("quit", "&File", "&Quit", (StandardKey.Quit,)),
    Entry(
        "play", "&Run", "&Play", ("Space",), "Train until the last epoch, or pause", checkable=True
    ),
    Entry("step", "&Run", "One &step", ("S",), "Train one mini-batch"),
    Entry("epoch", "&Run", "One &epoch", ("E",), "Train to the end of this epoch"),
    Entry(
        "restart", "&Run", "&Restart", ("R",), "Back to the same initial weights and the same order"
    ),
    Entry("new_seed", "&Run", "&New seed", ("N",), "Other initial weights, another order"),
    Entry("dark", "&View", "&Dark", ("Ctrl+D",), "Light on dark, or dark on light", checkable=True),
    Entry("larger", "&View", "&Larger type", ("Ctrl++", "Ctrl+="), "For the last row of the hall"),
    Entry("smaller", "&View", "&Smaller type", ("Ctrl+-",)),
    Entry(
        "settings", "&View", "Se&ttings panel", ("F4",), "Show or fold the settings", checkable=True
    ),
    Entry(
        "half_rate", "&View", "30 &frames a second", (),
        "Half as many pictures: training gets the time", checkable=True,
    ),
    Entry("full_screen", "&View", "F&ull screen", ("F11",), "", checkable=True),
    Entry("about", "&Help", "&About Nablascope"),
)  # fmt: skip


def make_actions(commands: QObject) -> dict[str, QAction]:
    """One action per entry, connected to ``commands.on_<name>``."""
    actions = {}
    for entry in ENTRIES:
        action = QAction(entry.text, commands)
        action.setObjectName(entry.name)
        action.setCheckable(entry.checkable)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        label = entry.text.replace("&", "").rstrip("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(" · ".join(part for part in (label, entry.tip, keys) if part))
        action.triggered.connect(getattr(commands, f"on_{entry.name}"))
        actions[entry.name] = action
    return actions
