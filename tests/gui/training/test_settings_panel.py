import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.costs import COSTS
from engine.hyper import hypers
from engine.optimizers import OPTIMIZERS, Momentum
from engine.spec import FULL_BATCH, PRECISIONS
from gui.common.form_row import PIXELS_PER_STEP
from gui.common.number_field import NumberField
from gui.common.style import style_sheet
from gui.common.table_combo import TableCombo
from gui.document import ExperimentDocument
from gui.theme import DARK
from gui.training.settings_panel import STARTS_ANEW, SettingsPanel

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips
NUMBERS = {
    "eta": "0.25", "lmbda": "0.5", "batch": "50", "epochs": "7", "seed": "42",
    "evaluate_every": "3", "probe": "500",
}  # fmt: skip


def number_field(panel: QWidget, name: str) -> NumberField:
    return panel.findChild(NumberField, name)


def type_number(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)


def choose(qtbot: QtBot, combo: TableCombo, key: str) -> None:
    """With the arrow keys; entries on the way are chosen too."""
    combo.setFocus()
    here, there = combo.currentIndex(), combo.findData(key)
    for _ in range(abs(there - here)):
        qtbot.keyClick(combo, Key.Key_Down if there > here else Key.Key_Up)


@pytest.mark.parametrize(("name", "text"), NUMBERS.items())
def test_every_number_is_one_edit(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, name: str, text: str
):
    field = number_field(panel, name)
    before = field.text(), document.experiment
    type_number(qtbot, field, text)
    assert getattr(document.experiment.training, name) == float(text)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == f"Set {field.hyper.symbol}"
    document.undo_stack.undo()
    assert (field.text(), document.experiment) == before
    document.undo_stack.redo()
    assert field.text() == text


@pytest.mark.parametrize("key", list(PRECISIONS)[1:])
def test_precision(qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, key: str):
    combo = panel.findChild(TableCombo, "precision")
    choose(qtbot, combo, key)
    assert document.experiment.training.precision == key
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert combo.key == "auto"


def test_one_gesture_is_one_edit(qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument):
    field = number_field(panel, "eta")
    field.setFocus()
    for _ in range(3):
        qtbot.keyClick(field, Key.Key_Up)
    assert document.experiment.training.eta == 1.0
    assert document.undo_stack.count() == 1
    number_field(panel, "lmbda").setFocus()
    field.setFocus()
    qtbot.keyClick(field, Key.Key_Up)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert field.text() == "1"


def test_dragging_is_one_edit(qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument):
    name = panel.training.numbers.rows["epochs"].name
    for _ in range(2):
        qtbot.mousePress(name, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        for k in range(1, 5):
            qtbot.mouseMove(name, QPoint(3 + k * PIXELS_PER_STEP, 3))
        qtbot.mouseRelease(name, Qt.MouseButton.LeftButton)
    assert document.experiment.training.epochs == 38
    assert document.undo_stack.count() == 2


def test_out_of_range_is_told_and_the_old_stays(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    before = document.experiment
    type_number(qtbot, number_field(panel, "epochs"), "0")
    assert panel.foot.text() == "Epochs must lie between 1 and 1,000,000, not 0"
    assert panel.foot.property("role") == "fault"
    number_field(panel, "seed").setFocus()
    assert number_field(panel, "epochs").text() == "30"
    assert document.experiment is before
    assert document.undo_stack.count() == 0


def test_the_next_edit_takes_the_complaint_away(qtbot: QtBot, panel: SettingsPanel):
    type_number(qtbot, number_field(panel, "epochs"), "0")
    type_number(qtbot, number_field(panel, "seed"), "5")
    assert panel.foot.isHidden()


@pytest.mark.parametrize("key", COSTS)
def test_a_cost_brings_its_output_activation(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, key: str
):
    panel.set_selected_layers((2,))
    choose(qtbot, panel.training.cost, key)
    assert document.experiment.training.cost == key
    needed = COSTS[key].output or "sigmoid"
    assert document.experiment.architecture.layers[-1].activation == needed
    assert panel.layer.combos["activation"].key == needed
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert panel.training.cost.key == "cross_entropy"
    assert panel.layer.combos["activation"].key == "sigmoid"


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_and_its_numbers(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument, key: str
):
    choose(qtbot, panel.training.optimizer, key)
    assert document.experiment.training.optimizer.key == key
    assert document.undo_stack.count() == list(OPTIMIZERS).index(key)
    numbers = hypers(OPTIMIZERS[key])
    assert list(panel.training.rule.rows) == [h.name for h in numbers]
    for h in numbers:
        field = panel.training.rule.field(h.name)
        before, count = field.text(), document.undo_stack.index()
        field.setFocus()
        qtbot.keyClick(field, Key.Key_Down)
        assert getattr(document.experiment.training.optimizer, h.name) == field.number
        assert field.text() != before
        assert document.undo_stack.index() == count + 1
        document.undo_stack.undo()
        assert panel.training.rule.field(h.name).text() == before


def test_rprop_brings_the_full_batch(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    combo = panel.training.optimizer
    combo.set_key(list(OPTIMIZERS)[list(OPTIMIZERS).index("rprop") - 1])
    choose(qtbot, combo, "rprop")
    assert document.experiment.training.batch == FULL_BATCH
    assert number_field(panel, "batch").text() == "full"
    assert panel.foot.text() == "Rprop compares whole gradients, so the batch is now full."
    type_number(qtbot, number_field(panel, "batch"), "10")
    assert panel.foot.property("role") == "fault"
    assert "full batch" in panel.foot.text()
    assert number_field(panel, "batch").text() == "full"
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert (combo.key, number_field(panel, "batch").text()) == ("sgd", "10")


def test_what_two_rules_share_is_kept(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    choose(qtbot, panel.training.optimizer, "momentum")
    type_number(qtbot, panel.training.rule.field("mu"), "0.5")
    assert document.experiment.training.optimizer == Momentum(0.5)
    choose(qtbot, panel.training.optimizer, "nesterov")
    assert panel.training.rule.field("mu").text() == "0.5"


def test_what_starts_a_run_anew_bears_a_mark(panel: SettingsPanel):
    rows = {**panel.training.numbers.rows, **panel.measurement.numbers.rows}
    anew = {"seed", "probe"}
    assert not any(row.is_marked for row in rows.values())
    panel.set_running(True)
    assert {name for name, row in rows.items() if row.is_marked} == anew
    assert all(row.is_marked for row in panel.data.restart_rows())
    panel.set_running(False)
    assert not any(row.is_marked for s in panel.sections for row in s.restart_rows())


def test_rows_that_come_during_a_run_bear_marks_too(
    qtbot: QtBot, panel: SettingsPanel, document: ExperimentDocument
):
    panel.set_running(True)
    choose(qtbot, panel.data.source, "circles")
    assert panel.data.numbers.rows
    assert all(row.is_marked for row in panel.data.numbers.rows.values())


def test_the_foot_says_what_a_change_would_do(panel: SettingsPanel):
    number_field(panel, "seed").setFocus()
    assert panel.foot.isHidden()
    panel.set_running(True)
    assert panel.foot.text() == STARTS_ANEW
    number_field(panel, "eta").setFocus()
    assert panel.foot.isHidden()


def test_folding_the_measurement(qtbot: QtBot, panel: SettingsPanel):
    fold = panel.measurement.fold
    assert number_field(panel, "probe").isVisible()
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert not number_field(panel, "probe").isVisible()
    qtbot.keyClick(fold, Key.Key_Space)
    assert number_field(panel, "probe").isVisible()
    assert not fold.icon().isNull()


def test_the_fold_grows_with_the_text(panel: SettingsPanel):
    for scale in (2.0, 1.0):
        panel.setStyleSheet(style_sheet(DARK, scale))
        assert panel.measurement.fold.iconSize().width() == 12 * scale


def test_opening_another_experiment_shows_it(panel: SettingsPanel, xor: ExperimentDocument):
    assert panel.data.source.key == "xor"
    assert panel.training.numbers.field("eta").text() == "0.1"


def test_advice(qtbot: QtBot, panel: SettingsPanel):
    assert panel.advice.isHidden()
    panel.set_advice('Try <a href="eta">a smaller η</a>.')
    assert panel.advice.isVisible()
    with qtbot.waitSignal(panel.advice_followed) as followed:
        panel.advice.setFocus()
        qtbot.keyClick(panel.advice, Key.Key_Tab)
        qtbot.keyClick(panel.advice, Key.Key_Return)
    assert followed.args == ["eta"]
    panel.set_advice("")
    assert panel.advice.isHidden()


def test_keyboard_reaches_every_field(qtbot: QtBot, panel: SettingsPanel):
    panel.set_selected_layers((0,))
    fields = {f for f in panel.findChildren(NumberField) if f.isVisible()}
    fields |= {c for c in panel.findChildren(TableCombo) if c.isVisible()}
    panel.training.cost.setFocus()
    reached = set()
    for _ in range(3 * len(fields)):
        reached.add(now := panel.focusWidget())
        qtbot.keyClick(now, Key.Key_Tab)
    assert fields <= reached
    assert all(field.accessibleName() for field in fields)


@pytest.mark.parametrize("height", [420, 900])
def test_nothing_is_cut_off(qtbot: QtBot, panel: SettingsPanel, height: int):
    panel.setStyleSheet(style_sheet(DARK))
    panel.set_selected_layers((0,))
    qtbot.wait(1)
    panel.resize(panel.sizeHint().width(), height)
    qtbot.wait(20)
    assert panel.width() <= 260
    for field in panel.findChildren(QWidget):
        if field.property("role") == "field" and field.isVisible():
            right = field.mapTo(panel, field.rect().topRight()).x()
            assert right <= panel.width() - 8
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.property("role") == "dim" and not label.wordWrap():
            assert label.width() >= label.sizeHint().width()


def test_a_small_window_scrolls_to_the_layer(qtbot: QtBot, panel: SettingsPanel):
    panel.resize(panel.width(), 300)
    panel.set_selected_layers((1,))
    title = panel.layer.title

    def seen() -> bool:
        return not title.visibleRegion().isEmpty()

    qtbot.waitUntil(seen)
