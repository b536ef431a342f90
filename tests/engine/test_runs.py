"""What runs differ in, and what they say of themselves."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.architecture import (
    BIAS,
    INPUT,
    ArchitectureSpec,
    GivenParameter,
    LayerSpec,
    SkipSpec,
    dense,
)
from engine.datasets import DATA_SOURCES
from engine.edits import change_training
from engine.optimizers import OPTIMIZERS
from engine.runs import MOST_CHANGES, MOST_NAME, Run, as_name, differences, unique
from engine.snapshot import evaluation_columns, history_columns
from engine.spec import FULL_BATCH, Experiment, TrainingSpec
from engine.trainer import start
from tests.engine.trained_runs import SMALL, SPIRALS, trained, with_eta

THREE = dense(2, 4, 4, 4, 2)


def run_of(experiment: Experiment, **given: object) -> Run:
    layers = len(experiment.architecture.layers)
    described: dict[str, Any] = {"id": 1, "name": "Run 1", "colour": 0} | given
    history = np.empty((0, len(history_columns(layers))))
    evaluations = np.empty((0, len(evaluation_columns(layers))))
    described = {"step": 0, "epoch": 0.0} | described
    return Run(experiment=experiment, history=history, evaluations=evaluations, **described)


def told(*experiments: Experiment) -> dict[str, tuple[str, ...]]:
    return {d.label: d.words for d in differences([run_of(e) for e in experiments])}


def changed(field: str) -> object:
    others: dict[str, object] = {
        "data": DATA_SOURCES["circles"](), "cost": "quadratic", "optimizer": OPTIMIZERS["adam"](),
        "eta": 0.5, "lmbda": 1.0, "batch": 20, "epochs": 7, "seed": 2, "evaluate_every": 3,
        "probe": 10, "precision": "float64",
    }  # fmt: skip
    return others[field]


@pytest.mark.parametrize("field", [f.name for f in fields(TrainingSpec)])
def test_no_field_of_the_training_is_overlooked(field: str):
    other = replace(SMALL, training=replace(SMALL.training, **{field: changed(field)}))
    assert told(SMALL, other)


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("neurons", 9, "network"), ("activation", "relu", "activation"), ("gain", 2.0, "gain"),
        ("initializer", "he_normal", "initial W"), ("bias", "zero", "initial b"),
        ("frozen", True, "frozen"), ("id", "other", "layer names"),
    ],
)  # fmt: skip
def test_no_field_of_a_layer_is_overlooked(field: str, value: object, label: str):
    assert {f.name for f in fields(LayerSpec)} == {
        "neurons", "activation", "initializer", "bias", "gain", "frozen", "id"
    }  # fmt: skip
    layers = list(THREE.layers)
    layers[1] = replace(layers[1], **{field: value})
    other = replace(THREE, layers=tuple(layers))
    assert list(told(Experiment(THREE), Experiment(other))) == [label]


def test_skips_and_given_parameters():
    skip = replace(THREE, skips=(SkipSpec(INPUT, "h2"),))
    assert told(Experiment(THREE), Experiment(skip)) == {"skips": ("none", "0→2")}
    bias = replace(THREE, given=(GivenParameter("h1", 2, BIAS, 0.5),))
    weight = replace(THREE, given=(GivenParameter("h2", 0, 3, -1.0, frozen=True),))
    assert told(Experiment(THREE), Experiment(bias), Experiment(weight)) == {
        "given": ("none", "b3 of layer 1 = 0.5", "w1,4 of layer 2 = -1, frozen")
    }


def test_what_reads_alike_is_told_apart():
    many = [GivenParameter("h1", n, BIAS, 0.5) for n in range(4)]
    other = [*many[:3], replace(many[3], value=0.25)]
    a, b = (Experiment(replace(THREE, given=tuple(g))) for g in (many, other))
    first, second, third = told(a, b, a)["given"]
    assert second == f"{first} (2)"
    assert third == first


def test_only_what_differs_in_the_words_of_the_window():
    full = change_training(SMALL, batch=FULL_BATCH, eta=1e-3)
    assert told(SMALL, full) == {"η": ("0.1", "0.001"), "batch": ("10", "full")}


def test_settings_that_only_some_have():
    adam = change_training(SMALL, optimizer=OPTIMIZERS["adam"]())
    momentum = change_training(SMALL, optimizer=OPTIMIZERS["momentum"](mu=0.5))
    assert told(SMALL, adam, momentum) == {
        "optimizer": ("gradient descent", "Adam", "momentum"),
        "β₁": ("–", "0.9", "–"), "β₂": ("–", "0.999", "–"), "ε": ("–", "1e-8", "–"),
        "μ": ("–", "–", "0.5"),
    }  # fmt: skip


def test_deep_networks_are_short():
    deep = dense(2, *[30] * 100, 2)
    relu = replace(deep, layers=tuple(replace(l, activation="relu") for l in deep.layers[:-1])
                   + deep.layers[-1:])  # fmt: skip
    assert told(Experiment(dense(2, 30, 2)), Experiment(relu)) == {
        "network": ("2-30-2", "2-30*100-2"), "activation": ("sigmoid", "ReLU")
    }  # fmt: skip


def test_a_network_without_hidden_layers():
    words = told(Experiment(dense(2, 2)), Experiment(THREE))
    assert words["activation"] == ("–", "sigmoid")


def test_name_notes_and_playback_are_no_settings():
    other = replace(SMALL, name="other", notes="n", playback=10.0)
    assert told(SMALL, other) == {}
    assert differences([]) == ()


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    widths = draw(st.lists(st.sampled_from([2, 3]), max_size=3))
    few: dict[str, Any] = {
        "activation": st.sampled_from(["sigmoid", "relu"]), "gain": st.sampled_from([1.0, 2.0]),
        "initializer": st.sampled_from(["normal", "large"]), "frozen": st.booleans(),
        "bias": st.sampled_from(["normal", "zero"]),
    }  # fmt: skip
    layers = [LayerSpec(n, **draw(st.fixed_dictionaries(few))) for n in [*widths, 2]]
    training = TrainingSpec(
        data=draw(st.sampled_from([SPIRALS, DATA_SOURCES["xor"](), DATA_SOURCES["xor"](seed=2)])),
        cost=draw(st.sampled_from(["quadratic", "cross_entropy"])),
        optimizer=draw(st.sampled_from([rule() for rule in OPTIMIZERS.values()][:-1])),
        eta=draw(st.sampled_from([0.1, 0.2])), seed=draw(st.sampled_from([1, 2])),
    )  # fmt: skip
    layers[-1] = replace(layers[-1], activation="sigmoid")
    return Experiment(ArchitectureSpec(2, tuple(layers)), training)


@given(st.lists(experiments(), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_runs_differ_exactly_where_their_experiments_do(each: list[Experiment]):
    found = differences([run_of(e) for e in each])
    assert bool(found) == (len(set(each)) > 1)
    rows = list(zip(*(d.words for d in found), strict=True)) or [()] * len(each)
    for k, one in enumerate(each):
        for j, other in enumerate(each):
            assert (rows[k] == rows[j]) == (one == other)
    assert all(len(set(d.words)) > 1 for d in found)


# -- changes on the way ------------------------------------------------------------------------


def at(eta: float) -> Experiment:
    return change_training(SMALL, eta=eta)


def test_a_setting_that_was_changed_on_the_way_is_told():
    run = replace(run_of(SMALL), step=100).changed_to(at(0.5), 100)
    assert [str(change) for change in run.changes] == ["η 0.1 → 0.5 at step 100"]
    straight = run_of(at(0.5))
    found = differences([run, straight])
    assert [(d.label, d.words) for d in found] == [("η", ("0.1 → 0.5", "0.5"))]


def test_a_drag_is_one_change_and_one_taken_back_is_none():
    run = replace(run_of(SMALL), step=100)
    for eta in (0.2, 0.3, 0.4):
        run = run.changed_to(at(eta), 100)
    assert [str(change) for change in run.changes] == ["η 0.1 → 0.4 at step 100"]
    assert run.changed_to(at(0.1), 100).changes == ()
    back = run.changed_to(at(0.1), 200)
    assert back.settings["η"].words == "0.1 → 0.4 → 0.1"
    again = back.changed_to(at(0.7), 300)
    assert again.settings["η"].words == "0.1 → … → 0.7"


def test_before_the_first_step_a_change_leaves_no_trace():
    run = run_of(SMALL).changed_to(at(0.5), 0)
    assert run.changes == ()
    assert run.experiment == at(0.5)


def test_changes_are_bounded():
    run = replace(run_of(SMALL), step=1)
    for step in range(1, 3 * MOST_CHANGES):
        run = run.changed_to(at(0.1 + step / 1000), step)
    assert len(run.changes) == MOST_CHANGES
    assert run.changes[-1].after == "0.399"


# -- what a run says ---------------------------------------------------------------------------


def test_cost_and_accuracy_are_those_of_the_last_evaluation():
    run = trained()
    trainer = start(SMALL)
    for _ in range(run.step):
        trainer.step()
    network, train = trainer.network, trainer.examples.train
    last = int(run.evaluations[-1, 0])
    assert last == run.step - run.step % 4  # 40 examples, batches of 10: an epoch is 4 steps
    again = start(SMALL)
    for _ in range(last):
        again.step()
    W, b = again.network.parameters.W, again.network.parameters.b
    a = np.asarray(train.x, float).T
    for weights, bias in zip(W, b, strict=True):
        a = 1 / (1 + np.exp(-(weights @ a + bias[:, None])))
    y = train.y.T
    cost = -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / len(train)
    assert run.cost == pytest.approx(cost, rel=1e-5)
    assert run.accuracy == run.evaluations[-1, 5]
    assert network is not again.network


def test_the_verdict_is_about_the_end_of_the_record():
    run = trained()
    first, second = run.history[-1, 3:5]
    assert run.verdict is not None
    assert run.verdict.ratio == pytest.approx(second / first)
    history = np.tile(run.history[-1], (300, 1))
    history[:, 3:5] = 1.0, 5.0
    history[-2:, 4] = 10.0, 1000.0  # one mini-batch is not like the next
    assert replace(run, history=history).verdict.ratio == pytest.approx(100.0)
    assert run_of(SMALL).verdict is None
    assert trained(Experiment(dense(2, 3, 2), SMALL.training)).verdict is None


def test_without_validation_the_training_counts():
    parity = Experiment(dense(4, 3, 2), TrainingSpec(data=DATA_SOURCES["parity"]()))
    run = trained(parity, 4)
    assert np.isnan(run.score("accuracy_validation"))
    assert run.accuracy == run.score("accuracy_train")
    assert np.isnan(run_of(SMALL).cost)


def test_copies_are_its_own_and_read_only():
    run = with_eta(0.5)
    copy = run.with_copies()
    assert np.array_equal(copy.history, run.history, equal_nan=True)
    assert not np.shares_memory(copy.history, run.history)
    assert not copy.history.flags.writeable
    assert not copy.evaluations.flags.writeable


def test_names():
    assert unique("a", []) == "a"
    assert unique("a", ["a", "a (2)"]) == "a (3)"
    assert as_name("  one\n\ttwo\0 ") == "one two"
    assert as_name(" \n ") == ""
    assert len(as_name("x" * 1000)) == MOST_NAME
    assert as_name("a", {"a"}) == "a (2)"
