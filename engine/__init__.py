"""The laboratory's engine: networks, their training and their gradients, on NumPy alone."""
