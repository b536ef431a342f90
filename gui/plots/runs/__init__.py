"""The table of the runs."""
