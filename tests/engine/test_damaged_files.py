"""A thousand damaged files: each is refused in one line that names it."""

import random
import re
from pathlib import Path

import pytest

from engine.experiment_file import loads, read
from engine.faults import InputError
from tests.engine.damage import TEXTS, damaged

ENOUGH = 1_000


def assert_clear(sentence: str, name: str) -> None:
    """One printable line: the file, perhaps the line, and a reason."""
    assert re.match(rf"{re.escape(name)}(, line [\d,]+)?: \S+ \S+", sentence), sentence
    assert sentence.isprintable()
    assert sentence.endswith((".", "?", "…"))
    assert len(sentence) <= 320


def test_a_thousand_damaged_files_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    refused, lucky = set(), 0
    for _kind, data in damaged(seed=3):
        path.write_bytes(data)
        try:
            read(path)
        except InputError as error:
            assert_clear(str(error), "mine.toml")
            refused.add(data)
        else:
            lucky += 1
        if len(refused) == ENOUGH:
            break
    assert lucky < ENOUGH / 5


@pytest.mark.parametrize("value", ["[1, 2]", "true", "1979-05-27", "{ a = 1 }", "['a']"])
def test_the_line_is_the_one_that_is_wrong(value: str) -> None:
    rng = random.Random(5)
    for _ in range(20):
        lines = rng.choice(TEXTS).splitlines()
        plain = [n for n, line in enumerate(lines) if re.match(r'\w+ = (-|\d|"\w)', line)]
        at = rng.choice(plain[2:])  # what follows format and version
        lines[at] = f"{lines[at].split(' = ')[0]} = {value}"
        with pytest.raises(InputError) as caught:
            loads("\n".join(lines), "mine.toml")
        assert str(caught.value).startswith(f"mine.toml, line {at + 1}: "), caught.value


TOO_LONG_TO_PRINT = f"0x{'f' * 5_000}"  # Python writes no number of more than 4,300 digits


@pytest.mark.xfail(strict=True, raises=ValueError, reason="engine/toml_document.py prints it")
@pytest.mark.parametrize("place", ["version = 2", "neurons = 4", 'source = "mnist"'])
def test_a_number_that_python_does_not_print(place: str) -> None:
    value = f"[{TOO_LONG_TO_PRINT}]" if place.startswith("neurons") else TOO_LONG_TO_PRINT
    text = TEXTS[-1].replace(place, f"{place.split(' = ')[0]} = {value}")
    with pytest.raises(InputError) as caught:
        loads(text, "mine.toml")
    assert_clear(str(caught.value), "mine.toml")
