"""The engine's words for what went wrong, as a sentence that stands by itself."""


def as_sentence(text: str) -> str:
    """With a capital; the name of a file and a symbol such as η stay what they are."""
    first = text.split(" ", 1)[0].rstrip(".,:;")
    is_word = first.isascii() and first.isalpha()
    return text[:1].upper() + text[1:] if is_word else text
