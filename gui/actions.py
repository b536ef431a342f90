"""Everything that can be done from a menu, a key or a button: one table."""

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.chain import table as studies
from gui.view_switch import CHAIN, NETWORK

StandardKey = QKeySequence.StandardKey
EXPERIMENTS = "The book's e&xperiments"  # a menu of the network's, with a table of its own
MOMENTS = ("moment_back", "moment_forward")  # wherever the window's network is shown
STUDY = "study_"  # before the key of a study of the chain


@dataclass(frozen=True, slots=True)
class Entry:
    """``name`` is the slot of ``Commands`` that the action calls, without ``on_``.

    One that belongs to a ``view`` can be done there only. Keys may stand in two views.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str | StandardKey, ...] = ()
    tip: str = ""
    checkable: bool = False
    view: str = ""
    slot: str = ""  # where several actions share one


ENTRIES = (
    Entry("new", "&File", "&New", (StandardKey.New,), "The start of the view that is shown"),
    Entry("open", "&File", "&Open…", (StandardKey.Open,), "Open an experiment or a chain (.toml)"),
    Entry("save", "&File", "&Save", (StandardKey.Save,), "Save what is open to its file"),
    Entry(
        "save_as", "&File", "Save &as…", ("Ctrl+Shift+S",), "Save what is open to another file"
    ),
    Entry(
        "export_weights", "&File", "&Export weights…", (),
        "The weights and biases as they are now, as NumPy arrays (.npz)", view=NETWORK,
    ),
    Entry(
        "export_plots", "&File", "Export all p&lots…", ("Ctrl+Alt+E",),
        "Every plot that is open, each as a file: PNG, SVG, PDF, or its numbers as CSV",
        view=NETWORK,
    ),
    Entry(
        "export_runs", "&File", "Export r&uns…", (),
        "The records of the live run and of those that are shown, as one table (.csv)",
        view=NETWORK,
    ),
    Entry(
        "export_picture", "&File", "&Export picture…", ("Ctrl+Shift+E",),
        "The chain, its terms and its plots as PNG, SVG or PDF", view=CHAIN,
    ),
    Entry("quit", "&File", "&Quit", (StandardKey.Quit,)),
    Entry(
        "cut", "&Edit", "Cu&t layers", (StandardKey.Cut,),
        "Layers as text, to paste anywhere", view=NETWORK,
    ),
    Entry(
        "copy", "&Edit", "&Copy layers", (StandardKey.Copy,),
        "The selected layers, as text", view=NETWORK,
    ),
    Entry(
        "paste", "&Edit", "&Paste layers", (StandardKey.Paste,),
        "After the selected layer; a text such as 30-[20 relu] can be pasted too", view=NETWORK,
    ),
    Entry(
        "duplicate", "&Edit", "&Duplicate layers", ("Ctrl+D",),
        "Copies after the selected ones", view=NETWORK,
    ),
    Entry(
        "remove", "&Edit", "&Remove", (),
        "What is selected: layers or a skip connection", view=NETWORK,
    ),
    Entry(
        "select_all", "&Edit", "Select &all", (StandardKey.SelectAll,),
        "All layers", view=NETWORK,
    ),
    Entry(
        "architecture", "&Edit", "Arc&hitecture as text", ("Ctrl+L",),
        "Type the network: 784-[30 relu]*20-10", view=NETWORK,
    ),
    Entry(
        "copy_chain", "&Edit", "&Copy as text", (StandardKey.Copy,),
        "The numbers of every neuron as a table, and the formula in LaTeX", view=CHAIN,
    ),
    Entry(
        "copy_latex", "&Edit", "Copy as &LaTeX", ("Ctrl+Shift+C",),
        "∂C/∂b₁ as a product, with its numbers", view=CHAIN,
    ),
    Entry(
        "play", "&Run", "&Play", ("Space",),
        "Train until the last epoch, or pause", checkable=True, view=NETWORK,
    ),
    Entry("step", "&Run", "One &step", ("S",), "Train one mini-batch", view=NETWORK),
    Entry("epoch", "&Run", "One &epoch", ("E",), "Train to the end of this epoch", view=NETWORK),
    Entry(
        "moment_back", "&Run", "One moment &back", ("[",),
        "Look at the run as it was", view=NETWORK,
    ),
    Entry(
        "moment_forward", "&Run", "One moment for&ward", ("]",),
        "Towards the newest moment", view=NETWORK,
    ),
    Entry(
        "branch", "&Run", "Branc&h here", ("Ctrl+Shift+B",),
        "Train on from the moment that is looked back to, as a new run", view=NETWORK,
    ),
    Entry(
        "restart", "&Run", "&Restart", ("R",),
        "Back to the same initial weights and the same order", view=NETWORK,
    ),
    Entry(
        "new_seed", "&Run", "&New seed", ("N",),
        "Other initial weights, another order", view=NETWORK,
    ),
    Entry(
        "forward_pass", "&Run", "&Forward pass", ("F",),
        "Watch the activations travel from the input to the output", view=NETWORK,
    ),
    Entry(
        "backward_pass", "&Run", "&Backward pass", ("B",),
        "Watch the error travel from the output to the first layer", view=NETWORK,
    ),
    Entry(
        "nudge", "C&hain", "&Nudge b₁", ("Space",),
        "Watch a change of b₁ travel to C, or pause it", view=CHAIN,
    ),
    Entry(
        "redraw", "C&hain", "&Draw new values", ("N",),
        "Other weights and biases from the same distributions", view=CHAIN,
    ),
    Entry(
        "longer_chain", "C&hain", "One neuron &more", ("+", "="),
        "Up to 12 have sliders, up to 1,000 are drawn at random", view=CHAIN,
    ),
    Entry("shorter_chain", "C&hain", "One neuron &fewer", ("-",), view=CHAIN),
    Entry(
        "reset_chain", "C&hain", "&Reset the chain", ("R",),
        "Back to the four neurons of the start", view=CHAIN,
    ),
    *(
        Entry(
            STUDY + entry.key, "C&hain", entry.label, (entry.keys,), entry.tip, view=CHAIN,
            slot="study",
        )
        for entry in studies.ENTRIES
    ),
    Entry(
        "network", "&View", "&Network", ("Ctrl+1",), "Draw a network, train it, watch its layers",
        checkable=True,
    ),
    Entry(
        "chain", "&View", "&Chain", ("Ctrl+2",),
        "One neuron per layer: the product that makes gradients unstable", checkable=True,
    ),
    Entry(
        "zoom_in", "&View", "Zoom &in", ("Ctrl++", "Ctrl+="),
        "More of the neurons", view=NETWORK,
    ),
    Entry("zoom_out", "&View", "Zoom &out", ("Ctrl+-",), view=NETWORK),
    Entry("zoom_fit", "&View", "&Whole network", ("Ctrl+0",), view=NETWORK),
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
        "settings", "&View", "Se&ttings panel", ("F4",),
        "Show or fold the settings", checkable=True, view=NETWORK,
    ),
    Entry(
        "maximise_plot", "&View", "&Maximise a plot", ("M",),
        "The plot with the focus or under the pointer, over the whole window, and back",
        view=NETWORK,
    ),
    Entry(
        "plots_only", "&View", "&Only plots", ("F6",),
        "The plots over the room of the network, or beside it", checkable=True, view=NETWORK,
    ),
    Entry(
        "usual_plots", "&View", "&Usual plots", ("Shift+F6",),
        "Speed of learning, profile, cost and accuracy, beside the network", view=NETWORK,
    ),
    Entry(
        "every_plot", "&View", "&All plots", ("Ctrl+F6",),
        "Every plot at once, over the room of the network", view=NETWORK,
    ),
    Entry(
        "half_rate", "&View", "30 &frames a second", (),
        "Half as many pictures: training gets the time", checkable=True, view=NETWORK,
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
        action.triggered.connect(getattr(commands, f"on_{entry.slot or entry.name}"))
        actions[entry.name] = action
    return actions


def offer(
    actions: dict[str, QAction], menus: dict[str, QMenu], view: str, also: Collection[str] = ()
) -> None:
    """What can be done in this view, and ``also`` there; a key of another view is free for it."""
    for entry in ENTRIES:
        if entry.view:
            offered = entry.view == view or entry.name in also
            actions[entry.name].setEnabled(offered)
            actions[entry.name].setVisible(offered)
    for title, menu in menus.items():
        of_view = view == NETWORK or title != EXPERIMENTS
        some = any(action.isVisible() for action in menu.actions())
        menu.menuAction().setVisible(of_view and some)
