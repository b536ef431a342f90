"""Curves that follow a run: the speed of learning, cost and accuracy."""
