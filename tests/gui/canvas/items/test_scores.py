from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from engine.architecture import dense
from engine.inspection import Subject
from engine.spec import Experiment
from gui.canvas.cards.histograms import Histograms, signed, summary
from gui.canvas.items.input_image import InputImageItem
from gui.canvas.items.scores import ScoresItem, score_text
from gui.canvas.layout import arrange
from gui.canvas.look import Look
from gui.canvas.words.labels import column_texts
from gui.theme import DARK, LIGHT


def placed(item, *sizes, width=700, height=600):
    look = Look(LIGHT, QFont())
    layout = arrange(column_texts(dense(*sizes)), width, height, look.measure)
    item.place(layout, look)
    return item, layout


def painted(item):
    image = QImage(800, 700, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    item.paint(painter, None)
    painter.end()


@pytest.mark.parametrize(
    ("a", "room", "text"),
    [(0.974, 4, "0.97"), (0.974, 3, ".97"), (1.0, 3, "1.00"), (0.0, 3, ".00"), (-0.5, 4, "−0.500"),
     (12.34, 4, "12.3"), (nan, 4, "?"), (inf, 4, "?")],
)  # fmt: skip
def test_scores_are_short(a, room, text):
    assert score_text(a, room) == text


def test_scores_and_the_right_class(qapp, inspection_of):
    item, _ = placed(ScoresItem(), 784, 30, 10)
    assert item.classes == [str(k) for k in range(10)]
    inspection = inspection_of(Experiment(dense(784, 30, 10)), Subject(example=2))
    item.show_scores(inspection)
    assert len(item.texts) == 10
    assert item.right == 3
    painted(item)
    item.show_scores(None)
    assert (item.texts, item.right) == ([], None)


def test_no_scores_where_they_do_not_fit(qapp, inspection_of):
    experiment = Experiment(dense(784, 10))
    item, layout = placed(ScoresItem(), 784, *[30] * 60, 10, width=430, height=300)
    item.show_scores(inspection_of(experiment))
    room = layout.width - layout.columns[-1].x
    assert all(item._look.measure(text, "caption", True) < room for text in item.texts)
    painted(item)


def test_outputs_that_are_no_probabilities(qapp, inspection_of):
    item, _ = placed(ScoresItem(), 784, 30, 2)
    inspection = inspection_of(Experiment(dense(784, 30, 2)))
    item.show_scores(replace(inspection, a=(inspection.a[0], np.array([-3.0, np.nan]))))
    assert item.texts == ["−3.00", "?"]
    painted(item)


def test_the_input_stands_where_neurons_are_left_out(qapp, inspection_of):
    item, layout = placed(InputImageItem(), 784, 30, 10)
    inspection = inspection_of(Experiment(dense(784, 30, 10)))
    item.show_input(inspection, (28, 28))
    assert item.isVisible()
    column = layout.columns[0]
    room = item.boundingRect()
    assert room.contains(column.x, column.dots)
    radius = 0.8 * layout.radius
    assert all(y + radius <= room.top() or y - radius >= room.bottom() for y in column.y)
    painted(item)
    item.show_input(inspection, None)
    assert not item.isVisible()


def test_no_image_where_all_inputs_are_drawn(qapp, inspection_of):
    item, _ = placed(InputImageItem(), 4, 3, 2)
    item.show_input(inspection_of(Experiment(dense(4, 3, 2))), (2, 2))
    assert not item.isVisible()


def test_numbers_of_a_histogram(inspection_of):
    of = inspection_of(Experiment(dense(4, 3, 2)), Subject(layer=0)).distributions
    assert summary(of.z) == "0 ± 0.350"
    assert summary(replace(of.z, mean=-1.2e-5, spread=nan)) == "−1.2·10⁻⁵ ± ?"
    assert signed(-0.5) == "−0.500"


def test_histograms_are_painted_even_of_nothing(qtbot, inspection_of):
    widget = Histograms()
    qtbot.addWidget(widget)
    look = Look(DARK, QFont())
    widget.set_look(look, look.layer(1, 3), 300)
    of = inspection_of(Experiment(dense(4, 3, 2)), Subject(layer=0)).distributions
    empty = replace(of.z, counts=np.zeros(30), mean=nan, spread=nan)
    widget.show_distributions(replace(of, delta=empty))
    assert widget.texts()[-1] == "δ ? ± ?"
    assert not widget.grab().isNull()
    widget.show_distributions(None)
    assert widget.texts() == []
    widget.grab()
