"""Forward and backward pass, layer by layer."""
