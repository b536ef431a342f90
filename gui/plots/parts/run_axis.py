"""What the course of a run is drawn against: its epochs or its steps."""

from engine.arrays import Floats
from engine.layer_record import LayerRecord
from engine.snapshot import Snapshot
from gui.common.table_combo import Choice

EPOCHS, STEPS = "epochs", "steps"
AXES = {
    EPOCHS: Choice("epochs", "passes over the training examples"),
    STEPS: Choice("steps", "updates of the weights, one for every mini-batch"),
}
FIRST_STEPS = 20  # that are shown of a run that has just begun


def places(record: LayerRecord, against: str) -> Floats:
    """Where every record stands on the axis."""
    return record.steps if against == STEPS else record.epochs


def reached(snapshot: Snapshot, against: str) -> float:
    """Where the run has come to on the axis."""
    return snapshot.step if against == STEPS else snapshot.epoch


def length(snapshot: Snapshot | None, against: str, epochs: float) -> float:
    """Where it is to end; that many steps are known when the first snapshot comes."""
    if against != STEPS:
        return epochs
    return max(snapshot.last_step, 1) if snapshot is not None else 1
