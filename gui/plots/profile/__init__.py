"""The layers side by side, now."""
