"""Live plots of what the engine measures."""
