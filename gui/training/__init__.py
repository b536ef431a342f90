"""Settings and transport of a run."""
