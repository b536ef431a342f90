from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.architecture import dense
from engine.spec import Experiment
from gui.canvas.minimap import Minimap
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from gui.theme import DARK


def zoomed(view: NetworkView, factor: float = 8.0) -> Minimap:
    view.navigation.zoom_by(factor, QPointF(300, 250))
    return view.minimap


def test_it_shows_only_while_something_is_out_of_sight(view):
    assert not view.minimap.isVisible()
    zoomed(view)
    assert view.minimap.isVisible()
    view.zoom_to_fit()
    assert not view.minimap.isVisible()


def test_it_covers_neither_neurons_nor_text(view, snapshot_of, document):
    view.show_snapshot(snapshot_of(document.experiment, weights=True))
    box = zoomed(view).geometry()
    layout = view.network.layout
    assert box.top() >= layout.bands.legend
    assert view.rect().contains(box)
    look = view.network.look
    width = max(look.measure(line, "caption") for line in view.network.live.legend.lines)
    assert 16 + width <= box.left()


def test_there_is_a_bar_for_every_column_higher_for_more_neurons(view):
    heights = [bar.height() for bar in zoomed(view).bars()]
    assert heights[0] > heights[1] == heights[2] > heights[3]
    for bar, piece in zip(view.minimap.bars(), view.minimap.pieces(), strict=True):
        assert bar.contains(piece)


def test_the_frame_is_what_is_seen(view):
    map_ = zoomed(view)
    view.horizontalScrollBar().setValue(0)
    left = map_.frame()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    right = map_.frame()
    assert left.left() < right.left()
    share = view.viewport().width() / view.network.layout.width
    assert abs(left.width() / (map_.width() - 10) - share) < 0.02
    pieces = map_.pieces()
    view.navigation.pan_page(100)
    assert map_.pieces()[0].top() > pieces[0].top()


def test_a_click_goes_there_and_a_drag_follows(view):
    map_ = zoomed(view, 30.0)
    bar = view.horizontalScrollBar()
    QTest.mouseClick(map_, Qt.MouseButton.LeftButton, pos=QPoint(map_.width() - 6, 5))
    assert bar.value() == bar.maximum()
    assert view.network.viewpoint.down == 0
    QTest.mousePress(map_, Qt.MouseButton.LeftButton, pos=map_.frame().center().toPoint())
    for x in (80, 40, 2):
        QTest.mouseMove(map_, QPoint(x, map_.height() - 3))
    QTest.mouseRelease(map_, Qt.MouseButton.LeftButton, pos=QPoint(2, map_.height() - 3))
    assert bar.value() == 0
    assert view.network.viewpoint.down == 1


def test_it_is_painted_in_the_theme(view):
    map_ = zoomed(view)
    view.set_theme(DARK)
    colour = map_.grab().toImage().pixelColor(map_.width() - 3, 3)
    assert colour.lightness() < 60


def test_a_narrow_view_has_no_map(make_view):
    view = make_view(ExperimentDocument(Experiment(dense(784, *[100] * 50, 10))), 320, 400)
    assert zoomed(view).geometry().left() > 100
