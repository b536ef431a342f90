"""Readers of the user's files: a path in, a `Table` or one sentence (`InputError`) out."""
