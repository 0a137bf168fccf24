"""Makes valid Unicode of the texts of a JSON document."""


def valid_unicode(text: str) -> str:
    r"""Return a text with each half of a surrogate pair that stands alone replaced by `?`.

    JSON can state such a half (`"\ud800"`), and UTF-8 cannot (RFC 8259, section 8.2): sending it would fail.
    """
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode("utf-8")
