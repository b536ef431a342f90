"""What a text says, with the places where it says it."""

from dataclasses import dataclass

from engine.architecture_text.tokens import Token


@dataclass(frozen=True, slots=True)
class WrittenLayer:
    """A layer as the text has it; ``activation`` is empty where none is written."""

    size: Token
    activation: str
    frozen: bool
    named_at: Token  # where the activation is written, else the size


@dataclass(frozen=True, slots=True)
class WrittenSkip:
    """Columns count from the input, 0."""

    source: int
    target: int
    first: Token
    last: Token


@dataclass(frozen=True, slots=True)
class Written:
    """All of a text that has no fault of its own."""

    inputs: Token
    layers: tuple[WrittenLayer, ...]
    skips: tuple[WrittenSkip, ...]
    end: Token
