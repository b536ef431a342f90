"""What the chain's page can show and do beside the chain: one table, in the order of its bar."""

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name

from engine.chain.examples import exploding, usual
from engine.chain.spec import ChainSpec
from gui.chain.study import Study
from gui.document import ChainDocument
from gui.theme import Theme

PLOTS, NUDGE = "plots", "nudge"


@dataclass(frozen=True, slots=True)
class Entry:
    """Shows its ``study``; a ``whole`` one in place of the chain.

    A study is named by its module in this package and its class: it is imported when it is first
    shown, or the window would open later. What ``sets`` another chain shows it with the plots.
    """

    key: str
    label: str
    short: str  # where there is little room
    keys: str
    tip: str
    study: str = ""
    whole: bool = False
    sets: Callable[[ChainSpec], ChainSpec] | None = None

    def make(self, document: ChainDocument, theme: Theme) -> Study:
        """The study; ``ImportError`` or ``AttributeError`` if its name is wrong."""
        study: Study = resolve_name(f"gui.chain.{self.study}")(document, theme)
        return study

    @property
    def word(self) -> str:
        """The short words without the example's number."""
        return self.short.lstrip("0123456789 ")

    @property
    def number(self) -> str:
        """The example's number alone; the short words of what is no example."""
        return self.short.partition(" ")[0]


def _usual(chain: ChainSpec) -> ChainSpec:
    return usual(chain, chain.draw.again().seed)


ENTRIES = (
    Entry(
        PLOTS, "Plots", "Plots", "0",
        "σ′ at every neuron, the size of each term, and the gradient of every bias",
        "plots.study:PlotsStudy",
    ),
    Entry(
        NUDGE, "Nudge b₁", "Nudge", "8",
        "Change b₁ a little and watch the change travel to C (equations 114 to 121); the same"
        " derivative by other ways", "proof.study:ProofStudy",
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
        "studies.escape:EscapeStudy",
    ),
    Entry(
        "identity", "4 Identity neuron", "4 Identity", "4",
        "w₂ σ(w₁ x + b) ≈ x on [0, 1]: a neuron that leaves its input as it is",
        "studies.identity:IdentityStudy", whole=True,
    ),
    Entry(
        "activations", "5 Another activation", "5 Activation", "5",
        "The same weights with every activation: does a larger derivative help?",
        "studies.activations:ActivationsStudy",
    ),
    Entry(
        "many", "6 Many chains", "6 Many", "6",
        "10,000 random chains: how many vanish, stay, explode",
        "studies.many_chains:ManyChainsStudy",
    ),
    Entry(
        "matrices", "7 To matrices", "7 Matrices", "7",
        "The same row of factors for the network of the window (equation 124)",
        "studies.matrices:MatricesStudy",
        whole=True,
    ),
)  # fmt: skip
