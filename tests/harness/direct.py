"""HTTP to servers of this machine, which a proxy of the user's does not reach.

Companies set HTTP_PROXY, often without a NO_PROXY for 127.0.0.1. Go leaves the loopback out by itself; Python's
urllib and botocore do not.
"""

import ipaddress
import urllib.parse
import urllib.request

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Opens URLs without any proxy."""


def opener_for(url: str) -> urllib.request.OpenerDirector:
    """`DIRECT` for the loopback; else an opener that heeds HTTP_PROXY, HTTPS_PROXY and NO_PROXY as they are now."""
    return (
        DIRECT if _is_loopback(urllib.parse.urlsplit(url).hostname or "") else urllib.request.build_opener()
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
