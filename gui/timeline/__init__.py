"""The time line under the plots: an earlier moment of the run, chosen or played."""
