import numpy as np
import pytest

from engine.verdict import judge


@pytest.mark.parametrize(
    ("speeds", "kind", "words"),
    [
        ([0.003, 0.017, 0.070, 0.285, 0.5], "vanishing", "vanishing, 1 : 95"),
        ([0.1, 0.15, 9.0], "balanced", "balanced, 1 : 1.5"),
        ([1.0, 0.07, 9.0], "exploding", "exploding, 14 : 1"),
        ([0.0, 0.1, 1.0], "vanishing", "vanishing, layer 1: 0"),
        ([0.1, 0.2, 0.0, 1.0], "exploding", "exploding, layer 3: 0"),
        ([0.0, 0.0, 1.0], "unknown", "no gradient"),
        ([np.nan, 0.1, 1.0], "unknown", "not a number"),
        ([0.1, np.inf, 1.0], "unknown", "not a number"),
        ([1e-42, 0.02, 1.0], "vanishing", "vanishing, 1 : 2·10⁴⁰"),
        ([5e-324, 1e300, 1.0], "vanishing", "vanishing, 1 : 2·10³⁰⁸"),
        ([1e300, 5e-324, 1.0], "exploding", "exploding, 4·10³⁰⁷ : 1"),
        ([0.3], "balanced", "balanced, 1 : 1.0"),
    ],
)
def test_in_a_word(speeds: list[float], kind: str, words: str) -> None:
    verdict = judge(np.array(speeds))
    assert (verdict.kind, verdict.words) == (kind, words)


def test_in_a_sentence() -> None:
    vanishing = judge(np.array([0.01, 0.1, 0.24, 1.0]))
    assert vanishing.sentence == "Layer 1 learns 24× slower than layer 3."
    assert judge(np.array([0.1, 0.1, 1.0])).sentence.endswith("about equally fast.")
    assert judge(np.array([0.1, 1.0])).sentence == ""
    assert judge(np.array([0.0, 1.0, 1.0])).sentence.startswith("Layer 1 does not learn at all")
    assert judge(np.array([1.0, 0.0, 1.0])).sentence.startswith("Layer 2 does not learn at all")
    assert judge(np.array([np.inf, 0.0, 1.0])).sentence == ""
