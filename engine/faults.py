"""The one exception that is meant for the user."""

from collections.abc import Iterable


class InputError(ValueError):
    """Bad input; ``str(error)`` is one sentence that names what is wrong, and where."""


def check_choice(what: str, key: object, table: Iterable[str]) -> None:
    """Raise ``InputError`` unless ``key`` is one of the keys of ``table``."""
    if key not in (known := list(table)):
        raise InputError(f"there is no {what} {key!r}; choose one of: {', '.join(known)}")
