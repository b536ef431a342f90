"""The drawing of the network, and editing it."""
