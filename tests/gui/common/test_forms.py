from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.datasets import DATA_SOURCES
from engine.faults import InputError
from engine.hyper import Hyper, hyper, hypers
from engine.numerals import short
from engine.optimizers import OPTIMIZERS
from gui.common.forms import FamilyForm, HyperForm
from gui.common.number_field import NumberField
from gui.common.numbers import stepped

FAMILIES = {**OPTIMIZERS, **DATA_SOURCES}
NUMBERS = [(key, h) for key, cls in FAMILIES.items() for h in hypers(cls)]
pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # of tooltips


def type_number(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("key", FAMILIES)
def test_a_row_for_every_number(qtbot: QtBot, key: str):
    value = FAMILIES[key]()
    qtbot.addWidget(form := HyperForm(value))
    assert list(form.rows) == [h.name for h in hypers(value)]
    for h in hypers(value):
        assert form.rows[h.name].name.text() == h.symbol
        assert form.field(h.name).text() == short(getattr(value, h.name))


@pytest.mark.parametrize(("key", "h"), NUMBERS, ids=[f"{key}-{h.name}" for key, h in NUMBERS])
def test_every_number_is_typed(qtbot: QtBot, shown, key: str, h: Hyper):
    value = FAMILIES[key]()
    form = shown(FamilyForm(value))
    told: list[Any] = []
    form.value_changed.connect(told.append)
    now = getattr(value, h.name)
    number = next(n for s in (1, -1) if (n := stepped(h, now, s)) != now)
    type_number(qtbot, form.field(h.name), short(number))
    assert told == [replace(value, **{h.name: number})]
    assert type(getattr(told[0], h.name)) is type(h.default)


@pytest.mark.parametrize("key", FAMILIES)
def test_another_member_has_other_rows(qtbot: QtBot, key: str):
    qtbot.addWidget(form := FamilyForm(FAMILIES["sgd"]()))
    told: list[Any] = []
    form.value_changed.connect(told.append)
    for other in ("adam", key, "sgd", key):
        form.set_value(FAMILIES[other]())
        assert list(form.rows) == [h.name for h in hypers(FAMILIES[other])]
        assert form.isHidden() == (not form.rows)  # an empty one takes no room
    assert told == []


@dataclass(frozen=True)
class Pair:
    low: float = hyper(1.0, "a", 0.0, 10.0)
    high: float = hyper(2.0, "b", 0.0, 10.0)
    seed: int = hyper(0, "seed", 0, 9)

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise InputError("a must not be larger than b")


def test_what_the_value_refuses_is_told_and_the_old_stays(qtbot: QtBot, shown):
    form = shown(HyperForm(Pair()))
    told: list[Any] = []
    form.refused.connect(told.append)
    form.value_changed.connect(told.append)
    type_number(qtbot, form.field("low"), "3")
    assert told == ["a must not be larger than b"]
    assert form.field("low").text() == "1"
    assert form.value == Pair()


def test_only_names_and_words(shown):
    form = shown(
        HyperForm(Pair(), only=("seed", "low"), lowest={"seed": "none"}, names={"low": "lowest"})
    )
    assert [row.name.text() for row in form.rows.values()] == ["seed", "lowest"]
    assert form.field("seed").text() == "none"


def test_set_value_is_silent_and_shown(qtbot: QtBot, shown):
    form = shown(HyperForm(Pair()))
    with qtbot.assertNotEmitted(form.value_changed):
        form.set_value(Pair(1.5, 2.5, 3))
    assert [form.field(n).text() for n in form.rows] == ["1.5", "2.5", "3"]
    assert form.value == Pair(1.5, 2.5, 3)


def test_a_gesture_ends_with_return_or_on_leaving(qtbot: QtBot, shown):
    form = shown(HyperForm(Pair()))
    with qtbot.waitSignal(form.gesture_ended):
        type_number(qtbot, form.field("low"), "1.2")
    form.field("low").setFocus()
    with qtbot.waitSignal(form.gesture_ended):
        form.field("high").setFocus()
