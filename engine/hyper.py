"""Hyperparameters: dataclass fields that know their symbol, meaning and range."""

from dataclasses import dataclass, field, fields
from typing import Any

from engine.faults import InputError
from engine.numerals import short


@dataclass(frozen=True, slots=True)
class Hyper:
    """What a form, a file and a check need to know about one number."""

    name: str
    symbol: str
    default: float
    low: float
    high: float
    log: bool
    help: str

    @property
    def is_integer(self) -> bool:
        return isinstance(self.default, int)

    def check(self, number: object) -> None:
        """Raise ``InputError`` unless ``number`` has the right type and lies in the range."""
        kind = "a whole number" if self.is_integer else "a number"
        right = (int,) if self.is_integer else (int, float)
        if isinstance(number, bool) or not isinstance(number, right) or number != number:
            raise InputError(f"{self.title} must be {kind}, not {number!r}")
        if not self.low <= number <= self.high:
            low, high, shown = map(short, (self.low, self.high, number))
            raise InputError(f"{self.title} must lie between {low} and {high}, not {shown}")

    @property
    def title(self) -> str:
        return self.name if self.symbol == self.name else f"{self.symbol} ({self.name})"


def hyper(
    default: float, symbol: str, low: float, high: float, *, log: bool = False, help: str = ""
) -> Any:
    """A dataclass field with a range; ``Any`` so that it can stand after ``name: float =``.

    A whole ``default`` makes a whole-number field; ``log`` says that it is felt by its ratio.
    """
    return field(default=default, metadata={"hyper": (symbol, default, low, high, log, help)})


def hypers(of: Any) -> tuple[Hyper, ...]:
    """The hyperparameters of a dataclass (or of one of its values), in the order declared."""
    return tuple(Hyper(f.name, *f.metadata["hyper"]) for f in fields(of) if "hyper" in f.metadata)


def check_hypers(value: Any) -> None:
    """Check every hyperparameter of a dataclass value; raise ``InputError`` at the first fault."""
    for h in hypers(value):
        h.check(getattr(value, h.name))
