"""Lines of Python as a formatter would break them."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill, indent

WIDTH = 88
FEW = 12
SKIPS_COMMENT = "from and to layer; 0 is the input"


def call(head: str, arguments: Sequence[str], tail: str = ")", depth: int = 0) -> str:
    """``head`` with its arguments in its line, in a line of their own, or in one each."""
    space = "    " * depth
    together = ", ".join(arguments)
    if len(line := f"{space}{head}{together}{tail}") <= WIDTH:
        return line
    if len(line := f"{space}    {together}\n") <= WIDTH + 1:
        return f"{space}{head}\n{line}{space}{tail}"
    each = "".join(f"{space}    {argument},\n" for argument in arguments)
    return f"{space}{head}\n{each}{space}{tail}"


def listing(name: str, items: Sequence[str], comment: str = "") -> str:
    """``name = [items]``: in one line, one item a line, or where they are many, in full lines."""
    note = f"  # {comment}" if comment else ""
    line = f"{name} = [{', '.join(items)}]{note}"
    if len(line) <= WIDTH:
        return line
    if len(items) <= FEW:
        each = "".join(f"    {item},\n" for item in items)
        return f"{name} = [{note}\n{each}]"
    glued = ", ".join(item.replace(" ", "\0") for item in items)
    body = fill(glued, WIDTH - 4, break_long_words=False, break_on_hyphens=False).replace("\0", " ")
    return f"{name} = [{note}\n{indent(body, '    ')},\n]"


def sections(parts: Sequence[str]) -> str:
    """A program of its non-empty parts, two empty lines around functions and classes, else one."""
    whole = [part.strip("\n") for part in parts if part]
    text = whole[0]
    for before, after in pairwise(whole):
        wide = after.startswith(_BLOCK) or _last_statement(before).startswith(_BLOCK)
        text += ("\n\n\n" if wide else "\n\n") + after
    return text + "\n"


_BLOCK = ("def ", "class ", "@")


def _last_statement(text: str) -> str:
    return next(line for line in reversed(text.splitlines()) if line and line[0] not in " )]")
