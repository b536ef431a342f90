"""The style sheet of the window, made from the tokens of a theme."""

import re
from dataclasses import fields
from functools import cache
from importlib.resources import files
from math import floor

from gui.theme import Theme

TOKEN = re.compile(r"@(px|r)(\d+)|@(\w+)")
VERDICTS = ("vanishing", "balanced", "exploding")
TINT = 0.08  # of a verdict's colour in the ground of its chip; more, and it is hard to read


def style_sheet(theme: Theme, scale: float = 1.0) -> str:
    """``resources/style.qss`` with its tokens replaced.

    ``@accent`` is a colour of the theme or one mixed from them, ``@px13`` 13 pixels times
    ``scale``, ``@r6`` a radius of 6, rounded down; ``KeyError`` if a token is unknown.
    """
    colours = colour_tokens(theme)

    def value(match: re.Match[str]) -> str:
        kind, size, name = match.groups()
        if name:
            return colours[name]
        pixels = int(size) * scale
        return f"{floor(pixels) if kind == 'r' else round(pixels)}px"

    return TOKEN.sub(value, _template())


def colour_tokens(theme: Theme) -> dict[str, str]:
    """The colours that the sheet may name: the theme's own and what follows from them."""
    own = {f.name: getattr(theme, f.name) for f in fields(theme)}
    tokens = {name: colour for name, colour in own.items() if str(colour).startswith("#")}
    tokens["disabled"] = theme.blend(theme.dim, 0.6, theme.panel).name()
    tokens["edge"] = theme.blend(theme.dim, 0.45, theme.panel).name()
    tokens["accent_hover"] = theme.blend(theme.ink, 0.14, theme.accent).name()
    tokens["accent_soft"] = theme.blend(theme.accent, 0.16, theme.panel).name()
    tokens["dim_on_soft"] = theme.legible(theme.dim, theme.soft).name()
    for verdict in VERDICTS:
        tokens[f"{verdict}_soft"] = theme.blend(own[verdict], TINT, theme.panel).name()
    return tokens


@cache
def _template() -> str:
    return files("resources").joinpath("style.qss").read_text(encoding="utf-8")
