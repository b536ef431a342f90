"""The layers side by side now, with the factor from each to the next, and the one that fits all."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QToolButton

from engine import profile
from engine.arrays import Floats
from engine.layer_record import layer_record
from engine.look import Wish
from engine.measures import KEYS
from engine.readings.predicted_factors import PredictedFactors, PredictedFactorsWish
from engine.snapshot import Snapshot
from engine.spec import Experiment
from engine.tables import Cell, Table
from engine.verdict import Verdict, hidden_layers, judge
from gui.common.card import Chip, FlatCombo, card_title
from gui.plots.parts.captioned_card import CaptionedCard
from gui.plots.parts.layer_axis import NORMS, layer_name
from gui.plots.parts.verdict_words import chip_words
from gui.plots.profile import profile_words as words
from gui.plots.profile.profile_picture import ProfilePicture
from gui.theme import CAPTION, Theme

PREDICTED = ("bias_gradient", "delta_rms")  # the norms that theory speaks of
PICTURE_MS = 40  # between two pictures
WISH = PredictedFactorsWish()


class Profile(CaptionedCard):
    """A bar for every hidden layer, for the output where there is none."""

    picture: ProfilePicture

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ProfilePicture(theme), PICTURE_MS)
        self.title, self.chip = card_title("Profile"), Chip()
        self.measure = FlatCombo("size of the layers", NORMS, "What is measured of every layer")
        self.theory = _theory_button()
        self._prediction: PredictedFactors | None = None  # of the newest look
        self.add_title_row(self.title, self.measure, self.chip, stretch_after=2)
        self.lay_out(self.theory)
        self.measure.currentIndexChanged.connect(self._on_measure_changed)
        self.theory.toggled.connect(self._on_theory_toggled)
        self.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        self._prediction = None
        self.picture.set_layers(len(experiment.architecture.layers))
        super().set_experiment(experiment)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        looked = snapshot.inspection
        if snapshot.layers == self._layers and looked is not None and WISH in looked.answers:
            self._prediction = looked.answer(WISH)
        super().show_snapshot(snapshot)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.measure.set_type(self, CAPTION)

    def wishes(self) -> frozenset[Wish[object]]:
        return frozenset({WISH}) if self._is_predicted else frozenset()

    def reset(self) -> None:
        self.measure.set_key(KEYS[0])
        self.theory.setChecked(False)
        self.picture.forget_range()
        self.texts.at_once()

    def table(self) -> Table:
        """A row for every hidden layer, also where not all have a bar."""
        sizes = self.sizes
        fit, predicted = profile.fit(sizes), self._predicted_levels()
        columns: dict[str, Floats] = {
            self.measure.key: sizes,
            "factor_to_next": np.append(profile.factors(sizes), np.nan),
        }
        if fit is not None:
            columns["fitted"] = profile.sizes_at(fit.at(np.arange(len(sizes), dtype=float)))
        if predicted is not None:
            columns["predicted"] = profile.sizes_at(predicted)
        rows: list[list[Cell]] = [
            [layer_name(l, self._layers), *(float(column[l]) for column in columns.values())]
            for l in range(len(sizes))
        ]
        return Table(("layer", *columns), rows)

    # -- the numbers ---------------------------------------------------------------------------

    @property
    def sizes(self) -> Floats:
        """Of the hidden layers, now."""
        if self._snapshot is None:
            return np.full(max(1, self._layers - 1), np.nan)
        now = profile.sizes_now(layer_record(self._snapshot, KEYS.index(self.measure.key)))
        return now[hidden_layers(self._layers)]

    @property
    def verdict(self) -> Verdict | None:
        """None where there is nothing to compare."""
        sizes = self.sizes
        if len(sizes) < 2 or np.isnan(sizes[[0, -1]]).any():
            return None
        return judge(np.append(sizes, np.nan))

    @property
    def _is_predicted(self) -> bool:
        return self.theory.isChecked() and self.theory.isEnabled()

    def _predicted_levels(self) -> Floats | None:
        """log10 of the sizes that theory expects, where it is asked and expects any."""
        prediction, last = self._prediction, float(self.sizes[-1])
        if not self._is_predicted or prediction is None or self._layers < 3:
            return None
        if not (np.isfinite(last) and last > 0):
            return None
        levels = profile.predicted_levels(last, prediction.factors)
        return levels if np.isfinite(levels).all() else None

    def draw(self) -> None:
        self._set_measured()
        self.picture.set_sizes(self.sizes)

    # -- the texts -----------------------------------------------------------------------------

    def tell(self) -> None:
        sizes = self.sizes
        fit, which = profile.fit(sizes), self.picture.layers.which
        ratios = profile.factors(sizes) if len(which) == len(sizes) else np.empty(0)
        self.picture.set_predicted(self._predicted_levels())
        self._set_measured()
        if self.picture.is_measured:
            self.picture.set_texts(fit, ratios.tolist(), sizes[which].tolist())
        else:
            self.picture.set_texts(None, (), ())
        self.picture.setToolTip(words.tip(self.measure.key, fit))
        self.picture.setAccessibleDescription(words.spoken(sizes, self._layers))
        self.chip.tell(*chip_words(self.verdict, "smaller", "larger"))
        lines = words.lines(self.measure.key, sizes, fit, len(which), self._theory_words())
        self.words.set_texts(*lines)

    def tell_pointed(self) -> None:
        assert self.picture.pointed is not None
        l = int(self.picture.layers.which[int(self.picture.pointed[0])])
        self.words.set_texts(words.pointed(self.measure.key, self.sizes, l, self._layers))

    def _set_measured(self) -> None:
        self.picture.is_measured = self._snapshot is not None and len(self._snapshot.history) > 0

    def _theory_words(self) -> str:
        if not self._is_predicted or self._layers < 3:
            return ""
        if (levels := self._predicted_levels()) is not None:
            return words.expected(levels)
        return "theory …" if self._prediction is None else "no theory for this network"

    # -- signals -------------------------------------------------------------------------------

    @Slot(int)
    def _on_measure_changed(self, _index: int) -> None:
        before, known = self._is_predicted, self.measure.key in PREDICTED
        self.theory.setEnabled(known)
        self.theory.setToolTip(words.THEORY if known else words.NO_THEORY)
        self.picture.forget_range()
        self.picture.set_sizes(self.sizes)
        self.texts.at_once()
        if before != self._is_predicted:
            self.wishes_changed.emit()

    @Slot(bool)
    def _on_theory_toggled(self, _on: bool) -> None:
        self.wishes_changed.emit()
        self.texts.at_once()


def _theory_button() -> QToolButton:
    button = QToolButton()
    button.setText("theory")
    button.setObjectName("theory")
    button.setProperty("role", "plot-choice")
    button.setCheckable(True)
    button.setToolTip(words.THEORY)
    button.setAccessibleName("theory")
    return button
