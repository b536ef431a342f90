"""A profile of known sizes."""

import pytest

from gui.plots.profile.profile import Profile
from gui.theme import LIGHT
from tests.gui.plots.conftest import EPOCHS, settle, speeds


@pytest.fixture
def card(stand) -> Profile:
    return stand(Profile(LIGHT))


@pytest.fixture
def show(card, experiment, snapshot):
    """Speeds of all layers, the output last."""

    def of(*levels: float, **measures: float) -> None:
        card.set_experiment(experiment(784, *[30] * (len(levels) - 1), 10))
        card.show_snapshot(snapshot(EPOCHS, speeds(*levels), **measures))
        settle(card)

    return of


def heights(card: Profile) -> list[float]:
    """log10 of where the bars end, read back from their rectangles."""
    picture = card.picture
    (low, high), rect = picture.y_axis.range, picture.rect_of_plane
    tops = [picture.bar(k).top() for k in range(len(picture.layers.which))]
    return [high - (top - rect.top()) / rect.height() * (high - low) for top in tops]
