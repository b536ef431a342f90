"""A small typesetter for formulas whose symbols are live: coloured, found by the pointer."""
