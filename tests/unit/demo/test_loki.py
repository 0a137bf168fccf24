"""The Loki that the environment names, or a refusal that says what to do."""

from __future__ import annotations

import pytest

from tests.demo.loki import Loki, LokiSettingsError, loki_from_environment

URL = "https://loki.example.com"
SECRET = "s3cret-of-loki"


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"LOKI_URL": ""},
        # What is set for Loki's own command line is not meant for the stand-in.
        {"LOKI_USERNAME": "reader", "LOKI_TENANT_ID": "platform"},
        {"LOKI_PASSWORD": SECRET},
    ],
)
def test_without_a_url_the_stand_in_is_used(environ: dict[str, str]) -> None:
    assert loki_from_environment(environ) is None


@pytest.mark.parametrize(
    ("given", "base"),
    [
        (URL, URL),
        (f"{URL}/", URL),
        (f"{URL}/loki/api/v1/push", URL),
        (f"{URL}/loki/api/v1/push/", URL),
        ("http://127.0.0.1:3100", "http://127.0.0.1:3100"),
        ("http://[::1]:3100/loki/api/v1/push", "http://[::1]:3100"),
        ("https://gateway.example.com/logs/", "https://gateway.example.com/logs"),
        ("https://gateway.example.com/logs/loki/api/v1/push", "https://gateway.example.com/logs"),
    ],
)
def test_the_push_path_is_at_the_end_of_the_base_url_once(given: str, base: str) -> None:
    loki = loki_from_environment({"LOKI_URL": given})

    assert loki == Loki(base)
    assert loki is not None
    assert loki.push_url == f"{base}/loki/api/v1/push"


def test_credentials_and_tenant_go_with_the_url() -> None:
    environ = {
        "LOKI_URL": URL,
        "LOKI_USERNAME": "4711",
        "LOKI_PASSWORD": SECRET,
        "LOKI_TENANT_ID": "team-a",
    }

    assert loki_from_environment(environ) == Loki(URL, "4711", SECRET, "team-a", stand_in=False)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"LOKI_USERNAME": "reader"}, "LOKI_USERNAME=reader is set without LOKI_PASSWORD. Set the password"),
        (
            {"LOKI_PASSWORD": SECRET},
            "LOKI_PASSWORD is set without LOKI_USERNAME. Set the user name",
        ),
        (
            {"LOKI_USERNAME": "a:b", "LOKI_PASSWORD": SECRET},
            "LOKI_USERNAME=a:b holds a colon",
        ),
        ({"LOKI_TENANT_ID": "team a"}, "LOKI_TENANT_ID='team a' is no tenant of Loki"),
        ({"LOKI_TENANT_ID": "team\n"}, r"LOKI_TENANT_ID='team\n' is no tenant of Loki"),
        ({"LOKI_URL": "loki.example.com"}, "LOKI_URL=loki.example.com is no HTTP(S) URL with a host"),
        ({"LOKI_URL": "localhost:3100"}, "LOKI_URL=localhost:3100 is no HTTP(S) URL with a host"),
        ({"LOKI_URL": "ftp://loki"}, "LOKI_URL=ftp://loki is no HTTP(S) URL with a host"),
        ({"LOKI_URL": "http://"}, "LOKI_URL=http:// is no HTTP(S) URL with a host"),
        ({"LOKI_URL": "http:///path"}, "LOKI_URL=http:///path is no HTTP(S) URL with a host"),
        ({"LOKI_URL": "http://loki:65536"}, "LOKI_URL=http://loki:65536 is no URL: Port out of range"),
        ({"LOKI_URL": "http://loki:0"}, "LOKI_URL=http://loki:0 is no HTTP(S) URL"),
        ({"LOKI_URL": "http://[::1"}, "LOKI_URL=http://[::1 is no URL: Invalid IPv6 URL"),
        ({"LOKI_URL": "http://loki example"}, "holds a space or another character"),
        ({"LOKI_URL": f"{URL}?tenant=a"}, "has a query or a fragment. Leave it at the base URL"),
        ({"LOKI_URL": f"{URL}#a"}, "has a query or a fragment. Leave it at the base URL"),
        ({"LOKI_URL": f"{URL}/loki/api/v1"}, "is an address within Loki's API. Leave it at the base URL"),
        ({"LOKI_URL": f"{URL}/loki/api/v1/push/loki/api/v1/push"}, "is an address within Loki's API"),
        (
            {"LOKI_URL": f"https://reader:{SECRET}@loki.example.com"},
            "LOKI_URL holds credentials in front of the host. Take them out, and set LOKI_USERNAME",
        ),
        ({"LOKI_URL": f"loki://reader:{SECRET}@loki"}, "LOKI_URL=loki://…@loki is no HTTP(S) URL"),
        ({"LOKI_URL": f"http://reader:{SECRET}@loki:99999"}, "LOKI_URL=http://…@loki:99999 is no URL"),
        ({"LOKI_URL": f"http://reader:{SECRET}@lo ki"}, "LOKI_URL='http://…@lo ki' holds a space"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_remedy(environ: dict[str, str], said: str) -> None:
    with pytest.raises(LokiSettingsError) as refused:
        loki_from_environment({"LOKI_URL": URL} | environ)

    assert said in str(refused.value)
    assert SECRET not in str(refused.value)
