"""The one exception that is meant for the user."""


class InputError(ValueError):
    """Bad input; ``str(error)`` is one sentence that names what is wrong, and where."""
