"""Ways in which an experiment file comes to be none."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

from engine.architecture import INPUT, SkipSpec, dense
from engine.experiment_file import dumps
from engine.experiments import bundled
from engine.spec import Experiment

SKIPPED = replace(dense(4, 4, 4, 2), skips=(SkipSpec(INPUT, dense(4, 4, 4, 2).layers[1].id),))
TEXTS = [dumps(experiment) for _, experiment in bundled()] + [dumps(Experiment(SKIPPED))]

VALUES = (
    '"text"', "''", "-1", "0", "1.5", "true", "nan", "inf", "-inf", "1e400", "[]", "[[1, 2], [3]]",
    "{}", "{ a = 1 }", "1979-05-27", "07:32:00", "9223372036854775808", f"0x{'f' * 900}",
    "1" * 4_000, f'"{"x" * 3_000}"', '"\\u0007\\n"', '"""a\nb"""', f"[0x{'f' * 900}]",
)  # fmt: skip
JUNK = (b"\0", b"\xff", b"'", b'"', b"[", b"]", b"=", b"{", b"\r", b"\x1b[2J", "\u202e".encode())
OTHERS = (
    b'[package]\nname = "serde"\nversion = "1.0"\n',
    b'[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.11"\n',
    b"format = 'something else'\nversion = 1\n",
    b"format = 3\n",
    b"version = 1\n",
    b"[format]\nnablascope = 'experiment'\n",
    b"baseURL = 'https://example.org'\nlanguageCode = 'en'\n",
    b'<?xml version="1.0"?>\n<svg></svg>\n',
    b"key: value\nlist:\n  - a\n",
    b"[section]\nkey=value without quotes\n",
    b"#!/bin/sh\necho hello\n",
    b"\n\n\n",
    b"# nothing but a comment\n",
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"PK\x03\x04\x14\0\0\0\x08\0",
)


def flipped(text: str, rng: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def cut(text: str, rng: random.Random) -> bytes:
    return text.encode()[: rng.randrange(len(text))]


def spliced(text: str, rng: random.Random) -> bytes:
    data = text.encode()
    at = rng.randrange(len(data))
    return data[:at] + rng.choice(JUNK) + data[at + rng.randint(0, 3) :]


def line_removed(text: str, rng: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    del lines[at : at + rng.randint(1, 4)]
    return "".join(lines).encode()


def line_doubled(text: str, rng: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return "".join(lines).encode()


def shuffled(text: str, rng: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    rng.shuffle(lines)
    return "".join(lines).encode()


def other_value(text: str, rng: random.Random) -> bytes:
    lines = text.splitlines()
    at = rng.choice([n for n, line in enumerate(lines) if " = " in line])
    lines[at] = f"{lines[at].split(' = ')[0]} = {rng.choice(VALUES)}"
    return "\n".join(lines).encode()


def other_key(text: str, rng: random.Random) -> bytes:
    lines = text.splitlines()
    at = rng.choice([n for n, line in enumerate(lines) if " = " in line])
    lines[at] = rng.choice(("x", "ünknown", '"a b"', "a.b", '"\\n"', '""')) + lines[at]
    return "\n".join(lines).encode()


def noise(_text: str, rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 3_000))


def huge(text: str, rng: random.Random) -> bytes:
    filler = rng.choice((b"# x\n", b"\0", b"a = 1\n", b"[", b"9"))
    return text.encode() + filler * (1_000_001 // len(filler) + 1)


def deep(text: str, rng: random.Random) -> bytes:
    depth = rng.choice((50, 300, 1_000, 100_000))
    start, end = rng.choice((("[", "]"), ("{a=", "}"), ("[{a=", "}]")))
    return rng.choice(
        (
            f"version = {start * depth}1{end * depth}",
            f"name = {start * depth}1{end * depth}\n{text}",
            f"{text}\n[{'.'.join('a' * min(depth, 3_000))}]",  # the parser takes depth² steps
            f"{text}\nseed = {start * depth}",
        )
    ).encode()


def foreign(_text: str, rng: random.Random) -> bytes:
    return rng.choice(OTHERS) + bytes(rng.randint(0, 3)).replace(b"\0", b"\n")


def newer(text: str, rng: random.Random) -> bytes:
    version = rng.choice((*map(str, (0, -1, 3, 17, 10**18, 10**30)), "1.0", "'2'", "true", "[2]"))
    return text.replace("version = 2", f"version = {version}").encode()


def encoded(text: str, rng: random.Random) -> bytes:
    return text.replace("SGD", "∇").encode(rng.choice(("utf-16", "utf-32", "utf-16-be")))


def merged(text: str, rng: random.Random) -> bytes:
    """What a version control leaves that could not merge."""
    lines = text.splitlines()
    at = rng.randrange(len(lines))
    lines[at : at + 1] = ["<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> theirs"]
    return "\n".join(lines).encode()


def as_json(text: str, rng: random.Random) -> bytes:
    return json.dumps({"text": text}, indent=rng.choice((None, 2))).encode()


DAMAGES: tuple[Callable[[str, random.Random], bytes], ...] = (
    flipped, cut, spliced, line_removed, line_doubled, shuffled, other_value, other_value,
    other_value, other_key, noise, foreign, newer, encoded, merged, as_json, deep,
)  # fmt: skip


def damaged(seed: int) -> Iterator[tuple[str, bytes]]:
    """One after the other, for ever; now and then one that is still an experiment by luck."""
    rng = random.Random(seed)
    while True:
        for damage in DAMAGES:
            yield damage.__name__, damage(rng.choice(TEXTS), rng)
        if rng.random() < 0.1:
            yield huge.__name__, huge(rng.choice(TEXTS), rng)
