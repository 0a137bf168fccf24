"""Functions of Go's `strings` package, where Python's differ from them (https://pkg.go.dev/strings)."""

# Go's unicode.IsSpace. Python's str.strip also takes the separators U+001C to U+001F.
_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def to_upper(text: str) -> str:
    """Return the text in upper case, character by character: `ß` stays one character."""
    if text.isascii():
        return text.upper()
    return "".join(upper if len(upper := character.upper()) == 1 else character for character in text)


def to_lower(text: str) -> str:
    """Return the text in lower case, character by character."""
    if text.isascii():
        return text.lower()
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def trim_space(text: str) -> str:
    """Return the text without white space at both ends."""
    return text.strip(_SPACE)
