"""The words that may stand beside a layer's number of neurons."""

from collections.abc import Sequence
from difflib import get_close_matches

from engine.activations import ACTIVATIONS
from engine.architecture_text.tokens import LONGEST_QUOTED, Token

FROZEN = "frozen"
WORDS = (*ACTIVATIONS, FROZEN)  # as they are written


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_MEANT = {_folded(name): key for key, a in ACTIVATIONS.items() for name in (key, a.label)} | {
    FROZEN: FROZEN
}


def meanings(words: Sequence[Token]) -> list[tuple[str, Token]]:
    """What each word says, an activation's key or ``FROZEN``; two may form one: leaky ReLU."""
    found, at = [], 0
    while at < len(words):
        pair = words[at : at + 2]
        both = _MEANT.get(_folded("".join(w.text for w in pair)))
        length = 2 if len(pair) == 2 and both else 1
        found.append((both if both and length == 2 else _meaning(words[at]), words[at]))
        at += length
    return found


def _meaning(word: Token) -> str:
    folded = _folded(word.text)
    if folded in _MEANT:
        return _MEANT[folded]
    begun = sorted({key for name, key in _MEANT.items() if folded and name.startswith(folded)})
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise word.fault(f"{word.quoted} can be {', '.join(begun[:-1])} or {begun[-1]}")
    near = get_close_matches(folded[:LONGEST_QUOTED], _MEANT, 1, 0.5)
    hint = f"; did you mean {_MEANT[near[0]]}?" if near else ""
    raise word.fault(f"there is no activation {word.quoted}{hint}")
