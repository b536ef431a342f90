"""What the picture of a network is painted from."""
