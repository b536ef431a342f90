import pytest

from engine.datasets import DATA_SOURCES
from engine.edits import change_layer, change_training, insert_layer, remove_layer
from engine.faults import InputError
from engine.spec import Experiment, dense

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
