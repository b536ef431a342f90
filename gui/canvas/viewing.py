"""What of the run the picture is to show: the last mini-batch, the probe set, or one example."""

from dataclasses import dataclass
from typing import Literal

from engine.inspection import Inspection, Subject

Source = Literal["batch", "probe", "example"]


@dataclass(frozen=True, slots=True)
class Viewing:
    """``example`` counts the probe set from 0; ``log`` is the scale of the bars.

    ``fields`` shows what the neurons of the first layer look for, ``surface`` the decision surface.
    """

    source: Source = "batch"
    example: int = 0
    log: bool = False
    fields: bool = False
    surface: bool = False

    def subject(
        self, layer: int | None = None, parameter: tuple[int, int, int] | None = None
    ) -> Subject:
        """What the engine is to look at so that this can be shown."""
        example = self.example if self.source == "example" else None
        return Subject(example, layer, parameter, self.surface)

    def is_of(self, inspection: Inspection | None) -> bool:
        """Whether an inspection shows such examples; one that was asked for before may not.

        Of examples that the probe set does not have, the engine shows its last.
        """
        if inspection is None:
            return False
        return (inspection.subject.example is not None) == (self.source == "example")


def examples_text(inspection: Inspection) -> str:
    """The examples an inspection looks at: 'example 17', 'probe set, 1,000 examples'."""
    if inspection.subject.example is not None:
        return f"example {inspection.subject.example + 1:,}"
    return f"probe set, {inspection.count:,} examples"
