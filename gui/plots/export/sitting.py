"""How an instrument holds still for its picture, and is afterwards as it was."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QWidget,
)

from gui.common.axes_view import AxesView
from gui.common.card import FlatCombo
from gui.common.enclosure import Enclosure
from gui.common.focus_ring import FocusRing
from gui.common.picture import uncached
from gui.common.scale import Range
from gui.common.style import style_sheet
from gui.common.throttle import Throttle
from gui.plots.card import PlotCard
from gui.plots.parts.example_choice import ExampleChoice
from gui.plots.parts.spare_row import LEFT_OUT
from gui.theme import TEXT, Theme

PARTS = (
    'QDockWidget QFrame[role="plot-header"], QFrame[role="plot-header"], QFrame[role="plot-body"],'
    ' QFrame[role="card"]'
)


@runtime_checkable
class Ranged(Protocol):
    """What keeps its range as long as its values fit: another size may ask for another range."""

    @property
    def known_range(self) -> Range | None: ...
    def return_to(self, known: Range | None) -> None: ...


@contextmanager
def sitting(card: PlotCard, theme: Theme, room: QSize, scale: float) -> Iterator[None]:
    """In these colours, of this size and with this scale of type; without buttons and frame.

    Nothing may be painted on the screen meanwhile: no event loop turns. The card is resized where
    it is, for a second one would not be in the user's hands; one that is not shown is put into
    a window that nobody sees.
    """
    with ExitStack() as stack:
        if not card.isVisible():
            stack.enter_context(_behind_the_scenes(card))
        stack.enter_context(_ranges_kept(card))  # left last: a size or a theme moves ranges
        for part in _parts(card):
            stack.enter_context(uncached(part))
        stack.enter_context(_sized(card, room))
        stack.enter_context(_bare(card))
        stack.enter_context(_dressed(card, theme, scale))
        stack.enter_context(_marked(card))
        _place(card, room)
        for part in _parts(card):
            for widget in part.findChildren(QWidget):
                if widget.property(LEFT_OUT):
                    widget.hide()  # its row may have shown it again
        yield


def scale_of_type(card: PlotCard) -> float:
    """What the user has set for the window."""
    pixels = card.window().font().pixelSize()
    return pixels / TEXT if pixels > 0 else 1.0


def frames_of(card: PlotCard) -> list[QRectF]:
    """Where curves end, in the pixels of its picture."""
    below = 0 if card.has_header else card.header.height()
    frames = []
    for axes in card.findChildren(AxesView):
        if axes.isVisibleTo(card):
            corner = axes.viewport().mapTo(card, QPoint(0, below))
            rect = axes.view.mapRectToScene(axes.view.rect())
            frames.append(axes.viewportTransform().mapRect(rect).translated(corner))
    return frames


def _parts(card: PlotCard) -> tuple[QWidget, ...]:
    """Its header may stand in the title bar of a dock."""
    return (card,) if card.has_header else (card.header, card)


def _place(card: PlotCard, room: QSize) -> None:
    """Lay it out now; what stands around it hears of it later, when all is as it was."""
    _settle(card)
    below = room.height()
    if not card.has_header:
        height = card.header.sizeHint().height()
        card.header.resize(room.width(), height)
        below -= height
    card.resize(room.width(), below)
    _settle(card)


def _settle(card: PlotCard) -> None:
    for _ in range(2):  # a row that makes room asks for it anew
        for part in _parts(card):
            for widget in reversed([part, *part.findChildren(QWidget)]):
                QCoreApplication.sendPostedEvents(widget, QEvent.Type.LayoutRequest)
    if not card.isVisible():
        card.window().grab()  # what is not shown is told its size when it is painted


@contextmanager
def _sized(card: PlotCard, room: QSize) -> Iterator[None]:
    before = [(part, part.geometry()) for part in _parts(card)]
    try:
        yield
    finally:
        for part, geometry in before:
            part.setGeometry(geometry)
        _settle(card)


@contextmanager
def _marked(card: PlotCard) -> Iterator[None]:
    card.drawing_for_export = True
    for throttle in card.findChildren(Throttle):
        throttle.at_once()  # words that are as new as the curves
    try:
        yield
    finally:
        card.drawing_for_export = False


@contextmanager
def _bare(card: PlotCard) -> Iterator[None]:
    """Without what can be pressed or typed; what is chosen is said."""
    widgets = [widget for part in _parts(card) for widget in part.findChildren(QWidget)]
    combos = [widget for widget in widgets if isinstance(widget, FlatCombo)]
    hidden = [widget for widget in widgets if _is_control(widget)]
    was_hidden = [widget.isHidden() for widget in hidden]
    for combo in combos:
        combo.set_as_text(True)
    for widget in hidden:
        widget.setProperty(LEFT_OUT, True)
        widget.hide()
    try:
        yield
    finally:
        for combo in combos:
            combo.set_as_text(False)
        for widget, was in zip(hidden, was_hidden, strict=True):
            widget.setProperty(LEFT_OUT, False)
            widget.setHidden(was)


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractButton):
        return not widget.isChecked()
    return isinstance(widget, QAbstractSpinBox | ExampleChoice | FocusRing)


@contextmanager
def _dressed(card: PlotCard, theme: Theme, scale: float) -> Iterator[None]:
    before = card.theme
    sheet = style_sheet(theme, scale) + (
        f"{PARTS} {{ border: 1px solid {theme.panel}; border-radius: 0; }}"
    )
    for part in _parts(card):
        part.setPalette(theme.palette())
        part.setStyleSheet(sheet)
        for widget in part.findChildren(QWidget):
            widget.ensurePolished()
    card.set_theme(theme)
    try:
        yield
    finally:
        for part in _parts(card):
            part.setPalette(QPalette())
            part.setStyleSheet("")  # last: what the window's sheet says of the palette holds again
        card.set_theme(before)


@contextmanager
def _ranges_kept(card: PlotCard) -> Iterator[None]:
    known = [(w, w.known_range) for w in card.findChildren(QWidget) if isinstance(w, Ranged)]
    try:
        yield
    finally:
        for picture, before in known:
            picture.return_to(before)


@contextmanager
def _behind_the_scenes(card: PlotCard) -> Iterator[None]:
    """A window that is never shown: in its dock it would be laid out with all the others."""
    scene = QWidget()
    homes = [(part, part.parentWidget()) for part in _parts(card)]
    for part, _ in homes:
        part.setParent(scene)
        part.show()
    try:
        yield
    finally:
        for part, home in homes:
            if isinstance(home, Enclosure):
                home.take(part)
            else:
                part.hide()
                part.setParent(home)
        scene.deleteLater()
