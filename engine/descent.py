"""What a step does to the parameters: the move is chosen, measured, then made."""

import numpy as np

from engine.arrays import Numbers
from engine.look import LastStep
from engine.network import Network
from engine.parameters import Parameters, frozen
from engine.spec import TrainingSpec


class Descent:
    """The optimizer's state, and the newest move; ``n`` training examples share the decay."""

    def __init__(self, network: Network, n_state: int, n: int) -> None:
        self._parameters, self._gradient, self._n = network.parameters, network.gradient, n
        self._frozen = frozen(network.architecture)
        self.decay = 0.0  # the share of the weights that the last step took apart from the move
        self.move = Parameters(network.architecture, network.dtype)
        self.state = tuple(np.zeros_like(self.move.vector) for _ in range(n_state))

    def continue_as(self, other: "Descent") -> None:
        """Stand where ``other`` stands, of the same network and optimizer."""
        for mine, its in zip(self.vectors, other.vectors, strict=True):
            np.copyto(mine, its)
        self.decay = other.decay

    @property
    def vectors(self) -> tuple[Numbers, ...]:
        """Everything like the parameters that the next step depends on or a look shows."""
        return (self.move.vector, *self.state)

    @property
    def nbytes(self) -> int:
        return self.move.vector.nbytes * (1 + len(self.state))

    @property
    def last_step(self) -> LastStep:
        return LastStep(self._gradient, self.move, self.decay)

    def choose_move(self, training: TrainingSpec, t: int) -> None:
        """Of step ``t``, counted from 1, by the gradient as it is now."""
        gradient = self._gradient.vector
        decays = training.lmbda and not training.optimizer.decoupled
        if decays or self._frozen is not None:
            gradient = gradient.copy()  # what is measured and shown stays free of all this
        if decays:
            weights = self._parameters.weights
            gradient[: len(weights)] += training.lmbda / self._n * weights
        if self._frozen is not None:  # else the optimizer saves up steps for when it is released
            np.copyto(gradient, 0.0, where=self._frozen.vector)
        training.optimizer.move(gradient, self.state, t, training.eta, self.move.vector)
        if self._frozen is not None:
            np.copyto(self.move.vector, 0.0, where=self._frozen.vector)

    def update(self, training: TrainingSpec) -> None:
        parameters = self._parameters
        if training.lmbda and training.optimizer.decoupled:
            self.decay = training.eta * training.lmbda / self._n
            shrink = 1.0 - self.decay
            if self._frozen is None:
                np.multiply(parameters.weights, shrink, parameters.weights)
            else:
                free = ~self._frozen.weights
                np.multiply(parameters.weights, shrink, parameters.weights, where=free)
        else:
            self.decay = 0.0
        np.add(parameters.vector, self.move.vector, parameters.vector)
