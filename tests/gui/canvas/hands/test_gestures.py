import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from engine.architecture import dense
from engine.spec import Experiment
from gui.canvas.hands.drags import dragged
from gui.canvas.targets import remove_at
from gui.common.style import style_sheet
from gui.document import ExperimentDocument
from gui.theme import LIGHT

# The offscreen platform says so at every menu and tooltip that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def sizes(document):
    return document.experiment.architecture.sizes


def steps(document):
    return document.undo_stack.count()


def click(qtbot, view, x, y):
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.mapFromScene(QPointF(x, y)))


def click_column(qtbot, view, column):
    click(qtbot, view, view.network.layout.columns[column].x, 150)


def drag_to(qtbot, port, at):
    """Moves are joined to one a frame."""
    qtbot.mouseMove(port, at)
    qtbot.wait(20)


@pytest.fixture
def refusals(view):
    said = []
    view.refused.connect(said.append)
    return said


def test_a_click_selects_and_a_click_beside_does_not(qtbot, view):
    click_column(qtbot, view, 1)
    assert view.selected_layer == 0
    click_column(qtbot, view, 3)
    assert view.selected_layer == 2
    click(qtbot, view, view.network.layout.gap_x(1), view.network.layout.bands.speeds + 12)
    assert view.selected_layer is None
    assert view.network.selected is None


def test_plus_inserts_and_undo_takes_back(qtbot, view, document):
    layout = view.network.layout
    click(qtbot, view, layout.gap_x(1), layout.bands.insert)
    assert sizes(document) == (784, 30, 30, 30, 10)
    assert document.undo_stack.undoText() == "Add layer"
    assert view.selected_layer == 1
    document.undo_stack.undo()
    assert sizes(document) == (784, 30, 30, 10)


def test_plus_between_input_and_output(qtbot, make_view):
    document = ExperimentDocument(Experiment(dense(784, 10)))
    view = make_view(document)
    layout = view.network.layout
    click(qtbot, view, layout.gap_x(0), layout.bands.insert)
    assert sizes(document) == (784, 30, 10)


def test_the_cross_removes(qtbot, view, document):
    click_column(qtbot, view, 2)
    click(qtbot, view, *remove_at(view.network.layout, 2))
    assert sizes(document) == (784, 30, 10)
    assert view.selected_layer == 0
    assert document.undo_stack.undoText() == "Remove hidden 2"


def test_ends_have_no_cross(qtbot, view, document):
    for column in (0, 3):
        click_column(qtbot, view, column)
        assert not view.network.remove.isVisible()
    click_column(qtbot, view, 1)
    assert view.network.remove.isVisible()


def test_dragging_the_handle_is_one_step(qtbot, view, document):
    click_column(qtbot, view, 1)
    layout = view.network.layout
    start = view.mapFromScene(QPointF(layout.columns[1].x, layout.bands.frame[1]))
    port = view.viewport()
    qtbot.mousePress(port, LEFT, pos=start)
    seen = []
    for dy in (5, 20, 40, -30, -60):
        drag_to(qtbot, port, start + QPoint(0, dy))
        seen.append(sizes(document)[1])
        assert view.network.columns[1].state.resizing
    qtbot.mouseRelease(port, LEFT, pos=start + QPoint(0, -60))
    assert seen[0] < seen[1] < seen[2]
    assert seen[-1] < 30
    assert not view.network.columns[1].state.resizing
    assert steps(document) == 1
    document.undo_stack.undo()
    assert sizes(document)[1] == 30


def test_two_drags_are_two_steps_and_escape_gives_up(qtbot, view, document):
    layout = view.network.layout
    start = view.mapFromScene(QPointF(layout.columns[2].x, layout.bands.frame[1]))
    port = view.viewport()
    for _ in range(2):
        qtbot.mousePress(port, LEFT, pos=start)
        qtbot.mouseMove(port, start + QPoint(0, 30))
        qtbot.mouseRelease(port, LEFT, pos=start + QPoint(0, 30))
    assert steps(document) == 2
    before = sizes(document)
    qtbot.mousePress(port, LEFT, pos=start)
    drag_to(qtbot, port, start + QPoint(0, 50))
    assert sizes(document) != before
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseMove(port, start + QPoint(0, 80))
    qtbot.mouseRelease(port, LEFT, pos=start + QPoint(0, 80))
    assert sizes(document) == before


def test_a_drag_is_smooth_and_stays_possible():
    for neurons in (1, 30, 5_000):
        path = [dragged(neurons, pixels) for pixels in range(-400, 400)]
        assert path == sorted(path)
        assert path[0] == max(1, path[0])
        assert dragged(neurons, 0) == neurons
    assert dragged(1, 10) == 2
    assert dragged(30, 6) == 31


def test_keys_walk_along_the_layers(qtbot, view):
    for key, expected in (
        (Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 2), (Qt.Key.Key_Home, None), (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Escape, None),
    ):  # fmt: skip
        qtbot.keyClick(view, key)
        assert view.selected_layer == expected


def test_keys_add_and_remove(qtbot, view, document):
    view.select_layers((0,))
    for key, expected in (
        (Qt.Key.Key_Insert, (784, 30, 30, 30, 10)), (Qt.Key.Key_Plus, (784, 30, 30, 30, 30, 10)),
        (Qt.Key.Key_Delete, (784, 30, 30, 30, 10)), (Qt.Key.Key_Delete, (784, 30, 30, 10)),
        (Qt.Key.Key_Delete, (784, 30, 10)), (Qt.Key.Key_Delete, (784, 10)),
    ):  # fmt: skip
        qtbot.keyClick(view, key)
        assert sizes(document) == expected
    assert view.selected_layer is None


def test_keys_change_the_neurons(qtbot, view, document):
    view.select_layers((1,))
    for key, modifier, expected in (
        (Qt.Key.Key_Up, CTRL, 31), (Qt.Key.Key_Up, SHIFT, 41), (Qt.Key.Key_Down, CTRL, 40),
        (Qt.Key.Key_Down, SHIFT, 30), (Qt.Key.Key_Down, SHIFT, 20), (Qt.Key.Key_Down, SHIFT, 10),
        (Qt.Key.Key_Down, SHIFT, 1), (Qt.Key.Key_Down, CTRL, 1),
    ):  # fmt: skip
        qtbot.keyClick(view, key, modifier)
        assert sizes(document)[2] == expected
    document.undo_stack.undo()
    assert sizes(document)[2] == 10


def test_input_and_output_say_why_not(qtbot, view, document, refusals):
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(view, key)
        for refused in (Qt.Key.Key_Delete, Qt.Key.Key_Return):
            qtbot.keyClick(view, refused)
        qtbot.keyClick(view, Qt.Key.Key_Up, CTRL)
    assert sizes(document) == (784, 30, 30, 10)
    assert len(refusals) == 6
    assert all(text[0].isupper() and text.endswith(".") for text in refusals)
    assert "784" in refusals[0]
    assert "10" in refusals[4]


def test_too_many_parameters_are_refused(qtbot, make_view):
    document = ExperimentDocument(Experiment(dense(784, 5_000, 5_000, 10)))
    view = make_view(document)
    with qtbot.waitSignal(view.refused) as said:
        layout = view.network.layout
        click(qtbot, view, layout.gap_x(1), layout.bands.insert)
    assert "limit" in said.args[0]
    assert sizes(document) == (784, 5_000, 5_000, 10)


def test_a_number_is_typed_on_the_header(qtbot, view, document):
    layout = view.network.layout
    at = view.mapFromScene(QPointF(layout.columns[1].x, layout.bands.number))
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=at)
    assert view.editor.isVisible()
    assert view.editor.text() == "30"
    qtbot.keyClicks(view.editor, "45")
    qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert not view.editor.isVisible()
    assert sizes(document)[1] == 45
    assert steps(document) == 1


def test_the_field_shows_its_number_in_the_windows_style(qtbot, view):
    view.setStyleSheet(style_sheet(LIGHT))
    view.select_layers((0,))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    line = view.editor.lineEdit()
    assert line.width() > line.fontMetrics().horizontalAdvance("10,000")
    assert line.height() >= line.fontMetrics().height()


def test_escape_brings_the_number_back(qtbot, view, document):
    view.select_layers((0,))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view.editor, Qt.Key.Key_Up)
    assert sizes(document)[1] == 31
    qtbot.keyClicks(view.editor, "99")
    qtbot.keyClick(view.editor, Qt.Key.Key_Escape)
    assert not view.editor.isVisible()
    assert sizes(document)[1] == 30


def test_a_wrong_number_is_refused_and_can_be_mended(qtbot, view, document, refusals):
    view.select_layers((0,))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClicks(view.editor, "0")
    qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert view.editor.isVisible()
    assert "between 1 and 10,000" in refusals[0]
    assert sizes(document)[1] == 30
    qtbot.keyClicks(view.editor, "12")
    qtbot.keyClick(view.editor, Qt.Key.Key_Return)
    assert sizes(document)[1] == 12


def test_undo_while_typing_closes_the_field_of_a_layer_that_is_gone(qtbot, view, document):
    view.select_layers((0,))
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.editor.isVisible()
    document.undo_stack.undo()
    assert not view.editor.isVisible()


def test_tab_brings_a_selection(qtbot, view):
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    assert view.selected_layer == 0
    assert view.network.columns[1].state.focused


def test_keys_that_mean_nothing_here_are_left_to_the_window(qtbot, view):
    view.select_layers((0,))
    for key in (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_Tab):
        qtbot.keyClick(view, key)
    assert view.edits.experiment.architecture.sizes == (784, 30, 30, 10)
