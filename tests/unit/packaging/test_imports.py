"""The check of imports finds what is missing, and nothing else."""

import textwrap

import pytest

from tests.unit.packaging.imports import unresolved

MEMBERS = {
    "app/__init__.py": "",
    "app/main.py": "",
    "app/parts/__init__.py": "from .one import first\nsecond: int = 2",
    "app/parts/one.py": "def first(): ...",
    "space/native.cpython-313-x86_64-linux-gnu.so": "\x7fELF",
    "space/code_pb2.py": "",
}


def missing(source: str, **more: str) -> set[str]:
    members = {**MEMBERS, **more, "app/main.py": textwrap.dedent(source)}
    return unresolved({path: text.encode() for path, text in members.items()}, "app.main", {"offered"})


@pytest.mark.parametrize(
    "source",
    [
        "import json, os.path",
        "import offered.anything",
        "import app.parts.one as one",
        "from app.parts import first, second, one",
        "from . import parts",
        "from .parts.one import first",
        "from space import native",
        "from space.native import Anything",
        "from space.code_pb2 import Message",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import absent",
        "try:\n    import absent\nexcept ImportError:\n    absent = None",
    ],
)
def test_what_is_there(source: str) -> None:
    assert missing(source) == set()


@pytest.mark.parametrize(
    ("source", "absent"),
    [
        ("import absent", "absent"),
        ("import app.absent", "app.absent"),
        ("from app.parts import absent", "app.parts.absent"),
        ("from .parts import absent", "app.parts.absent"),
        ("from . import absent", "app.absent"),
        ("from .absent import one", "app.absent.one"),
        ("from space import absent", "space.absent"),
        ("def later():\n    import absent", "absent"),
        ("try:\n    import absent\nexcept OSError:\n    pass", "absent"),
        ("try:\n    import json\nexcept ImportError:\n    import absent", "absent"),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass\nelse:\n    import absent", "absent"),
        ("import cgi", "cgi"),
        ("from distutils import log", "distutils.log"),
    ],
)
def test_what_is_not(source: str, absent: str) -> None:
    assert missing(source) == {f"app.main imports {absent}"}


def test_imports_are_followed() -> None:
    found = missing("from .parts import one", **{"app/parts/one.py": "def first(): ...\nimport absent"})
    assert found == {"app.parts.one imports absent"}


def test_packages_on_the_way_are_looked_at() -> None:
    found = missing("import app.parts.one", **{"app/parts/__init__.py": "import absent"})
    assert found == {"app.parts imports absent"}
