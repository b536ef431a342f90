"""Colours and type as tokens; everything that is painted asks here."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colour tokens.

    ``layers`` runs from the first (slow) layer to the last (fast). ``runs`` can be told from one
    another and from the layers, by the colour-blind too.
    """

    name: str
    background: str
    panel: str
    soft: str
    line: str
    ink: str
    dim: str
    accent: str
    on_accent: str
    negative: str
    positive: str
    vanishing: str
    balanced: str
    exploding: str
    layers: tuple[str, ...]
    runs: tuple[str, ...]

    def layer(self, l: int, of: int) -> QColor:
        """The colour of layer ``l`` (0 is the first) of ``of``: one ordered scale, any depth."""
        return _on_scale(self.layers, l / (of - 1) if of > 1 else 0.0)

    def run(self, colour: int) -> QColor:
        """The colour of a run, by ``Run.colour``."""
        return QColor(self.runs[colour % len(self.runs)])

    def blend(self, colour: str | QColor, strength: float, ground: str | None = None) -> QColor:
        """``colour`` laid over the ground with ``strength`` 0..1, opaque: alpha paints slowly."""
        return _mixed(QColor(ground or self.background), QColor(colour), strength)

    def legible(
        self, colour: str | QColor, ground: str | None = None, large: bool = False
    ) -> QColor:
        """``colour``, mixed with ink until it can be read as text, or large text, on the ground."""
        least = LEGIBLE_LARGE if large else LEGIBLE
        for percent in range(0, 100, 5):
            mixed = _mixed(QColor(colour), QColor(self.ink), percent / 100)
            if contrast(mixed, QColor(ground or self.background)) >= least:
                return mixed
        return QColor(self.ink)

    def palette(self) -> QPalette:
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, colour in (
            (roles.Window, self.background), (roles.WindowText, self.ink),
            (roles.Base, self.panel), (roles.AlternateBase, self.soft), (roles.Text, self.ink),
            (roles.Button, self.panel), (roles.ButtonText, self.ink),
            (roles.ToolTipBase, self.panel), (roles.ToolTipText, self.ink),
            (roles.PlaceholderText, self.dim), (roles.Highlight, self.accent),
            (roles.HighlightedText, self.on_accent), (roles.Link, self.accent),
            (roles.Mid, self.line), (roles.Midlight, self.soft), (roles.Dark, self.line),
            (roles.Light, self.panel), (roles.Shadow, self.line),
        ):  # fmt: skip
            palette.setColor(role, QColor(colour))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.blend(self.dim, 0.7))
        return palette


LIGHT = Theme(
    "light", "#F6F5F1", "#FFFFFF", "#ECEAE4", "#DEDCD5", "#1C1F26", "#656A7A",
    accent="#5B3FA8", on_accent="#FFFFFF", negative="#2B7BB9", positive="#E07B1A",
    vanishing="#2F6DB5", balanced="#2E7D5B", exploding="#C2410C",
    layers=("#2D1160", "#8C2981", "#DE4968", "#FB8861"),
    runs=(
        "#009E92", "#69480C", "#306EBA", "#829601", "#10376F", "#846F34", "#1C5D71", "#3B3003",
    ),
)  # fmt: skip
DARK = Theme(
    "dark", "#15171C", "#1D2027", "#262A33", "#30343E", "#ECEDF1", "#9AA0AE",
    accent="#A78BFA", on_accent="#15171C", negative="#5AA9E6", positive="#F2A24B",
    vanishing="#6AA9F0", balanced="#6FCF97", exploding="#FF8A5B",
    layers=("#8B6CF0", "#D062C8", "#FF7A8A", "#FFB27A"),
    runs=(
        "#7AF9EB", "#D19003", "#64A4F7", "#76824C", "#A1C6FC", "#FED457", "#3D8CA5", "#BFB58D",
    ),
)  # fmt: skip

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}

LEGIBLE = 4.5  # contrast of text to its ground
LEGIBLE_LARGE = 3.0  # from 24 pixels on (WCAG 2.2)
TITLE, CARD, TEXT, CAPTION = 20, 14, 13, 11  # font sizes in pixels, before the user's scale


@lru_cache(maxsize=4096)
def _on_scale(stops: tuple[str, ...], t: float) -> QColor:
    at = t * (len(stops) - 1)
    k = min(int(at), len(stops) - 2)
    return _mixed(QColor(stops[k]), QColor(stops[k + 1]), at - k)


def _mixed(a: QColor, b: QColor, t: float) -> QColor:
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * t,
        a.greenF() + (b.greenF() - a.greenF()) * t,
        a.blueF() + (b.blueF() - a.blueF()) * t,
    )


def contrast(a: QColor, b: QColor) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
