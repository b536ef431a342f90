"""The one exception that is meant for the user, and the form of its sentences."""

from collections.abc import Iterable
from pathlib import Path

LONGEST = 280  # characters of what is wrong; a file may hold a novel where a word belongs


class InputError(ValueError):
    """Bad input; ``str(error)`` is one sentence that names what is wrong, and where."""


def fault(source: Path | str, what: object, line: int | None = None) -> InputError:
    """One printable line about a file, such as ``relu.toml, line 7: there is no 'neuron' here.``"""
    name = (source.name or str(source)) if isinstance(source, Path) else source
    place = ", ".join(filter(None, (name, f"line {line:,}" if line else "")))
    text = str(what)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    elif not text.endswith((".", "?")):
        text += "."
    sentence = f"{place}: {text}" if place else text
    return InputError("".join(c if c.isprintable() else "?" for c in sentence))


def check_choice(what: str, key: object, table: Iterable[str]) -> None:
    """Raise ``InputError`` unless ``key`` is one of the keys of ``table``."""
    if key not in (known := list(table)):
        raise InputError(f"there is no {what} {key!r}; choose one of: {', '.join(known)}")
