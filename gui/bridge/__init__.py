"""The only boundary between the window's thread and the training thread."""
