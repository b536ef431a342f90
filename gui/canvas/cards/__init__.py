"""What opens over the picture when one looks closer."""
