"""The chain as a picture, PNG, SVG or PDF: what it is, its formula, drawing and study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from engine.chain.verdict import ChainVerdict, judge_chain
from gui.chain.diagram.diagram import ChainDiagram
from gui.common.picture import paint_pill, uncached, write
from gui.common.typeface import typeface
from gui.theme import CAPTION, TEXT, TITLE, Theme

if TYPE_CHECKING:
    from gui.chain.panel import ChainPanel

WIDTH, HEIGHT = 1200, 330  # of the drawing, before the user's scale
MARGIN, HEADER = 20, 52
BELOW = 300  # height of what has never been shown


@dataclass(frozen=True, slots=True)
class Parts:
    """What the picture is made of, from top to bottom."""

    title: str
    verdict: ChainVerdict
    diagram: ChainDiagram
    below: Sequence[QWidget]
    theme: Theme


def write_picture(path: Path, panel: ChainPanel) -> None:
    """The page of the chain as it is now, without its controls; ``InputError``."""
    write_parts(path, parts_of(panel))


def parts_of(panel: ChainPanel) -> Parts:
    chain = panel.trace.chain
    title = f"{chain.name}: {chain.text}" if chain.name else chain.text
    diagram, verdict = panel.stage.diagram, judge_chain(panel.trace)
    diagram.show_trace(panel.trace)
    return Parts(title, verdict, diagram, [panel.study], diagram.theme)


def write_parts(path: Path, parts: Parts) -> None:
    """PNG, SVG or PDF, as the name ends; ``InputError`` for another name or where it cannot be."""
    width = max([WIDTH, *(widget.width() for widget in parts.below)])
    for widget in parts.below:
        if not widget.isVisible():  # a layout that was never active has not placed it
            widget.resize(width, max(BELOW, widget.minimumSizeHint().height()))
    heights = [HEADER, HEIGHT, *(widget.height() for widget in parts.below)]
    size = QSize(width + 2 * MARGIN, sum(heights) + (len(heights) + 1) * MARGIN // 2)

    def paint(painter: QPainter) -> None:
        _paint(painter, parts, width, QRectF(QPointF(), size.toSizeF()))

    write(path, size, parts.title, paint)


def _paint(painter: QPainter, parts: Parts, width: int, whole: QRectF) -> None:
    painter.fillRect(whole, QColor(parts.theme.background))
    _paint_header(painter, parts, whole.width() - MARGIN)
    y = HEADER + MARGIN // 2
    painter.save()
    painter.translate(MARGIN, y)
    parts.diagram.paint_on(painter, QSize(width, HEIGHT))
    painter.restore()
    y += HEIGHT + MARGIN // 2
    for widget in parts.below:
        with uncached(widget):
            _render(painter, widget, QPoint(MARGIN + (width - widget.width()) // 2, y))
        y += widget.height() + MARGIN // 2


def _paint_header(painter: QPainter, parts: Parts, right: float) -> None:
    baseline = MARGIN + 20
    title = typeface(parts.diagram, TITLE, bold=True)
    painter.setFont(title)
    painter.setPen(QColor(parts.theme.ink))
    painter.drawText(MARGIN, baseline, "The single-neuron chain")
    after = MARGIN + QFontMetricsF(title).horizontalAdvance("The single-neuron chain") + 14
    painter.setFont(typeface(parts.diagram, TEXT))
    painter.setPen(QColor(parts.theme.dim))
    painter.drawText(round(after), baseline, parts.title)
    font = typeface(parts.diagram, CAPTION + 1, bold=True)
    paint_pill(
        painter, parts.theme, font, parts.verdict.kind, parts.verdict.words, right, MARGIN
    )  # fmt: skip


def _render(painter: QPainter, widget: QWidget, at: QPoint) -> None:
    painter.save()
    painter.translate(at)
    flags = QWidget.RenderFlag.DrawChildren
    QWidget.render(widget, painter, QPoint(), QRegion(), flags)  # a graphics view has another
    painter.restore()
