"""The witness of the product, digit by digit, and its chip."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.chain.spec import ChainSpec, drawn, start_chain
from engine.chain.trace import trace
from engine.chain.witness import witness
from gui.chain.proof.chip import WitnessChip, verdict
from gui.chain.proof.digits import Spelled, agreeing
from gui.chain.proof.study import ProofStudy


def complex_step(chain: ChainSpec) -> float:
    a: complex = chain.x
    for j, (w, b) in enumerate(zip(chain.w, chain.b, strict=True)):
        a = 1 / (1 + np.exp(-(w * a + b + (1e-30j if j == 0 else 0))))
    return float((0.5 * (a - chain.y) ** 2).imag / 1e-30)


def value(spelled: Spelled) -> float:
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    power = spelled.power.removeprefix("·10").translate(raised) or "0"
    return float(f"{spelled.sign.replace('−', '-')}{spelled.digits}e{power}")


def test_both_rows_are_the_derivative_to_the_last_digits(study: ProofStudy) -> None:
    exact = complex_step(start_chain())
    for _, spelled in study.witness.digits.rows:
        assert value(spelled) == pytest.approx(exact, rel=1e-14)
    assert [name for name, _ in study.witness.digits.rows] == ["product", "complex step"]


def test_the_digits_that_agree_are_marked(study: ProofStudy) -> None:
    rows, marked = study.witness.digits.rows, study.witness.digits.marked
    assert marked >= 15
    assert rows[0][1].digits[:marked] == rows[1][1].digits[:marked]


@pytest.mark.parametrize(
    ("one", "other", "digits", "marked"),
    [
        (1.2345, 1.2346, 4.1, 5),  # 1.234 and its point
        (1.2345, 1.2345, 16.0, 17),
        (1.0, -1.0, 0.0, 0),
        (1.0, 10.0, 0.0, 0),
        (0.0, 0.0, 16.0, 0),
        (float("nan"), 1.0, 0.0, 0),
    ],
)
def test_agreeing(one: float, other: float, digits: float, marked: int) -> None:
    with np.errstate(all="ignore"):
        spelled = [Spelled.of(v, float(np.log10(abs(v)))) for v in (one, other)]
    assert agreeing(*spelled, digits) == marked


def test_what_no_float_holds_is_spelled_by_its_power() -> None:
    assert Spelled.of(0.0, -712.5).power == "3.2·10⁻⁷¹³"
    assert Spelled.of(0.0, -np.inf).power == "0"


def test_finite_differences_fail_on_twenty_neurons(qtbot: QtBot, study: ProofStudy) -> None:
    """One click sets them; the witness still agrees."""
    document = study._document
    document.changed.connect(lambda chain: study.show_trace(trace(chain)))
    assert not study.witness.plot.failed
    assert "at best" in study.witness.plot.words(1000)
    qtbot.mouseClick(study.witness.deep, Qt.MouseButton.LeftButton)
    assert document.chain.neurons == 20
    assert document.chain.activation == "sigmoid"
    assert document.undo_stack.undoText() == "Try 20 neurons"
    qtbot.waitUntil(lambda: study.witness.plot.failed)
    assert study.witness.digits.marked >= 15
    assert "100 % wrong" in study.witness.plot.words(1000)
    study.grab()
    document.undo_stack.undo()
    assert document.chain == start_chain()
    qtbot.waitUntil(lambda: not study.witness.plot.failed)


@pytest.fixture
def chip(qtbot: QtBot) -> Iterator[WitnessChip]:
    chip = WitnessChip()
    qtbot.addWidget(chip)
    yield chip
    chip.hide()


def test_the_chip_says_how_many_digits_agree(chip: WitnessChip) -> None:
    chip.show_trace(trace(start_chain()))
    assert chip.text() in [f"✓ complex step agrees to {n} digits" for n in (15, 16)]
    assert chip.property("verdict") == "balanced"


@pytest.mark.parametrize(
    ("chain", "brief"),
    [
        (ChainSpec((1.0,), (0.0,), x=0.5, y=1.0), "✓ 16 digits"),
        (ChainSpec((1.0,), (0.5,), activation="relu"), "✓ exactly"),
        (ChainSpec((1.0, 1.0), (-5.0, -5.0), activation="relu"), "✓ 0"),
    ],
)
def test_where_there_is_little_room_the_chip_leaves_the_method_out(
    chip: WitnessChip, chain: ChainSpec, brief: str
) -> None:
    chip.set_brief(True)
    chip.show_trace(trace(chain))
    assert chip.text() == brief


def test_the_chip_is_told_ten_times_a_second_at_most(
    qtbot: QtBot, chip: WitnessChip, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float] = []
    tell = chip.tell
    monkeypatch.setattr(chip, "tell", lambda *words: (told.append(0.0), tell(*words)))
    for x in np.linspace(0, 1, 50):
        chip.show_trace(trace(replace(start_chain(), x=float(x))))
    assert len(told) == 1
    qtbot.waitUntil(lambda: len(told) == 2)  # the last of them always
    assert chip._trace is not None
    assert chip._trace.chain.x == 1.0


def test_a_wrong_product_is_told() -> None:
    """Two digits are no rounding."""
    t = trace(start_chain())
    w = witness(replace(t, delta=t.delta * 1.01))
    kind, words = verdict(w)
    assert (kind, words) == ("exploding", "✗ complex step agrees to 2 digits")


def test_relu_is_checked_exactly() -> None:
    chain = ChainSpec((1.5, 0.5), (0.25, 0.5), activation="relu", x=0.5)
    kind, words = verdict(witness(trace(chain)))
    assert kind == "balanced"
    assert words.startswith("✓ ")


def test_a_chain_without_a_gradient_has_a_witness_of_zero() -> None:
    chain = ChainSpec((1.0, -1.0, 1.0), (1.0, 0.0, -1.0), activation="relu", x=1.0)
    kind, words = verdict(witness(trace(chain)))
    assert (kind, words.endswith("agrees: 0")) == ("balanced", True)


def test_not_a_number_is_no_witness() -> None:
    chain = ChainSpec((1e6,) * 80, (0.0,) * 80, activation="linear", x=1e3)
    kind, words = verdict(witness(trace(chain)))
    assert kind == "unknown"
    assert words.startswith("no ")


def test_every_activation_has_its_words() -> None:
    from engine.activations import HIDDEN

    for key in HIDDEN:
        kind, words = verdict(witness(trace(replace(drawn(8), activation=key))))
        assert kind == "balanced", (key, words)
