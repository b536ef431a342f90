"""The network of the window as a row of matrices, from real runs of the engine."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.architecture import ArchitectureSpec, SkipSpec, dense
from engine.inspection import Subject
from engine.spec import Experiment, TrainingSpec
from gui.chain.studies import matrix_work
from gui.chain.studies.matrices import PATIENCE, MatricesStudy
from gui.chain.studies.matrix_words import NOTHING, WAITING, symbol, values
from gui.chain.studies.matrix_work import NetworkRow
from gui.common.formula.boxes import plain
from tests.gui.chain.matrices.small_networks import Show, network, snap, written_out


@pytest.mark.parametrize("cost", ["cross_entropy", "quadratic"])
def test_every_factor_has_its_norm_and_that_of_what_follows(
    study: MatricesStudy, show: Show, cost: str
) -> None:
    snapshot = show(network(6, 5, 7, cost=cost))
    expected = written_out(snapshot, cost == "cross_entropy")
    assert study.row is not None
    assert len(study.row.factors) == len(expected)
    product = np.eye(3)
    for k, (factor, (name, M)) in enumerate(
        zip(study.row.factors[::-1], expected[::-1], strict=True)
    ):
        texts = values(factor)
        product = M @ product if k else product
        assert texts["shape"] == f"{M.shape[0]} × {M.shape[1]}"
        assert float(texts["norm"]) == pytest.approx(np.linalg.norm(M, 2), rel=0.06)
        if k:
            norm = np.linalg.norm(product, 2)
            assert factor.running == pytest.approx(norm)
            length = np.linalg.norm(product @ expected[-1][1])
            assert factor.vector == pytest.approx(length)
        plain_name = plain(symbol(factor)).translate(str.maketrans("¹²³⁴", "1234"))
        assert plain_name.replace("^T", "T").replace("^δ", "δ").startswith(name[0])


def test_it_agrees_with_backpropagation_and_says_so(study: MatricesStudy, show: Show) -> None:
    snapshot = show(network(6, 5))
    assert snapshot.inspection is not None
    length = float(np.linalg.norm(snapshot.inspection.delta[0]))
    assert study.row is not None
    assert study.row.factors[0].vector == pytest.approx(length, rel=1e-13)
    assert "by this row and by the network's own backpropagation" in study.check.text()
    assert any(said in study.check.text() for said in ("all digits", "15 digits", "14 digits"))


def test_the_verdict_is_that_of_the_errors(study: MatricesStudy, show: Show) -> None:
    snapshot = show(network(6, 5, 7))
    assert snapshot.inspection is not None
    first, last = (np.linalg.norm(snapshot.inspection.delta[l]) for l in (0, -1))
    step = (first / last) ** (1 / 3)
    said = study.verdict.text()
    assert said.startswith("Each layer multiplies ‖δ‖ by about ")
    assert float(said.split()[6].rstrip(":")) == pytest.approx(step, rel=0.06)
    assert study.chip.isVisible()
    assert study.chip.property("verdict") == "vanishing"
    assert "the chain here: × " in study.comparison.text()


def test_without_a_network_it_says_so(study: MatricesStudy) -> None:
    assert study.verdict.text() == NOTHING
    assert study.view.isHidden()
    assert study.cards.isHidden()


def test_it_asks_for_one_example_when_it_is_shown(
    study: MatricesStudy, asked: list[Subject]
) -> None:
    assert asked == [Subject(example=0)]
    study.hide()
    study.show()
    assert asked == [Subject(example=0)] * 2


def test_another_example_is_typed(
    qtbot: QtBot, study: MatricesStudy, show: Show, asked: list[Subject]
) -> None:
    experiment = network(6, 5)
    show(experiment)
    study.field.setFocus()
    study.field.selectAll()
    qtbot.keyClicks(study.field, "8")
    qtbot.keyClick(study.field, Qt.Key.Key_Return)
    assert asked[-1] == Subject(example=7)
    first = study.row
    study.show_network(experiment, snap(experiment, 0))  # on its way before the question
    qtbot.wait(20)
    assert study.row is first
    snapshot = show(experiment, snap(experiment, 7))
    assert snapshot.inspection is not None
    assert study.row is not None
    assert study.row.inspection is snapshot.inspection
    assert study.of.text() == f"class {snapshot.inspection.label} · step {snapshot.step:,}"


def test_arrow_keys_go_to_the_next_example(
    qtbot: QtBot, study: MatricesStudy, asked: list[Subject]
) -> None:
    study.field.setFocus()
    qtbot.keyClick(study.field, Qt.Key.Key_Up)
    assert asked[-1] == Subject(example=1)
    qtbot.keyClick(study.field, Qt.Key.Key_Down)
    qtbot.keyClick(study.field, Qt.Key.Key_Down)
    assert study.field.number == 1, "there is none before the first"


def test_beyond_the_last_example_is_the_last(
    qtbot: QtBot, study: MatricesStudy, show: Show, asked: list[Subject]
) -> None:
    experiment = network(6)
    study.field.setValue(500)
    assert asked[-1] == Subject(example=499)
    last = snap(experiment, 499)
    assert last.inspection is not None
    assert last.inspection.subject.example == 19
    for _ in range(2):
        study.show_network(experiment, last)
    assert study.row is None
    show(experiment, last)
    assert study.field.number == 20


def test_a_mean_over_the_probe_set_is_no_example(qtbot: QtBot, study: MatricesStudy) -> None:
    experiment = network(6)
    for _ in range(PATIENCE + 1):
        study.show_network(experiment, snap(experiment, None))
    qtbot.wait(20)
    assert study.row is None
    assert study.verdict.text() == WAITING
    bare = replace(snap(experiment), weights=None)
    study.show_network(experiment, bare)
    assert study.row is None


def test_skip_connections_are_left_out_and_it_says_so(study: MatricesStudy, show: Show) -> None:
    plain_network = dense(4, 6, 6, 6, 3)
    ids = [layer.id for layer in plain_network.layers]
    skipped: ArchitectureSpec = replace(plain_network, skips=(SkipSpec(ids[0], ids[2]),))
    snapshot = show(Experiment(skipped, TrainingSpec(precision="float64")))
    assert snapshot.inspection is not None
    assert study.row is not None
    own = float(np.linalg.norm(snapshot.inspection.delta[0]))
    assert study.row.factors[0].vector != pytest.approx(own, rel=0.01)
    assert "straight path only" in study.check.text()


def test_many_snapshots_are_few_rows(qtbot: QtBot, study: MatricesStudy) -> None:
    found: list[object] = []
    study.work.found.connect(found.append)
    experiment = network(6, 5)
    shots = [snap(experiment, steps=k) for k in range(3)]
    for _ in range(30):
        for shot in shots:
            study.show_network(experiment, shot)
        qtbot.wait(10)
    assert 1 <= len(found) <= 3
    qtbot.waitUntil(lambda: study.row is not None and study.row.weights is shots[-1].weights)


def test_a_wide_network_leaves_the_window_its_turns(
    qtbot: QtBot, study: MatricesStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix_work, "SLICE", 0.0)  # as if every piece took that long
    experiment = network(6, 5, 4)
    pieces = 0
    real = matrix_work.network_factors

    def counted(*arguments: object) -> Iterator[object]:
        nonlocal pieces
        for factor in real(*arguments):
            pieces += 1
            yield factor

    monkeypatch.setattr(matrix_work, "network_factors", counted)
    study.show_network(experiment, snap(experiment))
    assert study.row is None
    assert pieces <= 1
    qtbot.waitUntil(lambda: study.row is not None)
    assert pieces == 7


def test_what_comes_meanwhile_is_next(
    qtbot: QtBot, study: MatricesStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix_work, "SLICE", 0.0)
    experiment = network(6, 5, 4)
    first, second, third = (snap(experiment, steps=k) for k in range(3))
    found: list[NetworkRow] = []
    study.work.found.connect(found.append)
    for shot in (first, second, third):
        study.show_network(experiment, shot)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert [row.weights for row in found] == [first.weights, third.weights]


def test_hidden_it_stops(qtbot: QtBot, study: MatricesStudy, show: Show) -> None:
    experiment = network(6, 5)
    show(experiment)
    row = study.row
    study.show_network(experiment, snap(experiment, steps=2))  # waits for its turn
    study.hide()
    qtbot.wait(350)
    assert study.row is row


def test_it_is_read_aloud(study: MatricesStudy, show: Show) -> None:
    show(network(6, 5))
    words = study.view.accessibleDescription()
    assert "Sigma prime of layer 1: 0.2" in words
    assert "transposed weights into layer 2: " in words
    assert study.field.accessibleName()
    assert study.chip.accessibleName().startswith("vanishing")


def test_one_layer_has_no_row_to_speak_of(study: MatricesStudy, show: Show) -> None:
    show(network())
    assert study.verdict.text() == "One layer: there is no step."
    assert study.comparison.text() == ""


def test_shapes_follow_the_layers(study: MatricesStudy, show: Show) -> None:
    show(network(6, 5))
    assert study.row is not None
    sizes = [6, 5, 3]
    shapes = [f.shape for f in study.row.factors if f.kind == "weight"]
    assert shapes == list(pairwise(sizes))
