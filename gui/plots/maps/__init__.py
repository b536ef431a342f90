"""Sizes as colours: layers in time, neurons now."""
