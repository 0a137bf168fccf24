"""HTTP to servers of this machine, which a proxy of the user's does not reach.

Companies set HTTP_PROXY, often without a NO_PROXY for 127.0.0.1. Go leaves the loopback out by itself; Python's
urllib and botocore do not.
"""

import ipaddress
import urllib.parse
import urllib.request


def direct_opener() -> urllib.request.OpenerDirector:
    """Opens URLs without any proxy."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def opener_for(url: str) -> urllib.request.OpenerDirector:
    """Opens URLs directly on the loopback, and else as HTTP_PROXY, HTTPS_PROXY and NO_PROXY are set now."""
    if _is_loopback(urllib.parse.urlsplit(url).hostname or ""):
        return direct_opener()
    return urllib.request.build_opener()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
