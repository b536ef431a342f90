import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine import command_line, experiment_file, reproduction
from engine.architecture import ArchitectureSpec, LayerSpec, dense
from engine.datasets.planar import Xor
from engine.faults import InputError
from engine.snapshot import Snapshot
from engine.spec import Experiment, TrainingSpec

ROOT = Path(command_line.__file__).parent.parent
FILES = {"history.csv", "weights-initial.npz", "weights-final.npz", "experiment.toml"}
PICTURES = {"speed-of-learning.png", "speed-of-learning.svg"}


def draw(experiment: Experiment, snapshot: Snapshot, folder: Path) -> None:
    for name in PICTURES:
        (folder / name).write_text(experiment.name)


Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """``run("--quiet")`` runs a small experiment, or the one in ``my.toml``, into ``out``."""
    file = tmp_path / "my.toml"
    experiment_file.write(
        file, Experiment(dense(2, 4, 2), TrainingSpec(data=Xor(examples=50), epochs=3))
    )

    def call(*options: str, out: str = "out", file: Path = file) -> int:
        arguments = ["run", str(file), "--out", str(tmp_path / out), *options]
        return command_line.main(arguments, draw)

    return call


def test_a_run_writes_everything_and_says_where(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES | PICTURES
    out, err = capsys.readouterr()
    assert err == ""  # no terminal, no progress
    first, second = out.splitlines()
    assert first.startswith("2-4-2: 3 epochs, training ")
    assert " %, validation " in first
    assert " %, test " in first
    assert second == f"Results are in {tmp_path / 'out'}; in weights-*.npz, W is n_out x n_in."


def test_the_kept_experiment_runs_again_to_the_same_bytes(run: Run, tmp_path: Path) -> None:
    assert run("--epochs", "4", "--seed", "9") == 0
    assert run(out="again", file=tmp_path / "out" / "experiment.toml") == 0
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    kept = experiment_file.read(tmp_path / "again" / "experiment.toml").training
    assert (kept.epochs, kept.seed) == (4, 9)


def test_quiet_says_nothing(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_the_weights_before_are_not_the_weights_after(run: Run, tmp_path: Path) -> None:
    run()
    initial, final = (np.load(tmp_path / "out" / f"weights-{n}.npz") for n in ("initial", "final"))
    assert not np.array_equal(initial["W1"], final["W1"])
    assert initial["W1"].shape == (4, 2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["bogus"], "invalid choice: 'bogus'"),
        (["run"], "the following arguments are required: EXPERIMENT.toml, --out"),
        (["run", "my.toml"], "the following arguments are required: --out"),
        (["run", "none.toml", "--out", "out"], "none.toml: there is no such file."),
        (["run", "my.toml", "--out", "my.toml"], "my.toml: results cannot be written there"),
        (["run", "my.toml", "--out", "out", "--epochs", "0"], "epochs must lie between 1 and"),
        (["run", "my.toml", "--out", "out", "--epochs", "two"], "invalid int value: 'two'"),
        (["run", "my.toml", "--out", "out", "--seed", "-1"], "seed must lie between 0 and"),
        (["run", "wide.toml", "--out", "out"], "the network 3 inputs and 2 outputs"),
        (["run", "own.toml", "--out", "out"], "points.csv: there is no such file."),
        (["reproduce", "--fast"], "unrecognized arguments: --fast"),
    ],
)
def test_what_is_wrong_is_one_line_and_code_2(
    arguments: list[str], sentence: str, run: Run, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    wide = Experiment(dense(3, 2), TrainingSpec(data=Xor()))
    experiment_file.write(Path("wide.toml"), wide)
    text = experiment_file.dumps(wide).split("[training.data]")[0]
    Path("own.toml").write_text(f'{text}[training.data]\nsource = "own"\npath = "points.csv"\n')
    assert command_line.main(arguments, draw) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("nablascope: ")
    assert err.count("\n") == 1
    assert sentence in err
    assert not Path("out").exists()


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["run", "--help"], draw) == 0
    assert "--out DIR" in capsys.readouterr().out


def test_divergence_is_told_and_what_there_is_is_kept(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layers = [LayerSpec(4, "relu"), LayerSpec(4, "relu"), LayerSpec(2, "linear")]
    training = TrainingSpec(data=Xor(examples=50), cost="quadratic", eta=1e4, epochs=50)
    file = tmp_path / "steep.toml"
    experiment_file.write(file, Experiment(ArchitectureSpec(2, tuple(layers)), training))
    assert run(file=file) == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES | PICTURES
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "no longer finite" in err
    assert "Try a smaller learning rate" in err
    assert len((tmp_path / "out" / "history.csv").read_text().splitlines()) > 2


@pytest.mark.parametrize("fault", [InputError("libEGL is missing."), ImportError("no PySide6")])
def test_without_pictures_the_rest_is_there(
    fault: Exception, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise fault

    arguments = ["run", str(tmp_path / "my.toml"), "--out", str(tmp_path / "out")]
    assert command_line.main(arguments, refuse) == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    assert f"the pictures were not drawn: {fault}\n" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_keeps_what_there_is(tmp_path: Path) -> None:
    training = TrainingSpec(data=Xor(examples=50), epochs=1_000_000, evaluate_every=100)
    experiment_file.write(tmp_path / "long.toml", Experiment(dense(2, 4, 2), training))
    code = (
        "import sys; from engine import command_line as c;"
        "begin = c._train;"
        "c._train = lambda *a: (print('training', flush=True), begin(*a));"
        "sys.exit(c.main(sys.argv[1:], lambda *a: None))"
    )
    arguments = ["run", str(tmp_path / "long.toml"), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "training\n"
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert err.startswith("nablascope: stopped at step ")
    step = int(err.split()[4].replace(",", ""))
    assert "Results are in" in out
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES
    with (tmp_path / "out" / "history.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert int(rows[-1]["step"]) in (step - 1, step)
    assert len(rows) > 100


class InterruptedAfter(command_line._Interruption):
    """Ctrl-C comes after a number of units of work."""

    units = 0

    def __bool__(self) -> bool:
        InterruptedAfter.units -= 1
        return InterruptedAfter.units < 0


def rows_after(units: int, run: Run, tmp_path: Path) -> list[dict[str, str]]:
    InterruptedAfter.units = units
    file = tmp_path / "endless.toml"
    training = TrainingSpec(data=Xor(examples=50), epochs=10**6, evaluate_every=10**6)
    experiment_file.write(file, Experiment(dense(2, 2), training))
    assert run(file=file) == 130
    return list(csv.DictReader((tmp_path / "out" / "history.csv").read_text().splitlines()))


@pytest.mark.parametrize("more", [0, 1])
def test_the_last_step_before_ctrl_c_is_kept(
    more: int, run: Run, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(command_line, "_Interruption", InterruptedAfter)
    rows = rows_after(6000 + more, run, tmp_path)
    step = int(capsys.readouterr().err.split()[4].replace(",", ""))
    assert step > 5000
    assert int(rows[-1]["step"]) == step - 1  # the gradient before the last update


def test_an_evaluation_that_was_going_on_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_line, "_Interruption", InterruptedAfter)
    rows = rows_after(1, run, tmp_path)
    assert [row["step"] for row in rows] == ["0"]
    assert float(rows[0]["accuracy_validation"]) >= 0


def test_reproduce_is_ok_only_if_all_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[bool] = []

    def sections(*holds: list[bool]) -> Callable[..., object]:
        def made(quick: bool, report: Callable[[float, str], None]) -> object:
            asked.append(quick)
            report(0.5, "(a)")
            return [reproduction.Section(["title"], h) for h in holds]

        return made

    monkeypatch.setattr(reproduction, "sections", sections([True, True], [True]))
    assert command_line.main(["reproduce", "--quick"], draw) == 0
    assert capsys.readouterr().out == "title\n\ntitle\n\n3 of 3 hold.\n"
    monkeypatch.setattr(reproduction, "sections", sections([True, False], [True]))
    assert command_line.main(["reproduce"], draw) == 1
    assert capsys.readouterr().out.endswith("2 of 3 hold.\n")
    assert asked == [True, False]


def test_ctrl_c_stops_a_reproduction(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reproduction, "sections", interrupted)
    assert command_line.main(["reproduce"], draw) == 130
    assert capsys.readouterr().err == "nablascope: stopped.\n"


def test_a_terminal_without_greek_letters_is_no_reason_to_fail() -> None:
    code = "import sys; from engine.command_line import main; sys.exit(main(sys.argv[1:], None))"
    done = subprocess.run(
        [sys.executable, "-c", code, "reproduce", "--quick"], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    assert done.returncode == 0
    assert b"?C/?b" in done.stdout
    assert b"15 of 15 hold." in done.stdout
