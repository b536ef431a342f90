import pytest

from engine.architecture import BIAS, LayerSpec, SkipSpec, dense
from engine.datasets import DATA_SOURCES
from engine.edits import (
    add_skip,
    change_layer,
    change_layers,
    change_training,
    duplicate_layers,
    forget_parameter,
    given_parameter,
    insert_layer,
    insert_layers,
    insert_residual_block,
    move_layers,
    remove_layer,
    remove_layers,
    remove_skip,
    set_parameter,
    skip_refusal,
    taken_out,
)
from engine.faults import InputError
from engine.spec import Experiment

BOOK = Experiment(dense(784, 30, 20, 10))


def sizes(experiment: Experiment) -> tuple[int, ...]:
    return experiment.architecture.sizes


@pytest.mark.parametrize(
    ("at", "expected"),
    [(0, (784, 30, 30, 20, 10)), (1, (784, 30, 30, 20, 10)), (2, (784, 30, 20, 20, 10))],
)
def test_a_new_layer_is_like_the_one_before_it(at: int, expected: tuple[int, ...]) -> None:
    after = insert_layer(BOOK, at)
    assert sizes(after) == expected
    assert len({layer.id for layer in after.architecture.layers}) == 4


def test_the_first_hidden_layer_is_not_like_the_output() -> None:
    assert sizes(insert_layer(Experiment(dense(784, 10)), 0)) == (784, 30, 10)


def test_layers_come_and_go() -> None:
    assert sizes(remove_layer(BOOK, 0)) == (784, 20, 10)
    assert remove_layer(insert_layer(BOOK, 1), 1) == BOOK
    assert sizes(change_layer(BOOK, 1, neurons=7)) == (784, 30, 7, 10)
    assert change_layer(BOOK, 0, activation="relu").architecture.layers[0].activation == "relu"


def test_the_output_follows_the_data() -> None:
    with pytest.raises(InputError, match="cannot be removed"):
        remove_layer(BOOK, 2)
    with pytest.raises(InputError, match="one neuron per class of the data: 10"):
        change_layer(BOOK, 2, neurons=11)
    assert change_layer(BOOK, 2, initializer="large").architecture.layers[2].neurons == 10


def test_a_cost_brings_its_output_activation() -> None:
    outputs = []
    experiment = BOOK
    for cost in ("log_likelihood", "quadratic", "cross_entropy"):
        experiment = change_training(experiment, cost=cost)
        outputs.append(experiment.architecture.layers[-1].activation)
    assert outputs == ["softmax", "sigmoid", "sigmoid"]
    assert experiment == BOOK


@pytest.mark.parametrize("key", [key for key in DATA_SOURCES if key != "own"])
def test_a_data_set_brings_its_inputs_and_outputs(key: str) -> None:
    source = DATA_SOURCES[key]()
    after = change_training(BOOK, data=source)
    features, classes = source.shape()
    assert sizes(after) == (features, 30, 20, classes)
    assert change_training(after, data=BOOK.training.data) == BOOK


DEEP = Experiment(dense(784, 30, 20, 15, 10))


def ids(experiment: Experiment) -> list[str]:
    return [layer.id for layer in experiment.architecture.layers]


@pytest.mark.parametrize(
    ("positions", "to", "expected"),
    [
        ({0}, 3, ["h2", "h3", "h1", "output"]),
        ({2}, 0, ["h3", "h1", "h2", "output"]),
        ({0, 2}, 2, ["h2", "h1", "h3", "output"]),
        ({1}, 1, ["h1", "h2", "h3", "output"]),
        ({1}, 2, ["h1", "h2", "h3", "output"]),
    ],
)
def test_layers_move_with_what_they_are(positions: set[int], to: int, expected: list[str]) -> None:
    after = move_layers(DEEP, positions, to)
    assert ids(after) == expected
    assert set(after.architecture.layers) == set(DEEP.architecture.layers)


def test_the_output_neither_moves_nor_is_copied() -> None:
    with pytest.raises(InputError, match="stays the last"):
        move_layers(DEEP, {3}, 0)
    with pytest.raises(InputError, match="cannot be copied"):
        duplicate_layers(DEEP, {2, 3})
    with pytest.raises(InputError, match="cannot be removed"):
        remove_layers(DEEP, {0, 3})
    with pytest.raises(InputError, match="one neuron per class"):
        change_layers(DEEP, {0, 3}, neurons=7)


def test_several_layers_change_and_go_at_once() -> None:
    assert sizes(change_layers(DEEP, {0, 2}, neurons=7)) == (784, 7, 20, 7, 10)
    assert sizes(remove_layers(DEEP, {0, 2})) == (784, 20, 10)
    frozen = change_layers(DEEP, {0, 3}, frozen=True).architecture.layers
    assert [layer.frozen for layer in frozen] == [True, False, False, True]


def test_a_residual_block_skips_by_the_identity() -> None:
    after = insert_residual_block(DEEP, 1)
    assert sizes(after) == (784, 30, 30, 30, 20, 15, 10)
    assert after.architecture.skip_columns == ((1, 3),)
    assert after.architecture.projections == (None,)
    first = insert_residual_block(DEEP, 0, LayerSpec(40, "relu"))
    assert sizes(first)[:4] == (784, 40, 40, 30)
    assert first.architecture.projections == ((40, 784),)


def test_a_copy_of_a_block_has_its_skip() -> None:
    block = insert_residual_block(DEEP, 1)
    after = duplicate_layers(block, {1, 2})
    assert sizes(after) == (784, 30, 30, 30, 30, 30, 20, 15, 10)
    assert after.architecture.skip_columns == ((1, 3), (3, 5))
    layers, skips = taken_out(block.architecture, {1, 2})
    assert skips == ((0, 2),)
    assert insert_layers(DEEP, 1, layers, skips).architecture.sizes == block.architecture.sizes


def test_layers_that_are_pasted_get_ids_of_their_own() -> None:
    after = insert_layers(DEEP, 0, [LayerSpec(5, id="h1"), LayerSpec(6, id="mine")])
    assert ids(after) == ["h4", "mine", "h1", "h2", "h3", "output"]


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [(2, 2, "itself"), (3, 1, "leads forward"), (1, 2, "neighbouring"), (0, 4, "already")],
)
def test_a_skip_that_cannot_be_is_refused(source: int, target: int, reason: str) -> None:
    there = add_skip(DEEP, 0, 4)
    assert reason in skip_refusal(there.architecture, source, target)
    with pytest.raises(InputError, match=reason):
        add_skip(there, source, target)


def test_skips_come_and_go() -> None:
    both = add_skip(add_skip(DEEP, 0, 4), 1, 3)
    assert both.architecture.skips == (SkipSpec("input", "output"), SkipSpec("h1", "h3"))
    assert remove_skip(both, 0).architecture.skips == (SkipSpec("h1", "h3"),)
    assert both.architecture.parameters == DEEP.architecture.parameters + 784 * 10 + 30 * 15


def test_a_skip_stays_while_it_leads_forward_past_a_layer() -> None:
    skipping = add_skip(DEEP, 1, 3)
    assert move_layers(skipping, {1}, 0).architecture.skips == ()  # h1 and h3 are neighbours now
    assert remove_layer(skipping, 1).architecture.skips == ()
    assert remove_layer(skipping, 0).architecture.skips == ()
    assert insert_layer(skipping, 1).architecture.skip_columns == ((1, 4),)
    assert move_layers(skipping, {2}, 0).architecture.skips == ()


def test_a_parameter_is_given_and_forgotten() -> None:
    given = set_parameter(DEEP, 1, 3, 7, 0.25, frozen=True)
    found = given_parameter(given.architecture, 1, 3, 7)
    assert found is not None
    assert (found.value, found.frozen, found.layer) == (0.25, True, "h2")
    again = set_parameter(given, 1, 3, 7, -1, frozen=False)
    assert len(again.architecture.given) == 1
    assert forget_parameter(again, 1, 3, 7) == DEEP
    assert given_parameter(DEEP.architecture, 1, 3, 7) is None
    with pytest.raises(InputError, match="does not have"):
        set_parameter(DEEP, 1, 20, 7, 0.25, frozen=False)
    with pytest.raises(InputError, match="number up to"):
        set_parameter(DEEP, 1, 0, 7, float("inf"), frozen=False)


def test_a_given_parameter_stays_while_it_joins_the_same_neurons() -> None:
    given = set_parameter(set_parameter(DEEP, 1, 3, 7, 0.25, False), 1, 3, BIAS, 1.5, True)
    both, bias = given.architecture.given, given.architecture.given[1:]
    assert insert_layer(given, 0).architecture.given == both
    assert insert_layer(given, 1).architecture.given == bias
    assert change_layer(given, 0, neurons=7).architecture.given == bias
    assert change_layer(given, 0, neurons=8).architecture.given == both
    assert change_layer(given, 1, neurons=3).architecture.given == ()
    assert remove_layer(given, 1).architecture.given == ()
    assert change_training(given, data=DATA_SOURCES["spirals"]()).architecture.given == both


def test_what_is_frozen_or_given_needs_no_restart() -> None:
    before = DEEP.architecture
    for after in (change_layer(DEEP, 0, frozen=True), set_parameter(DEEP, 1, 0, 0, 1.0, True)):
        assert not before.needs_restart(after.architecture)
    for after in (add_skip(DEEP, 0, 2), change_layer(DEEP, 0, gain=2.0)):
        assert before.needs_restart(after.architecture)
