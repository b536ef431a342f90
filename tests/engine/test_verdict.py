import numpy as np
import pytest

from engine.verdict import judge


@pytest.mark.parametrize(
    ("speeds", "kind", "words"),
    [
        ([0.003, 0.017, 0.070, 0.285, 0.5], "vanishing", "vanishing, 1 : 95"),
        ([0.1, 0.15, 9.0], "balanced", "balanced, 1 : 1.5"),
        ([1.0, 0.07, 9.0], "exploding", "exploding, 14 : 1"),
        ([0.0, 0.1, 1.0], "vanishing", "vanishing, 1 : inf"),
        ([0.0, 0.0, 1.0], "unknown", "no gradient"),
        ([np.nan, 0.1, 1.0], "unknown", "no gradient"),
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
