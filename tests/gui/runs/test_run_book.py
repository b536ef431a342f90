"""Which runs there are, and that everything done to them by hand can be undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from engine.edits import change_training
from engine.keyframes import Moments
from engine.runs_file import MOST_RUNS
from gui.runs import book as module
from gui.theme import THEMES
from tests.engine.trained_runs import SMALL, trained
from tests.gui.runs.conftest import Office


def test_the_live_run_is_what_the_session_trains(office: Office):
    assert office.book.live is None
    assert office.book.trained == ()
    snapshot = office.session.show(1, 5)
    live = office.book.live
    assert live is not None
    assert (live.name, live.step, live.experiment) == ("Run 1", 5, SMALL)
    assert live.history is snapshot.history
    assert datetime.fromisoformat(live.began).tzinfo is not None
    assert office.book.earlier == ()
    assert office.book.trained[0].id == live.id


def test_a_frame_is_no_change(office: Office):
    office.session.show(1, 1)
    office.changes.clear()
    office.session.show(1, 2)
    office.session.show(1, 3)
    assert office.changes == []


def test_what_is_left_becomes_an_earlier_run_with_its_own_record(office: Office):
    left = office.session.show(1, 5)
    office.session.show(2, 0)
    (run,) = office.book.earlier
    assert (run.name, run.step, run.shown) == ("Run 1", 5, True)
    assert np.array_equal(run.history, left.history, equal_nan=True)
    assert not np.shares_memory(run.history, left.history)
    assert np.array_equal(run.evaluations, left.evaluations, equal_nan=True)
    assert office.book.live is not None
    assert office.book.live.name == "Run 2"


def test_equal_settings_and_seed_make_another_run_all_the_same(office: Office):
    for run_id in (1, 2, 3):
        office.session.show(run_id, 2)
    assert office.names() == ["Run 1", "Run 2"]


def test_a_run_without_a_step_is_not_kept_and_its_name_is_free(office: Office):
    office.session.show(1, 0)
    office.session.show(2, 0)
    office.session.show(3, 4)
    office.session.show(4, 0)
    assert office.names() == ["Run 1"]
    assert office.book.trained == office.book.earlier


def test_undo_of_an_edit_brings_a_run_back_and_does_not_double_it(office: Office):
    office.session.show(1, 5)
    office.session.show(2, 3)
    office.session.show(1, 5)  # undo
    live = office.book.live
    assert live is not None
    assert (live.name, live.step, office.names()) == ("Run 1", 5, ["Run 2"])
    office.session.show(1, 6)
    office.session.show(2, 3)  # redo
    assert (office.book.live.name, office.names()) == ("Run 2", ["Run 1"])
    assert office.book.earlier[0].step == 6
    office.session.show(3, 1)
    assert office.names() == ["Run 1", "Run 2"]
    assert office.book.live.name == "Run 3"


def test_a_run_that_went_back_to_an_earlier_step_stands_there(office: Office):
    """Undo of a frozen layer: the same run, as it was."""
    office.session.show(1, 6)
    office.session.show(1, 3)
    assert office.book.live is not None
    assert office.book.live.step == 3


def test_who_looks_back_does_not_shorten_the_run(office: Office):
    office.session.show(1, 6)
    moments = Moments(newest=6, steps=np.arange(6), nbytes=0, budget=1)
    past = replace(office.session.show(1, 6), step=3, moments=moments)
    office.session.emit(1, past)
    assert office.book.live is not None
    assert office.book.live.step == 6


def test_a_branch_names_where_it_came_from(office: Office):
    office.session.show(1, 6)
    office.book.rename(office.book.live.id, "straight")
    office.session.branched_from = (1, 4)
    office.session.show(2, 5)
    assert office.book.live.branched_from == ("straight", 4)
    office.session.branched_from = (99, 4)
    office.session.show(3, 5)
    assert office.book.live.branched_from == ("another run", 4)


def test_settings_that_the_run_takes_over_are_its_settings_now(office: Office):
    office.session.show(1, 4)
    office.control.loaded = change_training(SMALL, eta=0.5)
    office.changes.clear()
    office.session.show(1, 5)
    assert office.changes
    assert office.book.live.experiment == office.control.loaded
    assert office.book.live.settings["η"].words == "0.1 → 0.5"


def test_a_new_run_has_no_changes_from_the_one_before(office: Office):
    office.session.show(1, 4)
    office.control.loaded = change_training(SMALL, eta=0.5)
    office.session.show(2, 0)
    assert office.book.live.changes == ()
    assert office.book.earlier[0].experiment == SMALL
    assert office.book.earlier[0].changes == ()


# -- by hand -----------------------------------------------------------------------------------


@pytest.fixture
def three(office: Office) -> Office:
    """Runs 1 and 2, and the live run 3."""
    for run_id, steps in ((1, 2), (2, 3), (3, 4)):
        office.session.show(run_id, steps)
    return office


def state(office: Office) -> list[tuple[object, ...]]:
    return [
        (r.id, r.name, r.notes, r.shown, r.colour, r.step, r.history.tobytes())
        for r in (*office.book.earlier, office.book.live)
    ]


WAYS: dict[str, tuple[Callable[[Office], object], str]] = {
    "rename": (lambda o: o.book.rename(1, "first"), "Rename Run 1"),
    "rename live": (lambda o: o.book.rename(3, "now"), "Rename Run 3"),
    "notes": (lambda o: o.book.set_notes(2, "look\nhere"), "Notes on Run 2"),
    "hide": (lambda o: o.book.set_shown([1], False), "Hide Run 1"),
    "hide two": (lambda o: o.book.set_shown((1, 2), False), "Hide 2 runs"),
    "colour": (lambda o: o.book.set_colour(3, 7), "Colour of Run 3"),
    "delete": (lambda o: o.book.delete([1]), "Delete Run 1"),
    "delete two": (lambda o: o.book.delete((2, 1)), "Delete 2 runs"),
}


@pytest.mark.parametrize(("way", "text"), WAYS.values(), ids=WAYS)
def test_what_is_done_by_hand_can_be_undone_and_redone(
    three: Office, way: Callable[[Office], object], text: str
):
    before = state(three)
    way(three)
    after = state(three)
    assert after != before
    assert three.stack.undoText() == text
    assert not three.stack.isClean()
    three.stack.undo()
    assert state(three) == before
    three.stack.redo()
    assert state(three) == after
    three.changes.clear()
    three.stack.undo()
    assert three.changes


@pytest.mark.parametrize(
    "way",
    [
        lambda o: o.book.rename(1, "Run 1"), lambda o: o.book.rename(1, "  "),
        lambda o: o.book.rename(99, "x"), lambda o: o.book.set_notes(1, " "),
        lambda o: o.book.set_shown([1, 2], True), lambda o: o.book.set_shown([3], False),
        lambda o: o.book.delete([3]), lambda o: o.book.delete([]), lambda o: o.book.delete([99]),
        lambda o: o.book.set_colour(99, 1),
    ],
)  # fmt: skip
def test_what_changes_nothing_is_no_step_to_undo(three: Office, way: Callable[[Office], object]):
    before = state(three)
    way(three)
    assert three.stack.count() == 0
    assert state(three) == before


def test_names_stay_unique(three: Office):
    three.book.rename(1, "Run 3")
    assert three.names() == ["Run 3 (2)", "Run 2"]
    three.book.rename(2, " Run\n4 ")
    three.session.show(4, 1)
    assert three.book.live.name == "Run 5"
    three.book.delete([2])
    three.book.rename(1, "Run 4")
    three.stack.undo()
    three.stack.undo()
    assert three.names() == ["Run 3 (2)", "Run 4", "Run 3"]


def test_a_name_that_was_given_meanwhile_is_told_apart_when_its_run_comes_back(three: Office):
    three.book.rename(2, "Run 4")
    three.book.delete([2])
    three.session.show(4, 1)
    assert three.book.live.name == "Run 4"
    three.stack.undo()
    assert three.names() == ["Run 1", "Run 4 (2)", "Run 3"]


def test_a_deleted_name_is_not_given_again(three: Office):
    three.book.delete([2])
    three.session.show(4, 1)
    three.session.show(5, 1)
    assert three.names() == ["Run 1", "Run 3", "Run 4"]
    three.stack.undo()
    assert three.names() == ["Run 1", "Run 2", "Run 3", "Run 4"]


def test_notes_on_a_live_run_stay_while_it_trains_on(three: Office):
    three.book.set_notes(3, "good")
    three.session.show(3, 6)
    three.session.show(4, 0)
    assert (three.book.earlier[-1].notes, three.book.earlier[-1].step) == ("good", 6)
    three.stack.undo()
    assert (three.book.earlier[-1].notes, three.book.earlier[-1].step) == ("", 6)


def test_a_deleted_run_that_the_session_takes_up_again_lives_under_a_new_name(three: Office):
    three.book.delete([1])
    three.session.show(1, 3)
    assert three.book.live.name == "Run 4"
    assert three.names() == ["Run 2", "Run 3"]
    three.stack.undo()
    assert three.names() == ["Run 1", "Run 2", "Run 3"]


def test_only_shown_ones_are_drawn(three: Office):
    three.book.set_shown([1], False)
    assert [run.name for run in three.book.shown] == ["Run 2"]


# -- another document, and too many ------------------------------------------------------------


def test_another_document_brings_its_own(three: Office):
    ids = {run.id for run in three.book.earlier}
    three.book.replace([trained(name="b", notes="n"), trained(name="b", id=2), trained(name="\n")])
    assert three.names() == ["b", "b (2)", "Run 3"]
    assert ids.isdisjoint(run.id for run in three.book.earlier)
    assert three.book.live is None
    three.session.show(3, 2)  # the number of a run of the document before
    assert three.book.live.name == "Run 4"
    assert len(three.names()) == 3
    three.book.replace([])
    assert three.book.trained == ()


def test_there_are_at_most_so_many_and_hidden_ones_go_first(office: Office):
    for run_id in range(1, MOST_RUNS + 1):
        office.long(run_id, 2)
    assert len(office.book.earlier) == MOST_RUNS - 1
    office.book.set_shown([office.book.earlier[10].id], False)
    office.long(100, 2)
    assert "Run 11" not in office.names()
    assert len(office.names()) == MOST_RUNS - 1
    assert office.told == [
        "Run 11 made room: a document keeps 50 runs and 150 MB of records, and lets hidden ones"
        " go first."
    ]
    office.long(101, 2)
    assert office.names()[0] == "Run 2"
    office.stack.undo()  # of the hiding of what is gone
    assert "Run 11" not in office.names()


def test_memory_is_bounded_too(office: Office, monkeypatch: pytest.MonkeyPatch):
    office.long(1, 2)
    monkeypatch.setattr(module, "MOST_BYTES", 2 * office.book.live.nbytes)
    for run_id in (2, 3, 4):
        office.long(run_id, 2)
    assert office.names() == ["Run 2", "Run 3"]


def test_there_is_a_colour_for_each_of_eight(office: Office):
    assert {len(theme.runs) for theme in THEMES.values()} == {module.COLOURS}
    for run_id in range(1, 11):
        office.long(run_id, 1)
    assert [run.colour for run in office.book.earlier] == [0, 1, 2, 3, 4, 5, 6, 7, 0]
