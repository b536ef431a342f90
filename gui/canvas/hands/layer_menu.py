"""The menu of the selected layers; it iterates the engine's tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from engine.activations import ACTIVATIONS, HIDDEN, Activation
from engine.costs import COSTS
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import Experiment
from gui.canvas.words.labels import column_name

Command = tuple[str, Any, Any, str]  # verb; for "choose": field, key, and what undo calls it

FIELDS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("activation", "&Activation", HIDDEN),
    ("initializer", "Initial &weights", INITIALIZERS),
    ("bias", "Initial &biases", BIAS_INITIALIZERS),
)


class LayerMenu(QMenu):
    """Every action carries a ``Command``; who opens the menu carries it out.

    ``columns`` are the selected ones, ``column`` is the one under the hand.
    """

    def __init__(
        self, experiment: Experiment, column: int, columns: Sequence[int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("layer_menu")
        self.setToolTipsVisible(True)
        self._experiment, self._columns = experiment, columns
        last = len(experiment.architecture.layers)
        hidden = all(0 < k < last for k in columns)
        if hidden:
            self._add("&Neurons…", "edit", "Enter")
        if 0 not in columns:
            self._add_choices(output=last in columns)
            self._add_freeze()
        self._add_skips(self, column)
        self.addSeparator()
        if column > 0:
            self._add("Add layer be&fore", "insert_before")
        if column < last:
            self._add("Add layer af&ter", "insert_after", "Ins")
        if hidden:
            for text, verb, keys in (
                ("Cu&t", "cut", "Ctrl+X"), ("&Copy", "copy", "Ctrl+C"),
                ("&Duplicate", "duplicate", "Ctrl+D"),
            ):  # fmt: skip
                self._add(text, verb, keys)
        self._add("&Paste", "paste", "Ctrl+V")
        if hidden:
            self.addSeparator()
            self._add("&Remove", "remove", "Del")

    def _add(self, text: str, verb: str, keys: str = "") -> None:
        action = self.addAction(f"{text}\t{keys}" if keys else text)
        action.setObjectName(verb)
        action.setData((verb, "", "", ""))

    def _add_choices(self, output: bool) -> None:
        layers = [self._experiment.architecture.layers[k - 1] for k in self._columns]
        for field, title, table in FIELDS:
            if field == "activation" and output:
                table = allowed_outputs(self._experiment)
            menu = self.addMenu(title)
            menu.setObjectName(field)
            menu.setToolTipsVisible(True)
            group = QActionGroup(menu)
            for key, entry in table.items():
                action = QAction(entry.label, group)
                action.setCheckable(True)
                action.setChecked(all(getattr(layer, field) == key for layer in layers))
                action.setToolTip(entry.formula)
                text = f"{title.replace('&', '')}: {entry.label}"
                action.setData(("choose", field, key, text))
                menu.addAction(action)

    def _add_freeze(self) -> None:
        layers = [self._experiment.architecture.layers[k - 1] for k in self._columns]
        frozen = all(layer.frozen for layer in layers)
        what = "layer" if len(layers) == 1 else f"{len(layers)} layers"
        action = self.addAction("Fro&zen")
        action.setObjectName("freeze")
        action.setCheckable(True)
        action.setChecked(frozen)
        action.setToolTip("Training leaves the weights and biases as they are")
        text = f"Release {what}" if frozen else f"Freeze {what}"
        action.setData(("choose", "frozen", not frozen, text))

    def _add_skips(self, menu: QMenu, column: int) -> None:
        """Those that are there are checked; choosing one of them removes it."""
        architecture = self._experiment.architecture
        there = {pair: k for k, pair in enumerate(architecture.skip_columns)}
        skips = QMenu("&Skip connection to", menu)
        skips.setObjectName("skips")
        for target in range(column + 2, len(architecture.sizes)):
            action = skips.addAction(column_name(architecture, target))
            action.setCheckable(True)
            index = there.get((column, target))
            action.setChecked(index is not None)
            command = ("skip", column, target, "") if index is None else ("unskip", index, "", "")
            action.setData(command)
        if skips.actions():
            menu.addMenu(skips)


def allowed_outputs(experiment: Experiment) -> Mapping[str, Activation]:
    """The activations that the cost allows at the output."""
    output = COSTS[experiment.training.cost].output
    return HIDDEN if output is None else {output: ACTIVATIONS[output]}
