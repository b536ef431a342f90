"""Measures the chapter's speeds of learning at the start over many seeds: `book-speeds.toml`."""

from importlib.resources import files
from pathlib import Path

from engine.book import BAND, BANDS, SPEED_SEEDS, SPEEDS, speed_bands
from engine.experiments import bundled

HEAD = f"""\
# ‖δ‖ of each hidden layer over the first 1,000 training images, before the first step, as the
# bundled experiments have it: the {BAND[0]} %, {BAND[1]} % and {BAND[2]} % points over the seeds \
{SPEED_SEEDS[0]} to {SPEED_SEEDS[-1]}.
# Measured by `python -m resources.build_book_speeds`, as `python main.py reproduce` does (table a).

[band]
"""


def build(seeds: range = SPEED_SEEDS) -> str:
    """The file's text: a list of bands for every experiment."""
    text = HEAD
    for file in SPEEDS:
        bands = speed_bands(dict(bundled())[file], seeds).tolist()
        rows = "".join(f"  [{', '.join(f'{value:.6f}' for value in band)}],\n" for band in bands)
        text += f'"{file}" = [\n{rows}]\n'
    return text


if __name__ == "__main__":
    path = Path(str(files("resources").joinpath(BANDS)))
    path.write_text(build(), encoding="utf-8")
    print(f"wrote {path}")
