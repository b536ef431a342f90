"""What the documents say is what the code does."""

import re
from pathlib import Path

from engine.activations import ACTIVATIONS
from engine.catalogue import page

ROOT = Path(__file__).parents[1]


def test_the_catalogue_is_current() -> None:
    assert (ROOT / "docs" / "catalogue.md").read_text("utf-8") == page()
    assert all(f"`{key}`" in page() for key in ACTIVATIONS)


def test_the_readme_has_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("main.py")
    assert commands[1].endswith("pytest")
    pattern = re.search(r"grep -m1 \"(.*)\" README", (ROOT / ".ci" / "run").read_text("utf-8"))
    assert pattern is not None
    assert re.search(pattern.group(1), commands[1])


def test_pictures_and_links_of_the_documents_exist() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name}: {target}"
