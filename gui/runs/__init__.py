"""The runs of the document that is open: the live one and those before it."""
