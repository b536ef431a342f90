"""How what the layers hold is distributed."""
