"""The text of an architecture as a row of tokens that know where they stand."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from engine.architecture_text.fault import TextFault

Kind = Literal["number", "word", "dash", "cross", "comma", "mark", "strange", "end"]

TOKEN = re.compile(
    r"""(?P<number>[0-9]+)
    |(?P<dash>->|=>|[-\u2010-\u2015\u2212\u2192])
    |(?P<cross>×|[xX](?=\s*[0-9(\[]))
    |(?P<word>[^\W\d]\w*(?:-[^\W\d]\w*)*)
    |(?P<comma>,)
    |(?P<mark>[][()*+>])
    |(?P<strange>\S)""",
    re.VERBOSE,
)
MOST_DIGITS = 15
LONGEST_QUOTED = 20


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; a ``mark`` is one of ``[ ] ( ) * + >``."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def quoted(self) -> str:
        shown = self.text[:LONGEST_QUOTED]
        return f"'{shown}…'" if len(self.text) > len(shown) else f"'{shown}'"

    @property
    def number(self) -> int:
        """What it counts; far above every limit where it has more digits than any could need."""
        return int(self.text) if len(self.text) <= MOST_DIGITS else 10**MOST_DIGITS

    def fault(self, sentence: str, to: "Token | None" = None) -> TextFault:
        """The fault of this token, or of all from it ``to`` another."""
        return TextFault(sentence, self.start, (to or self).end)


def tokens(text: str) -> list[Token]:
    """The last is of kind ``end``."""
    found = [
        Token(cast(Kind, match.lastgroup), match.group(), match.start())
        for match in TOKEN.finditer(text)
    ]
    return [*found, Token("end", "", len(text))]
