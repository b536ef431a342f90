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
    Entry(
        "export_weights", "&File", "&Export weights…", (),
        "The weights and biases as they are now, as NumPy arrays (.npz)",
    ),
    Entry("quit", "&File", "&Quit", (StandardKey.Quit,)),
    Entry("cut", "&Edit", "Cu&t layers", (StandardKey.Cut,), "Layers as text, to paste anywhere"),
    Entry("copy", "&Edit", "&Copy layers", (StandardKey.Copy,), "The selected layers, as text"),
    Entry(
        "paste", "&Edit", "&Paste layers", (StandardKey.Paste,),
        "After the selected layer; a text such as 30-[20 relu] can be pasted too",
    ),
    Entry("duplicate", "&Edit", "&Duplicate layers", ("Ctrl+D",), "Copies after the selected ones"),
    Entry("remove", "&Edit", "&Remove", (), "What is selected: layers or a skip connection"),
    Entry("select_all", "&Edit", "Select &all", (StandardKey.SelectAll,), "All layers"),
    Entry(
        "architecture", "&Edit", "Arc&hitecture as text", ("Ctrl+L",),
        "Type the network: 784-[30 relu]*20-10",
    ),
    Entry(
        "play", "&Run", "&Play", ("Space",), "Train until the last epoch, or pause", checkable=True
    ),
    Entry("step", "&Run", "One &step", ("S",), "Train one mini-batch"),
    Entry("epoch", "&Run", "One &epoch", ("E",), "Train to the end of this epoch"),
    Entry(
        "restart", "&Run", "&Restart", ("R",), "Back to the same initial weights and the same order"
    ),
    Entry("new_seed", "&Run", "&New seed", ("N",), "Other initial weights, another order"),
    Entry(
        "forward_pass", "&Run", "&Forward pass", ("F",),
        "Watch the activations travel from the input to the output",
    ),
    Entry(
        "backward_pass", "&Run", "&Backward pass", ("B",),
        "Watch the error travel from the output to the first layer",
    ),
    Entry("zoom_in", "&View", "Zoom &in", ("Ctrl++", "Ctrl+="), "More of the neurons"),
    Entry("zoom_out", "&View", "Zoom &out", ("Ctrl+-",)),
    Entry("zoom_fit", "&View", "&Whole network", ("Ctrl+0",)),
    Entry(
        "dark", "&View", "&Dark", ("Ctrl+Shift+D",), "Light on dark, or dark on light",
        checkable=True,
    ),
    Entry(
        "larger", "&View", "&Larger type", ("Ctrl+>", "Ctrl+Shift+."),
        "For the last row of the hall",
    ),
    Entry("smaller", "&View", "&Smaller type", ("Ctrl+<", "Ctrl+Shift+,")),
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
