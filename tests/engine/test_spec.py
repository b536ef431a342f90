from dataclasses import replace

import pytest

from engine.activations import ACTIVATIONS
from engine.architecture import ArchitectureSpec, LayerSpec, dense
from engine.faults import InputError
from engine.optimizers import Adam, Rprop
from engine.spec import FULL_BATCH, Experiment, TrainingSpec


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LayerSpec(0), "neurons must lie between 1 and 10,000, not 0"),
        (lambda: LayerSpec(2.5), "neurons must be a whole number, not 2.5"),
        (lambda: LayerSpec(True), "neurons must be a whole number"),
        (lambda: LayerSpec(3, "sigmod"), "no activation 'sigmod'; choose one of: linear, sigmoid"),
        (lambda: LayerSpec(3, initializer="x"), "no initializer 'x'"),
        (lambda: LayerSpec(3, bias="x"), "no bias initializer 'x'"),
        (lambda: LayerSpec(3, gain=float("nan")), "gain must be a number"),
        (lambda: ArchitectureSpec(0, (LayerSpec(3),)), "inputs must lie between"),
        (lambda: ArchitectureSpec(3, ()), "1 to 1,000 layers, not 0"),
        (lambda: dense(3, *[1] * 1001), "1 to 1,000 layers, not 1,001"),
        (lambda: dense(10_000, 10_000, 2), "10000-10000-2 has 100,030,002 parameters"),
        (lambda: ArchitectureSpec(3, (LayerSpec(3, id="a"),) * 2), "two layers have the id 'a'"),
        (
            lambda: ArchitectureSpec(3, (LayerSpec(3, "softmax"), LayerSpec(2))),
            "layer 1: softmax .* at the output only",
        ),
        (lambda: TrainingSpec(eta=0.0), r"η \(eta\) must lie between 1e-7 and 10,000, not 0"),
        (lambda: TrainingSpec(eta="fast"), r"η \(eta\) must be a number, not 'fast'"),
        (lambda: TrainingSpec(batch=-1), "batch must lie between 0"),
        (lambda: TrainingSpec(cost="x"), "no cost 'x'"),
        (lambda: TrainingSpec(precision="float16"), "no precision 'float16'"),
        (lambda: TrainingSpec(optimizer=Rprop(), batch=10), r"Rprop .* needs the full batch"),
        (
            lambda: Experiment(dense(4, 3, 2, activation="tanh")),
            "cross-entropy cost needs sigmoid outputs; this network has tanh",
        ),
        (
            lambda: Experiment(
                ArchitectureSpec(4, (LayerSpec(2, "softmax"),)), TrainingSpec(cost="quadratic")
            ),
            "softmax outputs need the log-likelihood cost",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(make, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        make()
    assert "\n" not in str(caught.value)


def test_sizes_text_and_parameters() -> None:
    architecture = dense(784, 30, 30, 10)
    assert architecture.sizes == (784, 30, 30, 10)
    assert architecture.text == "784-30-30-10"
    assert architecture.parameters == 784 * 30 + 30 + 30 * 30 + 30 + 30 * 10 + 10


def test_every_layer_has_a_name_and_the_outputs_does_not_count_the_others() -> None:
    assert [layer.id for layer in dense(4, 3, 3, 2).layers] == ["h1", "h2", "output"]
    layers = dense(4, 3, 2).layers
    longer = ArchitectureSpec(4, (LayerSpec(3), *layers))
    assert [layer.id for layer in longer.layers] == ["h2", "h1", "output"]


def test_live_settings() -> None:
    training = TrainingSpec()
    assert training.needs_restart(replace(training, eta=1.0, lmbda=0.0, batch=FULL_BATCH)) == ()
    assert training.needs_restart(replace(training, seed=2, eta=1.0)) == ("seed",)
    adam = replace(training, optimizer=Adam())
    assert adam.needs_restart(replace(adam, optimizer=Adam(beta1=0.5))) == ()
    assert training.needs_restart(adam) == ("optimizer",)


def test_specifications_are_values() -> None:
    assert Experiment(dense(784, 30, 10)) == Experiment(dense(784, 30, 10))
    assert hash(Experiment(dense(784, 30, 10))) == hash(Experiment(dense(784, 30, 10)))
    assert all(LayerSpec(3, key).activation == key for key in ACTIVATIONS)
