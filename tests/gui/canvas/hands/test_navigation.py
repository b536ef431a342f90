from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture
from pytestqt.qtbot import QtBot

from engine.architecture import dense
from engine.spec import Experiment
from gui.canvas.layout import WHOLE
from gui.canvas.panel import CanvasPanel
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from gui.theme import LIGHT

Modifier, Button = Qt.KeyboardModifier, Qt.MouseButton


@pytest.fixture
def deep(make_view: Callable[..., NetworkView]) -> NetworkView:
    return make_view(ExperimentDocument(Experiment(dense(784, *[100] * 50, 10))))


def wheel(
    view: NetworkView, at: QPointF, notches: float = 1, modifiers: Modifier = Modifier.NoModifier,
    pixels: QPoint | None = None,
) -> None:  # fmt: skip
    viewport = view.viewport()
    finger = pixels is not None
    event = QWheelEvent(
        at, QPointF(viewport.mapToGlobal(at.toPoint())), pixels or QPoint(),
        pixels or QPoint(0, round(120 * notches)), Button.NoButton, modifiers,
        Qt.ScrollPhase.ScrollUpdate if finger else Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)
    assert event.isAccepted()


def drag(
    view: NetworkView, start: QPoint, by: QPoint, button: Button = Button.MiddleButton
) -> None:
    viewport = view.viewport()
    QTest.mousePress(viewport, button, pos=start)
    for share in (0.3, 0.7, 1.0):
        to = start + QPoint(round(by.x() * share), round(by.y() * share))
        QTest.mouseMove(viewport, to)
    QTest.mouseRelease(viewport, button, pos=start + by)


def across(view: NetworkView) -> int:
    return view.horizontalScrollBar().value()


def place_of(view: NetworkView, at: QPointF) -> tuple[float, float]:
    """What is at a point of the viewport: the column, with a fraction, and the neuron of it."""
    layout = view.network.layout
    place = (at.x() + across(view) - layout.columns[0].x) / layout.pitch
    return place, layout.columns[round(place)].index_at(at.y())


@pytest.mark.parametrize(("x", "column"), [(60, 0), (250, 1), (330, 1), (560, 3)])
@pytest.mark.parametrize("y", [130, 250, 330])
def test_the_wheel_zooms_and_what_is_under_the_pointer_stays(view, x, column, y):
    layout, at = view.network.layout, QPointF(x, y)
    assert layout.columns[column].x == pytest.approx(x, abs=90)
    before = view.grab().toImage()
    places = [place_of(view, at)]
    for _ in range(14):
        wheel(view, at)
        places.append(place_of(view, at))
    assert view.navigation.zoom == pytest.approx(1.25**14)
    maximum = view.horizontalScrollBar().maximum()
    assert maximum > 0
    if 0 < across(view) < maximum:
        assert places[-1][0] == pytest.approx(places[2][0], abs=0.02)
    at_column = view.network.layout.columns[column]
    if view.network.layout.overflow_of(at_column) and 0 < view.network.viewpoint.down < 1:
        assert places[-1][1] == pytest.approx(places[0][1], rel=0.05, abs=1.1)
    for _ in range(15):
        wheel(view, at, -1)
    assert view.network.viewpoint == WHOLE
    assert view.grab().toImage() == before


def test_the_neuron_under_the_pointer_stays_under_it(view):
    for _ in range(9):
        wheel(view, QPointF(60, 200))
    column = view.network.layout.columns[0]
    at = QPointF(column.x - across(view), float(column.y[len(column.y) // 2]))
    neuron = int(column.shown[len(column.y) // 2])
    for _ in range(5):
        wheel(view, at)
        column = view.network.layout.columns[0]
        here = column.y[column.shown.tolist().index(neuron)]
        assert here == pytest.approx(at.y(), abs=1.0)


def test_zooming_into_the_ellipsis_shows_what_it_stands_for(view):
    column = view.network.layout.columns[0]
    assert column.dots is not None
    at = QPointF(column.x, column.dots)
    for _ in range(30):
        wheel(view, QPointF(column.x, at.y()))
    column = view.network.layout.columns[0]
    assert column.dots is None
    assert column.left_out == 0
    assert column.above > 100
    assert column.below > 100


def test_all_inputs_can_be_seen_at_the_greatest_zoom(view):
    for _ in range(40):
        view.zoom_in()
    assert view.navigation.zoom == view.network.layout.most_zoom
    seen: set[int] = set()
    view.navigation.pan_page(-1000)
    while not seen or view.network.viewpoint.down < 1:
        seen.update(view.network.layout.columns[0].shown.tolist())
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    seen.update(view.network.layout.columns[0].shown.tolist())
    assert seen == set(range(784))


def test_keys_zoom_and_fit_exactly(view):
    before = view.grab().toImage()
    QTest.keyClick(view, Qt.Key.Key_Plus, Modifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Equal, Modifier.ControlModifier)
    assert view.navigation.zoom == pytest.approx(1.25**2)
    assert view.network.architecture.sizes == (784, 30, 30, 10)
    QTest.keyClick(view, Qt.Key.Key_Minus, Modifier.ControlModifier)
    assert view.navigation.zoom == pytest.approx(1.25)
    QTest.keyClick(view, Qt.Key.Key_0, Modifier.ControlModifier)
    assert view.network.viewpoint == WHOLE
    assert view.grab().toImage() == before


def test_shift_and_the_wheel_pan_sideways(deep):
    wheel(deep, QPointF(350, 250), 5, Modifier.ControlModifier)
    before, zoom = across(deep), deep.navigation.zoom
    wheel(deep, QPointF(350, 250), -2, Modifier.ShiftModifier)
    assert across(deep) == before + 120
    assert deep.navigation.zoom == zoom > 2


def test_fingers_pan_and_with_ctrl_zoom(deep):
    at = QPointF(350, 250)
    wheel(deep, at, 8)
    before, down, zoom = across(deep), deep.network.viewpoint.down, deep.navigation.zoom
    wheel(deep, at, modifiers=Modifier.NoModifier, pixels=QPoint(-30, -40))
    assert across(deep) == before + 30
    moved = (deep.network.viewpoint.down - down) * deep.network.layout.overflow
    assert moved == pytest.approx(40)
    assert deep.navigation.zoom == zoom
    wheel(deep, at, modifiers=Modifier.ControlModifier, pixels=QPoint(0, 60))
    assert deep.navigation.zoom > zoom


def native(view: NetworkView, value: float, at: QPointF) -> None:
    viewport = view.viewport()
    on_screen = QPointF(viewport.mapToGlobal(at.toPoint()))
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        at, at, on_screen, value, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_a_pinch_on_a_trackpad_zooms_where_the_fingers_are(view):
    at = QPointF(300, 200)
    native(view, 0.5, at)
    before = place_of(view, at)
    native(view, 0.5, at)
    assert view.navigation.zoom == pytest.approx(2.25)
    assert place_of(view, at) == pytest.approx(before, abs=0.02)
    native(view, -0.9, at)
    assert view.network.viewpoint == WHOLE


def test_a_pinch_on_a_screen_zooms(view):
    pinch = QPinchGesture()
    pinch.setChangeFlags(QPinchGesture.ChangeFlag.ScaleFactorChanged)
    pinch.setScaleFactor(1.5)
    pinch.setCenterPoint(QPointF(view.viewport().mapToGlobal(QPoint(300, 200))))
    event = QGestureEvent([pinch])
    QApplication.sendEvent(view.viewport(), event)
    assert view.navigation.zoom == pytest.approx(1.5)


def test_the_middle_button_drags_the_picture(deep):
    wheel(deep, QPointF(350, 250), 10)
    column = deep.network.layout.columns[25]
    before, index = across(deep), column.index_at(250)
    drag(deep, QPoint(350, 250), QPoint(-80, -60))
    assert across(deep) == before + 80
    assert deep.network.layout.columns[25].index_at(190) == pytest.approx(index, abs=0.1)
    assert deep.network.selected is None
    assert len(deep.network.architecture.layers) == 51


def test_space_and_a_drag_move_the_picture_and_do_not_play(deep, qtbot: QtBot):
    wheel(deep, QPointF(350, 250), 10)
    before, taps = across(deep), []
    deep.navigation_input.space_tapped.connect(lambda: taps.append(1))
    QTest.keyPress(deep, Qt.Key.Key_Space)
    assert deep.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mousePress(deep.viewport(), Button.LeftButton, pos=QPoint(350, 250))
    assert deep.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(deep.viewport(), QPoint(300, 250))
    QTest.mouseRelease(deep.viewport(), Button.LeftButton, pos=QPoint(300, 250))
    assert deep.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.keyRelease(deep, Qt.Key.Key_Space)
    assert deep.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert across(deep) == before + 50
    assert (taps, deep.network.selected) == ([], None)
    QTest.keyClick(deep, Qt.Key.Key_Space)
    assert taps == [1]


def test_space_belongs_to_the_view_while_it_has_the_focus(view):
    for key, taken in ((Qt.Key.Key_Space, True), (Qt.Key.Key_S, False)):
        override = _key(QEvent.Type.ShortcutOverride, key)
        override.ignore()
        QApplication.sendEvent(view, override)
        assert override.isAccepted() == taken


def _key(kind: QEvent.Type, key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(kind, key, Modifier.NoModifier)


def test_without_space_the_left_button_still_selects(view):
    column = view.network.layout.columns[1]
    QTest.mouseClick(
        view.viewport(), Button.LeftButton, pos=QPoint(round(column.x), round(column.y[0]))
    )
    assert view.network.selected == 1


def test_zoom_to_the_selected_layer_shows_all_its_neurons(deep):
    deep.select_layers((19,))
    deep.zoom_to_selection()
    column = deep.network.layout.columns[20]
    assert column.left_out == 0
    assert column.shown[0] == 0
    assert column.x - across(deep) == pytest.approx(350, abs=1)
    deep.select_layers(())
    deep.zoom_to_selection()
    assert deep.network.viewpoint == WHOLE


def test_a_selected_layer_comes_into_sight(deep):
    wheel(deep, QPointF(10, 250), 12)
    for layer in (50, 0, 25):
        deep.select_layers((layer,))
        x = deep.network.layout.columns[layer + 1].x - across(deep)
        assert 0 <= x <= deep.viewport().width()


def test_a_neuron_out_of_sight_can_be_brought_in(view):
    for _ in range(30):
        wheel(view, QPointF(60, 250))
    for neuron in (0, 700, 783):
        view.navigation.reveal(0, neuron)
        assert neuron in view.network.layout.columns[0].shown


def test_an_edit_keeps_the_zoom_and_another_network_is_shown_whole(view, document):
    wheel(view, QPointF(300, 250), 4)
    zoom = view.navigation.zoom
    document.change("Add a layer", Experiment(dense(784, 30, 20, 30, 10)))
    assert view.navigation.zoom == zoom
    document.replace(Experiment(dense(784, *[10] * 30, 10)))
    assert view.network.viewpoint == WHOLE


def test_headers_and_legend_stay_in_sight(deep):
    height = deep.network.layout.bands.number
    wheel(deep, QPointF(350, 250), 10)
    deep.navigation.pan_page(3)
    assert deep.network.layout.bands.number == height
    assert deep.verticalScrollBar().maximum() == 0
    legend = deep.network.live.legend
    assert legend.sceneBoundingRect().left() - across(deep) == pytest.approx(16)


def test_a_thousand_layers_are_strips_until_one_zooms_in(make_view):
    view = make_view(ExperimentDocument(Experiment(dense(784, *[30, 5] * 499, 10))))
    layout, live = view.network.layout, view.network.live
    assert layout.is_thin
    assert layout.width == view.viewport().width()
    assert live.legend.lines[0].startswith("edges: none of")
    image = view.grab().toImage()
    middle = round(sum(layout.room) / 2)
    colours = [image.pixelColor(x, middle) for x in (60, 350, 640)]
    assert len({colour.name() for colour in colours}) == 3
    assert all(colour.hsvSaturation() > 100 for colour in colours)
    view.navigation.zoom_by(40.0, QPointF(350, 250))
    assert not view.network.layout.is_thin
    assert not live.legend.lines[0].startswith("edges: none of")
    assert view.minimap.isVisible()


def test_a_pass_goes_on_while_one_zooms(qtbot: QtBot, document, inspection_of, snapshot_of):
    panel = CanvasPanel(document, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(800, 700)
    panel.show()
    qtbot.waitExposed(panel)
    shot = snapshot_of(document.experiment, weights=True)
    panel.view.show_snapshot(replace(shot, inspection=inspection_of(document.experiment)))
    panel.play_pass("backward")
    for factor in (4.0, 30.0, 0.01):
        panel.view.navigation.zoom_by(factor, QPointF(200, 250))
        panel.close_look.player.step(1)
        qtbot.wait(30)
    assert panel.view.network.viewpoint == WHOLE
