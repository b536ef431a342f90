"""What the picture says; no Qt."""
