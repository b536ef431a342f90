"""Which layer of an edited network was which before."""

from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

MOST_COMPARED = 40_000  # pairs; beyond, layers are paired by their place: always fast


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int | None]:
    """Of every item of ``new`` the index of the ``old`` one that it continues, else None."""
    begin = _shared(old, new)
    end = _shared(old[begin:][::-1], new[begin:][::-1])
    middle = _middle(old[begin : len(old) - end], new[begin : len(new) - end])
    first = len(old) - end
    return [
        *range(begin),
        *(None if k is None else begin + k for k in middle),
        *range(first, len(old)),
    ]


def _shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many items are the same from the beginning on."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((k for k, (a, b) in pairs if a != b), min(len(old), len(new)))


def _middle(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int | None]:
    found: list[int | None] = [None] * len(new)
    for _, a, a_end, b, b_end in _blocks(old, new):
        for k in range(min(a_end - a, b_end - b)):
            found[b + k] = a + k
    return found


def _blocks(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) * len(new) > MOST_COMPARED:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
