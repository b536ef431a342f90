"""Training, one mini-batch at a time: the mutable state of one run."""

from collections.abc import Callable, Iterator
from math import isfinite

import numpy as np

from engine import divergence
from engine.architecture import ArchitectureSpec
from engine.arrays import Floats, Numbers, copies, read_only
from engine.batches import Batches, make_room, steps_in
from engine.datasets import DataSet
from engine.descent import Descent
from engine.divergence import Divergence
from engine.evaluation import Evaluation
from engine.examples import ExampleSet, prepare
from engine.faults import InputError
from engine.inspection import Inspection, Subject
from engine.inspector import Inspector
from engine.keyframes import Keyframe, Keyframes, Moments
from engine.measures import Meter
from engine.network import Network, Workspace
from engine.parameters import Parameters, draw, give
from engine.precision import dtype_for
from engine.recorder import Recorder
from engine.snapshot import Snapshot, Weights
from engine.spec import Experiment, TrainingSpec

CHEAP = 2560  # examples between two keyframes: their copies take 2 % of the time then, or less


class Trainer:
    """Owns network, optimizer state, random order and record. One thread only; no clock.

    The same experiment gives the same bits, however the work is cut into ``run`` and ``step``.
    """

    def __init__(self, experiment: Experiment, examples: ExampleSet) -> None:
        _check_fit(experiment, examples)
        self._training = experiment.training
        architecture = experiment.architecture
        self._examples = examples
        self.network = Network(architecture, self._training.cost, examples.train.x.dtype)
        draw(self.network.parameters, architecture, self._training.seed)
        self._batches = Batches(examples.train, self._training.seed)
        self._descent = Descent(self.network, self._training.optimizer.n_state, self._batches.n)
        self._workspaces: dict[int, tuple[Workspace, Meter]] = {}
        self.step_count = 0
        self.divergence: Divergence | None = None
        self.recorder = Recorder(len(architecture.layers))
        self.evaluation = Evaluation(self.network, examples, self._training.probe)
        self._due: Iterator[Floats | None] | None = self.evaluation.slices(self._decay)
        self._inspector: Inspector | None = None
        self.keyframes = Keyframes()

    @property
    def architecture(self) -> ArchitectureSpec:
        return self.network.architecture

    @property
    def training(self) -> TrainingSpec:
        return self._training

    @property
    def examples(self) -> ExampleSet:
        return self._examples

    @property
    def epoch(self) -> float:
        return self._batches.epoch

    @property
    def _decay(self) -> float:
        """The share λ/n of the weights that stands beside their gradient."""
        return self._training.lmbda / self._batches.n

    @property
    def done(self) -> bool:
        trained = self._batches.epochs >= self._training.epochs
        return self.divergence is not None or (trained and self._due is None)

    def run(self, goes_on: Callable[[bool], bool]) -> None:
        """Work in units that never take long: steps, and slices of due evaluations.

        Before each unit, ``goes_on`` is told whether it would be a step, and decides.
        """
        with np.errstate(all="ignore"):  # BLAS raises flags of its own; the numbers are looked at
            while not self.done:
                stepping = self._due is None
                if not goes_on(stepping):
                    return
                if stepping:
                    self._step()
                else:
                    self._evaluate_slice()

    def step(self) -> None:
        """One mini-batch, after the evaluation that is due before it."""
        before = self.step_count
        self.run(lambda _: self.step_count == before)

    def evaluate(self) -> None:
        """Finish the evaluation that is due, if any."""
        self.run(lambda stepping: not stepping)

    def finish(self) -> None:
        """Train to the end."""
        self.run(lambda _: True)

    def change(self, training: TrainingSpec) -> None:
        """Take over settings in the middle of a run; ``InputError`` where that cannot be."""
        if restart := self._training.needs_restart(training):
            raise InputError(f"{', '.join(restart)} cannot change in the middle of a run")
        self._training = training

    def fork(self, experiment: Experiment) -> "Trainer":
        """A trainer of its own that goes on from this moment with what is now frozen or given.

        Parameters that are newly given get their values, all others stay as trained.
        ``InputError`` where the experiment needs a new start.
        """
        architecture, training = experiment.architecture, experiment.training
        restart = self._training.needs_restart(training)
        if restart or self.architecture.needs_restart(architecture):
            what = ", ".join(restart) or "the network"
            raise InputError(f"{what} cannot change in the middle of a run")
        twin = Trainer(experiment, self._examples)
        for mine, its in zip(self._vectors, twin._vectors, strict=True):
            np.copyto(its, mine)
        twin._descent.continue_as(self._descent)
        known = {(given.place, given.value) for given in self.architecture.given}
        new = [given for given in architecture.given if (given.place, given.value) not in known]
        give(twin.network.parameters, architecture, new)
        twin._batches, twin.recorder = self._batches.copy(), self.recorder.copy()
        twin.step_count, twin.divergence = self.step_count, self.divergence
        if self._due is None:
            twin._due = None
        twin.keyframes = self.keyframes.until(self.step_count)
        return twin

    def at(self, step: int) -> "Trainer":
        """A trainer of its own as this one was at the nearest keyframe at or before ``step``.

        What it does from there on is the same, bit for bit, if it gets the same settings.
        ``LookupError`` where there is no keyframe.
        """
        frame = self.keyframes.at(step)
        twin = Trainer(Experiment(frame.architecture, frame.training), self._examples)
        twin.keyframes = self.keyframes.until(frame.step)
        twin.return_to(frame)
        return twin

    def branch(self, step: int) -> "Trainer":
        """The same, to go on with the settings of now, and with what is now frozen or given."""
        twin = self.at(step)
        if twin.architecture != self.architecture:
            return twin.fork(Experiment(self.architecture, self._training))
        twin.change(self._training)
        return twin

    def return_to(self, frame: Keyframe) -> None:
        """Stand where a trainer of this architecture and these examples stood."""
        self._training, self.step_count, self.divergence = frame.training, frame.step, None
        for mine, its in zip(self._kept_vectors, frame.vectors, strict=True):
            np.copyto(mine, its)
        self._descent.decay = frame.decay
        self._batches.return_to(frame.place)
        self.recorder.return_to(frame.record)
        self._due = None

    def rest(self) -> None:
        """Give back the memory that is made again when training goes on."""
        self._workspaces.clear()
        self._batches.rest()
        self.evaluation.rest()
        self._inspector = None

    @property
    def nbytes(self) -> int:
        """About how much memory this trainer holds, without the examples."""
        workspaces = sum(ws.nbytes for ws, _ in self._workspaces.values())
        vectors = sum(vector.nbytes for vector in self._vectors)
        parts = (self._descent, self._batches, self.evaluation, self.recorder, self.keyframes)
        return vectors + workspaces + sum(part.nbytes for part in parts)

    @property
    def _vectors(self) -> tuple[Numbers, ...]:
        """The parameters, and the gradients that the last step and the last evaluation left."""
        network = self.network
        held = (network.parameters, network.gradient, self.evaluation.gradient)
        return tuple(p.vector for p in held)

    @property
    def _shown_gradient(self) -> Parameters:
        return self.network.gradient if self.step_count else self.evaluation.gradient

    @property
    def _kept_vectors(self) -> tuple[Numbers, ...]:
        """What a keyframe copies."""
        shown = self._shown_gradient.vector
        return (self.network.parameters.vector, shown, *self._descent.vectors)

    def _keep(self) -> None:
        """A keyframe of this moment; it changes nothing of the run, however large the budget."""
        training, vectors, record = self._training, self._kept_vectors, self.recorder.mark()
        batch = training.batch or self._batches.n
        if not self.keyframes.make_room(
            self.step_count, (*vectors, *record.parts), -(-CHEAP // batch)
        ):
            return
        copies = tuple(vector.copy() for vector in vectors)
        self.keyframes.keep(
            Keyframe(
                self.step_count, self.architecture, training, copies, self._descent.decay,
                self._batches.place, record,
            )
        )  # fmt: skip

    def inspect(self, subject: Subject) -> Inspection:
        """A close look at the network as it is now; training does not notice."""
        if self._inspector is None:
            self._inspector = Inspector(self.network, self._examples, self._training.probe)
        last = self._descent.last_step if self.step_count else None
        with np.errstate(all="ignore"):
            return self._inspector.look(subject, last)

    def snapshot(self, weights: bool = False, subject: Subject | None = None) -> Snapshot:
        """The state as values; ``weights`` adds copies of all parameters, ``subject`` a look."""
        return Snapshot(
            step=self.step_count,
            epoch=self.epoch,
            last_step=self.step_count + self._steps_left(self._training.epochs),
            next_epoch_step=self.step_count + self._steps_left(self._batches.epochs + 1),
            evaluating=self._due is not None,
            done=self.done,
            history=self.recorder.history.view(),
            evaluations=self.recorder.evaluations.view(),
            delta=copies(self._shown_gradient.b),
            weights=self.weights() if weights else None,
            divergence=self.divergence,
            inspection=None if subject is None else self.inspect(subject),
            moments=self.moments,
        )

    @property
    def moments(self) -> Moments:
        frames = self.keyframes
        return Moments(frames.steps, self.step_count, frames.nbytes, frames.budget)

    def weights(self) -> Weights:
        parameters = self.network.parameters
        projections = [None if P is None else read_only(P.copy()) for P in parameters.projections]
        return Weights(copies(parameters.W), copies(parameters.b), tuple(projections))

    def _steps_left(self, until_epoch: int) -> int:
        n, batch = self._batches.n, self._training.batch
        whole, dealt = until_epoch - self._batches.epochs, self._batches.dealt
        if whole <= 0:
            return 0
        return (whole - 1) * steps_in(n, batch) + steps_in(n - dealt, batch or n)

    def _evaluate_slice(self) -> None:
        if self._due is not None and (scores := next(self._due)) is not None:
            self.recorder.record_evaluation(self.step_count, self.epoch, scores, self._ends_run)
            self._due = None

    def _workspace(self, size: int) -> tuple[Workspace, Meter]:
        if size not in self._workspaces:
            make_room(self._workspaces)
            ws = self.network.workspace(size)
            self._workspaces[size] = ws, Meter(self.network, ws, self.network.gradient)
        return self._workspaces[size]

    def _step(self) -> None:
        if self.keyframes.wants(self.step_count):
            self._keep()
        epoch, batch = self.epoch, self._training.batch
        ws, meter = self._workspace(self._batches.size(batch))
        x, y = self._batches.deal(batch)
        self.network.forward(ws, x)
        self.network.backward(ws, y)
        norms = self.recorder.next_norms(self.step_count, epoch)
        if not meter.finite_norms(norms):
            self._diverge(ws)
            return
        self._descent.choose_move(self._training, self.step_count + 1)
        ends = self._batches.dealt == 0
        if self.recorder.wants(self.step_count) or (ends and self._ends_run):
            cost = self.network.mean_cost(ws, y).real
            if not isfinite(cost):
                self._diverge(ws)
                return
            self.recorder.record(cost, meter.all(norms, self._descent.move.W, self._decay))
        self._descent.update(self._training)
        self.step_count += 1
        if ends and (self._batches.epochs % self._training.evaluate_every == 0 or self._ends_run):
            self._due = self.evaluation.slices(self._decay)

    @property
    def _ends_run(self) -> bool:
        return self._batches.epochs >= self._training.epochs

    def _diverge(self, ws: Workspace) -> None:
        self.recorder.forget_newest()
        self.divergence = divergence.find(self.network, ws, self.step_count, self._training)


def start(experiment: Experiment, data: DataSet | None = None) -> Trainer:
    """A trainer for the experiment, with its data loaded and in its precision."""
    data = data or experiment.training.data.load()
    dtype = dtype_for(experiment.architecture, experiment.training.precision)
    return Trainer(experiment, prepare(data, dtype))


def _check_fit(experiment: Experiment, examples: ExampleSet) -> None:
    sizes = experiment.architecture.sizes
    features, classes = examples.train.x.shape[1], examples.train.y.shape[1]
    if (sizes[0], sizes[-1]) != (features, classes):
        raise InputError(
            f"the data set {experiment.training.data.label} has {features} features and"
            f" {classes} classes, the network {sizes[0]} inputs and {sizes[-1]} outputs"
        )
