"""What the chip of a card says that compares the last hidden layer with the first."""

from engine.verdict import BALANCED, Verdict

JUDGED = (
    "Last hidden layer to first, now: balanced within a factor {within:g}; beyond it vanishing"
    " where the first layer is the {less} one, exploding where it is the {more} one."
)


def chip_words(verdict: Verdict | None, less: str, more: str) -> tuple[str, str, str, str]:
    """What ``Chip.tell`` takes; ``less`` and ``more`` are what the first layer may be."""
    if verdict is None:
        return "unknown", "", "", ""
    judged = JUDGED.format(within=BALANCED, less=less, more=more)
    explanation = " ".join(filter(None, (verdict.sentence, judged)))
    brief = verdict.words.partition(", ")[2] or verdict.words
    return verdict.kind, verdict.words, explanation, brief
