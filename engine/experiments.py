"""The experiments that come with the program, in the order of the menu."""

from functools import cache
from importlib.resources import files

from engine import experiment_file
from engine.spec import Experiment

FILES = (
    "fullbatch-2-hidden.toml",
    "fullbatch-3-hidden.toml",
    "fullbatch-4-hidden.toml",
    "accuracy-1-hidden.toml",
    "accuracy-2-hidden.toml",
    "accuracy-3-hidden.toml",
    "accuracy-4-hidden.toml",
    "relu-he.toml",
)


@cache
def bundled() -> tuple[tuple[str, Experiment], ...]:
    """Pairs of file name and experiment."""
    folder = files("resources").joinpath("experiments")
    return tuple(
        (name, experiment_file.loads(folder.joinpath(name).read_text("utf-8"), name))
        for name in FILES
    )
