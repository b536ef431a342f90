import pytest

from engine.faults import InputError
from engine.hyper import hyper, hypers
from engine.spec import TrainingSpec


@pytest.mark.parametrize(
    "number", [10**400, float("inf"), -float("inf"), float("nan"), "1", None, True]
)
def test_nonsense_is_refused(number: object) -> None:
    for h in hypers(TrainingSpec):
        with pytest.raises(InputError, match="must"):
            h.check(number)


def test_a_field_knows_what_a_form_needs() -> None:
    eta = next(h for h in hypers(TrainingSpec()) if h.name == "eta")
    assert (eta.symbol, eta.default, eta.log, eta.is_integer) == ("η", 0.1, True, False)
    assert eta.help
    assert hyper(1, "n", 0, 2).metadata["hyper"][1] == 1
