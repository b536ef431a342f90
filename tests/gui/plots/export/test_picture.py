import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from engine.faults import InputError
from gui.plots.export.picture import write_pictures
from gui.theme import DARK, LIGHT

EPOCHS = np.linspace(0, 30, 301)


@pytest.fixture
def run(experiment, snapshot):
    values = np.tile([1e-3, 1e-2, 1e-1, 1.0], (301, 1))
    return experiment(784, 30, 30, 30, 10), snapshot(EPOCHS, values)


def test_both_files_with_title_verdict_and_labels(run, tmp_path: Path):
    paths = write_pictures(*run, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["speed-of-learning.png", "speed-of-learning.svg"]
    image = QImage(str(paths[0]))
    assert (image.width(), image.height()) == (1800, 1120)
    drawing = paths[1].read_text(encoding="utf-8")
    for text in ("Speed of learning", "vanishing, 1 : 100", "784-30-30-30-10", "layer 3", "epochs"):
        assert text in drawing
    inches = 900 / QGuiApplication.primaryScreen().logicalDotsPerInch()
    assert f'width="{25.4 * inches:g}mm"' in drawing
    assert "<image" not in drawing  # lines, not pixels


def test_png_and_svg_show_the_same(run, tmp_path: Path):
    png, svg = write_pictures(*run, tmp_path)
    left = QImage(str(png)).convertToFormat(QImage.Format.Format_RGB32)
    right = QImage(left.size(), QImage.Format.Format_RGB32)
    painter = QPainter(right)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter)
    painter.end()
    for l in range(3):
        rows = [_rows_of(image, LIGHT.layer(l, 3), 700) for image in (left, right)]
        assert rows[0].size
        assert rows[0].mean() == pytest.approx(rows[1].mean(), abs=3)


def test_a_theme_and_a_second_run_leave_nothing_of_the_first(run, tmp_path: Path, snapshot):
    write_pictures(*run, tmp_path, theme=DARK)
    first = (tmp_path / "speed-of-learning.png").read_bytes()
    other = snapshot(EPOCHS, np.tile([1.0, 0.1, 0.01, 1.0], (301, 1)))
    write_pictures(run[0], other, tmp_path, theme=DARK)
    write_pictures(*run, tmp_path, theme=DARK)
    assert (tmp_path / "speed-of-learning.png").read_bytes() == first
    assert QImage(str(tmp_path / "speed-of-learning.png")).pixelColor(0, 0) == QColor(DARK.panel)


def test_a_folder_that_cannot_be_written(run, tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(InputError, match=r"folder: pictures cannot be written there"):
        write_pictures(*run, file / "folder")


SCRIPT = """
import sys
from pathlib import Path
import numpy as np
from engine.snapshot import Snapshot, evaluation_columns, history_columns
from engine.architecture import dense
from engine.spec import Experiment
from gui.plots.export.picture import write_pictures
history = np.full((9, len(history_columns(2))), 0.5)
history[:, 1] = np.arange(9)
run = Snapshot(9, 8.0, 9, 9, False, True, history, np.empty((0, len(evaluation_columns(2)))),
               (np.zeros(30), np.zeros(10)), None, None)
print(len(write_pictures(Experiment(dense(784, 30, 10)), run, Path(sys.argv[1]))))
"""


def test_without_a_display_and_without_an_application(tmp_path: Path, monkeypatch, pytestconfig):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path)],
        capture_output=True, text=True, timeout=60, cwd=pytestconfig.rootpath,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "2", "")


def _rows_of(image: QImage, colour: QColor, x: int) -> np.ndarray:
    """The rows where column ``x`` has about this colour."""
    return np.array([y for y in range(image.height()) if _near(image.pixelColor(x, y), colour)])


def _near(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return sum(abs(a - b) for a, b in pairs) < 90
