"""What the chain's page can show and do beside the chain: one table, in the order of its bar."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.chain.examples import exploding, usual
from engine.chain.spec import ChainSpec
from gui.chain.plots.study import PlotsStudy
from gui.chain.proof.study import ProofStudy
from gui.chain.studies.activations import ActivationsStudy
from gui.chain.studies.escape import EscapeStudy
from gui.chain.studies.identity import IdentityStudy
from gui.chain.studies.many_chains import ManyChainsStudy
from gui.chain.studies.matrices import MatricesStudy
from gui.chain.study import Study
from gui.document import ChainDocument
from gui.theme import Theme

PLOTS, NUDGE = "plots", "nudge"


@dataclass(frozen=True, slots=True)
class Entry:
    """Shows the study that it makes; ``whole``, in place of the chain.

    One that ``sets`` another chain shows it with the study of its key or, without one, the plots.
    """

    key: str
    label: str
    short: str  # where there is little room
    keys: str
    tip: str
    make: Callable[[ChainDocument, Theme], Study] | None = None
    whole: bool = False
    sets: Callable[[ChainSpec], ChainSpec] | None = None

    @property
    def word(self) -> str:
        """The short words without the example's number."""
        return self.short.lstrip("0123456789 ")

    @property
    def number(self) -> str:
        """The example's number alone; the short words of what is no example."""
        return self.short.partition(" ")[0]


def _usual(chain: ChainSpec) -> ChainSpec:
    return usual(chain, chain.draw.seed + 1)


ENTRIES = (
    Entry(
        PLOTS, "Plots", "Plots", "0",
        "σ′ at every neuron, the size of each term, and the gradient of every bias", PlotsStudy,
    ),
    Entry(
        NUDGE, "Nudge b₁", "Nudge", "8",
        "Change b₁ a little and watch the change travel to C (equations 114 to 121); the same"
        " derivative by other ways", ProofStudy,
    ),
    Entry(
        "usual", "1 Usual initialisation", "1 Usual", "1",
        "Weights and biases from N(0, 1), a new draw each time: every |w σ′(z)| with |w| < 4 is"
        " below 1", sets=_usual,
    ),
    Entry(
        "exploding", "2 Exploding", "2 Exploding", "2",
        "All weights 100, biases that make every z zero: every term is 25", sets=exploding,
    ),
    Entry(
        "escape", "3 Hard to escape", "3 Escape", "3",
        "For which activations is |w σ′(wa + b)| at least 1? A narrow interval, if |w| ≥ 4",
        EscapeStudy,
    ),
    Entry(
        "identity", "4 Identity neuron", "4 Identity", "4",
        "w₂ σ(w₁ x + b) ≈ x on [0, 1]: a neuron that leaves its input as it is",
        IdentityStudy, whole=True,
    ),
    Entry(
        "activations", "5 Another activation", "5 Activation", "5",
        "The same weights with every activation: does a larger derivative help?", ActivationsStudy,
    ),
    Entry(
        "many", "6 Many chains", "6 Many", "6",
        "10,000 random chains: how many vanish, stay, explode", ManyChainsStudy,
    ),
    Entry(
        "matrices", "7 To matrices", "7 Matrices", "7",
        "The same row of factors for the network of the window (equation 124)", MatricesStudy,
        whole=True,
    ),
)  # fmt: skip
