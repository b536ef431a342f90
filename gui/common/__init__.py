"""Widgets that several regions share."""
