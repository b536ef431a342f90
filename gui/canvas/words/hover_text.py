"""What the card of a layer says of the place under the mouse."""

from PySide6.QtGui import QImage

from engine.architecture import ArchitectureSpec
from engine.inspection import Inspection
from gui.canvas.cards.hover_card import neuron_numbers
from gui.canvas.items.receptive_fields import fields
from gui.canvas.live_picture import LivePicture
from gui.canvas.targets import Target
from gui.canvas.words.tips import column_tip, neuron_name
from gui.common.input_picture import input_image


def hover_text(target: Target, architecture: ArchitectureSpec) -> str:
    """Rich text: the layer, and the neuron in it."""
    text = column_tip(target.index, architecture)
    if target.kind == "neuron":
        text += f"<br><br><b>{neuron_name(target, architecture)}</b>"
    return text


def hover_numbers(target: Target, inspection: Inspection | None) -> str:
    """Of a neuron its z, a, σ'(z) and δ."""
    if inspection is None or target.kind != "neuron":
        return ""
    if target.index == 0:
        return f"x = {inspection.input[target.neuron]:.3g}"
    return neuron_numbers(inspection, target.index - 1, target.neuron)


def hover_image(target: Target, live: LivePicture) -> QImage | None:
    """The input, or what a neuron of the first layer looks for, where inputs are an image."""
    if live.image is None:
        return None
    theme = live.look.theme
    if target.index == 0 and live.inspection is not None:
        return input_image(live.inspection.input, live.image, theme)
    if target.index == 1 and target.kind == "neuron" and live.weights is not None:
        row = live.weights.W[0][target.neuron : target.neuron + 1]
        return fields(row, live.image, theme)[0]
    return None
