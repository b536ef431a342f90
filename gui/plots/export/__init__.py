"""Instruments as pictures and numbers for other programs."""
