"""The chain of single neurons: its drawing, its sliders, its plots and its studies."""
