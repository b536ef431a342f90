"""The menu of one layer; it iterates the engine's tables."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from engine.activations import ACTIVATIONS, HIDDEN, Activation
from engine.costs import COSTS
from engine.initializers import BIAS_INITIALIZERS, INITIALIZERS
from engine.spec import Experiment

Command = tuple[str, str, str, str]  # verb; for "choose": field, key, and what undo calls it

FIELDS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("activation", "&Activation", HIDDEN),
    ("initializer", "Initial &weights", INITIALIZERS),
    ("bias", "Initial &biases", BIAS_INITIALIZERS),
)


class LayerMenu(QMenu):
    """Every action carries a ``Command``; who opens the menu carries it out."""

    def __init__(self, experiment: Experiment, column: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layer_menu")
        self.setToolTipsVisible(True)
        last = len(experiment.architecture.layers)
        hidden = 0 < column < last
        if hidden:
            self._add("&Neurons…", "edit", "Enter")
        if column > 0:
            self._add_choices(experiment, column)
        self.addSeparator()
        if column > 0:
            self._add("Add layer be&fore", "insert_before")
        if column < last:
            self._add("Add layer af&ter", "insert_after", "Ins")
        if hidden:
            self._add("&Duplicate", "duplicate")
            self.addSeparator()
            self._add("&Remove", "remove", "Del")

    def _add(self, text: str, verb: str, keys: str = "") -> None:
        action = self.addAction(f"{text}\t{keys}" if keys else text)
        action.setObjectName(verb)
        action.setData((verb, "", "", ""))

    def _add_choices(self, experiment: Experiment, column: int) -> None:
        layer = experiment.architecture.layers[column - 1]
        output = column == len(experiment.architecture.layers)
        for field, title, table in FIELDS:
            if field == "activation" and output:
                table = allowed_outputs(experiment)
            menu = self.addMenu(title)
            menu.setObjectName(field)
            menu.setToolTipsVisible(True)
            group = QActionGroup(menu)
            for key, entry in table.items():
                action = QAction(entry.label, group)
                action.setCheckable(True)
                action.setChecked(getattr(layer, field) == key)
                action.setToolTip(entry.formula)
                text = f"{title.replace('&', '')}: {entry.label}"
                action.setData(("choose", field, key, text))
                menu.addAction(action)


def allowed_outputs(experiment: Experiment) -> Mapping[str, Activation]:
    """The activations that the cost allows at the output."""
    output = COSTS[experiment.training.cost].output
    return HIDDEN if output is None else {output: ACTIVATIONS[output]}
