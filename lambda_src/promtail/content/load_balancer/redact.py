"""Takes the client's address, or query strings, out of lines."""

import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache
from itertools import chain

from .fields import Layout
from .pattern import ADDRESS, field_pattern

CLIENT_IP = "client_ip"
QUERY_STRING = "query_string"

_URLS = ("request", "redirect_url", "transformed_uri")
_REDACTED_QUERY = b"?REDACTED"
_CLIENT = re.compile(rf"\[?({ADDRESS})\]?".encode())
_CLIENT_AND_PORT = re.compile(rf"\[?({ADDRESS})\]?:[0-9]{{1,5}}".encode())
_IPV4 = re.compile(rb"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}")
_LIKE_IPV6 = re.compile(rb"[0-9a-fA-F:.]++")
_LONGEST_ADDRESS = 45
_PROTOCOL = re.compile(rb" (?:[A-Z]++/[0-9.]++|- ?)\Z")
# Addresses repeat; a bound, because their number is the clients' choice.
_ADDRESSES_KEPT = 4096


class Redactor:
    """Redacts the lines of one kind of log.

    Of the client's address, the last octet of IPv4 and all but the first 48 bits of IPv6 are set to zero. In the
    request's URL, redirect_url and transformed_uri, all from the question mark on becomes `?REDACTED`.

    A line that breaks off, or is not formed like the kind's lines, does not say where these are. It is
    redacted with more than needed: every address in it, and all that follows its first question mark.
    """

    def __init__(self, layout: Layout, what: Collection[str]) -> None:
        """Prepare for lines.

        Args:
            layout: The kind's lines.
            what: CLIENT_IP, QUERY_STRING or both.
        """
        titles = frozenset(field.title for field in layout.fields)
        self._client = layout.client is not None and CLIENT_IP in what
        urls = titles.intersection(_URLS) if QUERY_STRING in what else frozenset()
        self._query = bool(urls)
        has_port = layout.client is not None and layout.client.endswith(":port")
        self._read_client = (_CLIENT_AND_PORT if has_port else _CLIENT).fullmatch
        self._find_client = field_pattern(layout, frozenset({layout.client})).match if layout.client else None
        self._find_urls = field_pattern(layout, urls).match if urls else None

    @property
    def does_nothing(self) -> bool:
        """Whether the kind's lines hold nothing of what is to be redacted."""
        return not self._client and not self._query

    def redact(self, text: bytes) -> bytes:
        """Return a line without what is to be redacted."""
        redacted = self._without_query(text) if self._query and b"?" in text else text
        if redacted is not None and self._client:
            redacted = self._without_client(redacted)
        return self._cautiously(text) if redacted is None else redacted

    def _without_client(self, text: bytes) -> bytes | None:
        found = self._find_client(text) if self._find_client else None
        if found is None:
            return None
        if found[1] == b"-":
            return text
        client = self._read_client(text, found.start(1), found.end(1))
        if client is None:
            return None
        return text[: client.start(1)] + _mask(client[1]) + text[client.end(1) :]

    def _without_query(self, text: bytes) -> bytes | None:
        found = self._find_urls(text) if self._find_urls else None
        if found is None:
            return None
        parts = []
        position = 0
        for group in range(1, found.re.groups + 1):
            start, end = found.span(group)
            query = text.find(b"?", start, end) if start >= 0 else -1
            if query < 0:
                continue
            if group == 1:  # The request, whose protocol stays.
                end = protocol.start() if (protocol := _PROTOCOL.search(text, query, end)) else end
            parts += [text[position:query], _REDACTED_QUERY]
            position = end
        return b"".join(chain(parts, [text[position:]]))

    def _cautiously(self, text: bytes) -> bytes:
        if self._query and (query := text.find(b"?")) >= 0:
            text = text[:query] + _REDACTED_QUERY
        if self._client:
            text = _IPV4.sub(lambda found: _mask(found[0]), text)
            text = _LIKE_IPV6.sub(_mask_like_ipv6, text)
        return text


def _mask_like_ipv6(found: re.Match[bytes]) -> bytes:
    text = found[0]
    if b"::" not in text and text.count(b":") < 3:  # A time of day has two colons.
        return text
    return _mask(text) if len(text) <= _LONGEST_ADDRESS else b"-"


@lru_cache(_ADDRESSES_KEPT)
def _mask(address: bytes) -> bytes:
    """Return an address with its last part set to zero, or `-` for what is no address."""
    if _IPV4.fullmatch(address):
        return address[: address.rindex(b".")] + b".0"
    try:
        bits = int(ipaddress.IPv6Address(address.decode()))
    except ValueError:
        return b"-"
    return str(ipaddress.IPv6Address(bits >> 80 << 80)).encode()
