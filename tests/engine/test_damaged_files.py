"""A thousand damaged files: each is refused in one line that names it."""

import random
import re
import time
from pathlib import Path

import pytest

from engine.experiment_file import loads, read
from engine.faults import InputError
from engine.toml_document import shown
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


@pytest.mark.parametrize("place", ["version = 2", "neurons = 4", 'source = "mnist"', "seed = 1"])
def test_a_number_that_python_does_not_print(place: str) -> None:
    value = f"[{TOO_LONG_TO_PRINT}]" if place.startswith("neurons") else TOO_LONG_TO_PRINT
    text = TEXTS[-1].replace(place, f"{place.split(' = ')[0]} = {value}")
    with pytest.raises(InputError) as caught:
        loads(text, "mine.toml")
    assert_clear(str(caught.value), "mine.toml")


DEEP = ".".join("a" * 40)  # what Python can read; it cannot print what is much deeper


@pytest.mark.parametrize("line", ["{} = 1", "[{}]", "[[ {} ]]", "x = {{ {} = 1 }}"])
@pytest.mark.parametrize("dot", [".", " . "])
@pytest.mark.parametrize("part", ["a", "'a b'", '"a.b"'])
def test_a_key_of_very_many_parts_is_refused_at_once(line: str, dot: str, part: str) -> None:
    head, key = TEXTS[0].split("\n[", 1)[0], dot.join([part] * 100_000)
    began = time.perf_counter()
    with pytest.raises(InputError) as caught:
        loads(f"{head}\n{line.format(key)}\n", "mine.toml")
    assert time.perf_counter() - began < 1.0
    where = head.count("\n") + 2
    assert str(caught.value) == f"mine.toml, line {where}: a key has more than 50 parts."


@pytest.mark.parametrize(
    "notes", ["notes = '{0}'", 'notes = "{0}"', 'notes = """\n{0}\n"""', "notes = '' # {0}"]
)
def test_dots_in_texts_and_comments_are_no_parts_of_a_key(notes: str) -> None:
    dots = "-." * 500
    experiment = loads(TEXTS[-1].replace('notes = ""', notes.format(dots)))
    assert experiment.notes.strip() == ("" if "#" in notes else dots)


def test_tables_within_tables_are_told() -> None:
    text = TEXTS[0].replace("version = 2", "version." + DEEP + " = 1")
    with pytest.raises(InputError, match=r"line 2: version must be 2, not \{'a': \{'a'"):
        loads(text, "mine.toml")


def test_a_fault_behind_a_novel_is_found_fast() -> None:
    novel = "\n".join(["a line"] * 1_800)
    text = TEXTS[-1].replace("seed = 1", "seed = -1")
    text = text.replace('notes = ""', f'notes = """\n{novel}"""')
    began = time.perf_counter()
    with pytest.raises(InputError, match=r"line 1,8\d\d: training: seed must lie"):
        loads(text, "mine.toml")
    assert time.perf_counter() - began < 1.0


def test_what_python_cannot_print_is_named() -> None:
    deep: object = 1
    for _ in range(200_000):
        deep = [deep]
    assert shown(deep) == "tables within tables"
    assert shown(1 << 20_000) == "a number without end"
    assert shown([1, "a"]) == "[1, 'a']"
