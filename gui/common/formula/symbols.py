"""The symbols of the chapter as boxes: w_1, σ′(z_2), ∂C/∂b_1."""

from PySide6.QtGui import QColor

from gui.common.formula.boxes import Box, Fraction, Row, Space, Sub, Sup, Text

EQUALS = Row(Space(0.28), Text("="), Space(0.28))
TIMES = Row(Space(0.22), Text("×"), Space(0.22))
DOTS = Row(Space(0.17), Text("⋯"), Space(0.17))
Index = int | str


def w(j: Index, colour: QColor | None = None, tag: object = None) -> Row:
    return indexed("w", j, colour, tag)


def b(j: Index, colour: QColor | None = None, tag: object = None) -> Row:
    return indexed("b", j, colour, tag)


def z(j: Index, colour: QColor | None = None, tag: object = None) -> Row:
    return indexed("z", j, colour, tag)


def a(j: Index, colour: QColor | None = None, tag: object = None) -> Row:
    return indexed("a", j, colour, tag)


def sigma_prime(
    j: Index, colour: QColor | None = None, tag: object = None, argument: object = None
) -> Row:
    """σ′(z_j); ``argument`` tags z_j."""
    return Row(
        italic("σ"), Text("′"), Text("("), z(j, tag=argument), Text(")"), colour=colour, tag=tag
    )  # fmt: skip


def partial(
    of: str, by: Box, colour: QColor | None = None, tag: object = None, slanted: bool = False
) -> Row:
    """∂of/∂by with a rule, or with a stroke where there is no room for two lines."""
    above, below = Row(delta(), italic(of)), Row(delta(), by)
    if slanted:
        return Row(above, Text("/"), below, colour=colour, tag=tag)
    return Row(Fraction(above, below), colour=colour, tag=tag)


def indexed(letter: str, j: Index, colour: QColor | None = None, tag: object = None) -> Row:
    """An italic letter with a subscript; digits stand upright, letters as j are italic."""
    return Row(Sub(italic(letter), index(j)), colour=colour, tag=tag)


def index(j: Index) -> Text:
    return Text(str(j), italic=isinstance(j, str) and j.isalpha())


def italic(letter: str) -> Text:
    return Text(letter, italic=True)


def delta() -> Text:
    """The sign of a partial derivative."""
    return Text("∂", italic=True)


def power_of_ten(exponent: int, colour: QColor | None = None) -> Row:
    return Row(Sup(Text("10"), Text(f"{exponent}".replace("-", "−"))), colour=colour)
