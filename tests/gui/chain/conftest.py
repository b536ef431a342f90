"""Where on a chart of the chain a value stands."""

from PySide6.QtCore import QPoint, QPointF

from gui.chain.plots.chart import Chart


def x_of(chart: Chart, pixels: float) -> float:
    low, high = chart.view.viewRange()[0]
    return low + pixels * (high - low) / chart.view.rect().width()


def y_of(chart: Chart, pixels: float) -> float:
    low, high = chart.view.viewRange()[1]
    return high - pixels * (high - low) / chart.view.rect().height()


def in_window(chart: Chart, at: QPointF) -> QPoint:
    return chart.mapFromScene(chart.view.mapToScene(at))
