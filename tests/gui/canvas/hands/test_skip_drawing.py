from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from engine.architecture import SkipSpec, dense
from engine.edits import add_skip
from engine.spec import Experiment
from gui.canvas.items.skips import arcs_of
from gui.canvas.targets import Target
from gui.canvas.view import NetworkView
from gui.document import ExperimentDocument
from tests.gui.canvas.pointer import click, drag, header, hover, point, port, press, release

Key = Qt.Key
# The offscreen platform says so at every menu that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


@pytest.fixture
def document() -> ExperimentDocument:
    return ExperimentDocument(Experiment(dense(784, 30, 20, 30, 10)))


def skips(document: ExperimentDocument) -> tuple[SkipSpec, ...]:
    return document.experiment.architecture.skips


def arc(view: NetworkView, index: int) -> QPoint:
    """On the left foot of an arc."""
    box = view.network.skips[index].boundingRect()
    return point(view, box.left() + 8, box.bottom() - 14)


def test_a_drag_from_port_to_layer_connects_them(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    hover(qtbot, view, header(view, 1))
    assert view.network.columns[1].state.port
    hover(qtbot, view, port(view, 1))
    assert view.network.target == Target("port", 1)
    press(qtbot, view, port(view, 1))
    drag(qtbot, view, port(view, 1) + QPoint(40, 30), header(view, 3) + QPoint(0, 200))
    assert view.network.dragged_skip.isVisible()
    assert view.network.columns[3].state.receives
    assert skips(document) == ()
    release(qtbot, view, header(view, 3) + QPoint(0, 200))
    assert skips(document) == (SkipSpec("h1", "h3"),)
    assert document.undo_stack.undoText() == "Add skip hidden 1 → hidden 3"
    assert not view.network.dragged_skip.isVisible()
    assert view.network.selection.skip == SkipSpec("h1", "h3")
    assert [item.text for item in view.network.skips] == ["+"]  # the identity
    document.undo_stack.undo()
    assert skips(document) == ()
    assert view.network.skips == []


@pytest.mark.parametrize(
    ("source", "target", "reason"), [(2, 1, "leads forward"), (1, 2, "neighbouring layers")]
)
def test_a_wrong_one_is_refused_while_it_is_dragged(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument,
    source: int, target: int, reason: str,
) -> None:  # fmt: skip
    hover(qtbot, view, header(view, source))
    press(qtbot, view, port(view, source))
    there = header(view, target) + QPoint(0, 200)
    drag(qtbot, view, port(view, source) + QPoint(5, 20), there)
    assert reason in view.network.note.text
    assert view.network.note.isVisible()
    assert view.viewport().cursor().shape() == Qt.CursorShape.ForbiddenCursor
    release(qtbot, view, there)
    assert skips(document) == ()
    assert document.undo_stack.count() == 0
    assert not view.network.note.isVisible()


def test_escape_gives_up(qtbot: QtBot, view: NetworkView, document: ExperimentDocument) -> None:
    hover(qtbot, view, header(view, 1))
    press(qtbot, view, port(view, 1))
    drag(qtbot, view, port(view, 1) + QPoint(40, 30), header(view, 3) + QPoint(0, 200))
    qtbot.keyClick(view, Key.Key_Escape)
    assert not view.network.dragged_skip.isVisible()
    release(qtbot, view, header(view, 3) + QPoint(0, 200))
    assert skips(document) == ()


def test_a_projection_is_shown_where_widths_differ(
    view: NetworkView, document: ExperimentDocument
) -> None:
    document.change("", add_skip(document.experiment, 0, 4))
    assert view.network.skips[0].text == "P 10×784"
    view.resize(360, 400)
    deep = Experiment(dense(784, *[30] * 30, 10))
    document.replace(add_skip(deep, 4, 31))
    document.replace(add_skip(deep, 20, 22))
    assert view.network.skips[0].text == "+"


def test_a_skip_is_selected_and_removed(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    document.change("", add_skip(add_skip(document.experiment, 1, 3), 0, 4))
    view.network.motion.settle(len(view.network.columns))
    hover(qtbot, view, arc(view, 1))
    assert view.network.target == Target("skip", 1)
    click(qtbot, view, arc(view, 1))
    assert view.network.selection.skip == SkipSpec("input", "output")
    assert "skip connection from input to output" in view.accessibleDescription()
    qtbot.keyClick(view, Key.Key_Delete)
    assert skips(document) == (SkipSpec("h1", "h3"),)
    assert document.undo_stack.undoText() == "Remove skip input → output"


def test_the_menu_adds_and_removes_skips(
    qtbot: QtBot, view: NetworkView, document: ExperimentDocument
) -> None:
    def entries() -> dict[str, QAction]:
        view.select_layers((0,))
        view._gestures.context_menu_of_selected()
        assert view.menu is not None
        menu = next(
            a.menu() for a in view.menu.actions() if a.menu() and a.text() == "&Skip connection to"
        )
        return {action.text(): action for action in menu.actions()}

    assert list(entries()) == ["hidden 3", "output"]
    entries()["output"].trigger()
    assert skips(document) == (SkipSpec("h1", "output"),)
    assert entries()["output"].isChecked()
    entries()["output"].trigger()
    assert skips(document) == ()
    assert view.menu is not None
    view.menu.close()


def test_nested_arcs_do_not_cross() -> None:
    experiment = Experiment(dense(2, *[3] * 8, 2))
    for ends in ((1, 3), (3, 5), (1, 5), (0, 8), (6, 8)):
        experiment = add_skip(experiment, *ends)
    arcs = arcs_of(experiment.architecture)
    assert [arc.level for arc in arcs] == [0, 0, 1, 2, 0]
    for one in arcs:
        for other in arcs:
            overlap = one.source < other.target and other.source < one.target
            assert one is other or not overlap or one.level != other.level


def test_skips_leave_room_above_the_columns(
    view: NetworkView, document: ExperimentDocument
) -> None:
    before = view.network.layout.bands.frame
    document.change("", add_skip(document.experiment, 1, 3))
    after = view.network.layout.bands.frame
    assert after[0] > before[0]
    assert after[1] == before[1]
    top = view.network.skips[0].boundingRect().top()
    assert view.network.layout.bands.insert < top + 10 < after[0]


def test_fifty_layers_of_skips_stay_calm(make_view, document: ExperimentDocument) -> None:
    view = make_view(document)
    deep = Experiment(dense(784, *[30] * 50, 10))
    for k in range(1, 49, 2):
        deep = add_skip(deep, k, k + 2)
    document.replace(deep)
    view.network.motion.settle(52)
    tips = [item.boundingRect() for item in view.network.skips]
    assert all(a.right() <= b.right() for a, b in pairwise(tips))
    assert all(item.isVisible() for item in view.network.skips)
    assert view.network.target_at(QPointF(1, 1)).kind == "nothing"
