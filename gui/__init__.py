"""The window: it formats and paints; numbers come from the engine."""
