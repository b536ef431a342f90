"""A short experiment file to change one thing in."""


def minimal(**keys: str) -> str:
    """A small file; a keyword adds lines to a table: ``training="eta = 1.0"``."""
    parts = {"head": "", "architecture": "", "layer": "", "training": "", "data": "", "rule": ""}
    parts |= keys
    return f"""format = "nablascope experiment"
version = 1
{parts["head"]}
[architecture]
inputs = 2
{parts["architecture"]}
[[architecture.layer]]
neurons = 3
[[architecture.layer]]
neurons = 2
{parts["layer"]}
[training]
{parts["training"]}
[training.data]
source = "xor"
{parts["data"]}
[training.optimizer]
rule = "momentum"
{parts["rule"]}
"""
