"""What mouse and keys do to the picture of a network."""
