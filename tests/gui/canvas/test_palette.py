import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.activations import HIDDEN
from engine.architecture import SkipSpec
from gui.canvas.hands.layer_edits import BLOCK
from gui.canvas.palette import MIME, Palette, curve
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from gui.theme import DARK, LIGHT

Button, Action = Qt.MouseButton, Qt.DropAction


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    palette = Palette(LIGHT)
    qtbot.addWidget(palette)
    palette.resize(90, 700)
    palette.show()
    qtbot.waitExposed(palette)
    return palette


def data_of(kind: str) -> QMimeData:
    data = QMimeData()
    data.setData(MIME, QByteArray(kind.encode()))
    return data


def send(view: NetworkView, event: object) -> bool:
    QApplication.sendEvent(view.viewport(), event)
    return event.isAccepted()


def over(view: NetworkView, data: QMimeData, at: QPoint) -> bool:
    buttons, keys = Button.LeftButton, Qt.KeyboardModifier.NoModifier
    send(view, QDragEnterEvent(at, Action.CopyAction, data, buttons, keys))
    return send(view, QDragMoveEvent(at, Action.CopyAction, data, buttons, keys))


def drop(view: NetworkView, data: QMimeData, at: QPoint) -> bool:
    buttons, keys = Button.LeftButton, Qt.KeyboardModifier.NoModifier
    over(view, data, at)
    return send(view, QDropEvent(QPointF(at), Action.CopyAction, data, buttons, keys))


def test_a_tile_for_every_kind(palette: Palette) -> None:
    assert [tile.key for tile in palette.tiles] == [*HIDDEN, BLOCK]
    for tile in palette.tiles:
        assert tile.accessibleName().startswith("Add ")
        assert "Drag into the network" in tile.toolTip()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_tiles_show_their_curves(palette: Palette, theme) -> None:
    palette.set_theme(theme)
    pictures = set()
    for tile in palette.tiles:
        image = tile.grab().toImage().convertToFormat(tile.grab().toImage().Format.Format_RGB32)
        top = image.copy(0, 0, image.width(), image.height() - 20)
        pictures.add(bytes(top.constBits()))
    assert len(pictures) == len(palette.tiles)


def test_the_curve_is_the_engines() -> None:
    z, a = curve(HIDDEN["tanh"])
    np.testing.assert_allclose(a, np.tanh(z))


def test_a_click_and_keys_choose(qtbot: QtBot, palette: Palette) -> None:
    chosen: list[str] = []
    palette.chosen.connect(chosen.append)
    qtbot.mouseClick(palette.tiles[3], Button.LeftButton)
    palette.setFocus(Qt.FocusReason.TabFocusReason)
    palette.tiles[0].setFocus()
    qtbot.keyClick(palette.tiles[0], Qt.Key.Key_Down)
    qtbot.keyClick(palette.tiles[1], Qt.Key.Key_Down)
    assert palette.tiles[2].hasFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(palette.tiles[2], key)
    qtbot.keyClick(palette.tiles[2], Qt.Key.Key_Up)
    assert palette.tiles[1].hasFocus()
    assert chosen == [palette.tiles[3].key, *[palette.tiles[2].key] * 3]


def test_a_drag_starts_and_is_no_click(
    qtbot: QtBot, palette: Palette, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[bytes, bool]] = []

    def execute(self: QDrag, *_: object) -> Qt.DropAction:
        dragged.append((self.mimeData().data(MIME).data(), self.pixmap().isNull()))
        return Action.CopyAction

    monkeypatch.setattr(QDrag, "exec", execute)
    tile = palette.tiles[3]
    with qtbot.assertNotEmitted(palette.chosen):
        qtbot.mousePress(tile, Button.LeftButton, pos=QPoint(20, 20))
        qtbot.mouseMove(tile, QPoint(22, 21))
        assert dragged == []
        qtbot.mouseMove(tile, QPoint(60, 40))
        qtbot.mouseRelease(tile, Button.LeftButton, pos=QPoint(60, 40))
    assert dragged == [(tile.key.encode(), False)]


def test_the_gap_opens_and_the_layer_lands(view: NetworkView, document: ExperimentDocument) -> None:
    view.network.motion.duration = 0
    at = view.mapFromScene(QPointF(view.network.layout.gap_x(1), 300))
    data = data_of("relu")
    assert over(view, data, at)
    offsets = view.network.motion.offsets
    assert offsets[1] < 0 < offsets[2]
    ghost = view.network.ghost
    assert (ghost.isVisible(), ghost.text, ghost.x()) == (
        True,
        "ReLU",
        view.network.layout.gap_x(1),
    )
    assert drop(view, data, at)
    assert not ghost.isVisible()
    assert document.experiment.architecture.sizes == (784, 30, 30, 30, 10)
    assert document.experiment.architecture.layers[1].activation == "relu"
    assert document.undo_stack.undoText() == "Add ReLU layer"
    assert document.undo_stack.count() == 1
    assert view.selected_layers == (1,)
    assert view.network.motion.is_at_rest
    document.undo_stack.undo()
    assert document.experiment.architecture.sizes == (784, 30, 30, 10)


def test_the_gap_closes_when_it_is_dragged_away(
    view: NetworkView, document: ExperimentDocument
) -> None:
    view.network.motion.duration = 0
    at = view.mapFromScene(QPointF(view.network.layout.gap_x(2), 300))
    over(view, data_of("relu"), at)
    assert not view.network.motion.is_at_rest
    send(view, QDragLeaveEvent())
    assert not view.network.ghost.isVisible()
    assert view.network.motion.is_at_rest
    assert document.undo_stack.count() == 0


def test_beside_the_network_it_lands_at_the_nearest_end(
    view: NetworkView, document: ExperimentDocument
) -> None:
    width = view.viewport().width()
    drop(view, data_of("tanh"), QPoint(width - 2, 300))
    assert document.experiment.architecture.layers[2].activation == "tanh"
    drop(view, data_of("elu"), QPoint(1, 300))
    assert document.experiment.architecture.layers[0].activation == "elu"


def test_a_residual_block_brings_its_skip(view: NetworkView, document: ExperimentDocument) -> None:
    view.select_layers((0,))
    view.add_layer(BLOCK)
    architecture = document.experiment.architecture
    assert architecture.sizes == (784, 30, 30, 30, 30, 10)
    assert architecture.skips == (SkipSpec("h1", architecture.layers[2].id),)
    assert view.selected_layers == (1, 2)
    assert document.undo_stack.undoText() == "Add residual block"


def test_what_is_no_layer_passes_to_the_window(view: NetworkView) -> None:
    data = QMimeData()
    data.setText("30-30")
    assert not over(view, data, QPoint(100, 100))
    assert view.network.motion.is_at_rest


def test_an_unknown_kind_is_a_plain_layer(view: NetworkView, document: ExperimentDocument) -> None:
    drop(view, data_of("nonsense"), QPoint(200, 200))
    assert len(document.experiment.architecture.layers) == 4
