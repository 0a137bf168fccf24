"""Follows the imports of a package without running it.

So a package for another Python or processor can be checked on any machine: what its modules import must be in the
package, in Python's standard library of that version, or offered by Lambda.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

# Modules that Python 3.12 and 3.13 no longer have (https://docs.python.org/3/whatsnew/3.12.html#removed and
# https://docs.python.org/3/whatsnew/3.13.html#removed-modules-and-apis); older interpreters, which run these tests
# too, list them in `sys.stdlib_module_names`.
# fmt: off
REMOVED = {
    "aifc", "asynchat", "asyncore", "audioop", "cgi", "cgitb", "chunk", "crypt", "distutils", "imghdr", "imp",
    "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes", "smtpd", "sndhdr", "spwd", "sunau",
    "telnetlib", "uu", "xdrlib",
}
# fmt: on
STANDARD_LIBRARY = sys.stdlib_module_names - REMOVED
_NATIVE_SUFFIXES = (".so", ".pyd")
_OPTIONAL = {"ImportError", "ModuleNotFoundError", "Exception", "AttributeError"}


@dataclass(frozen=True, slots=True)
class Import:
    """`import module` where `name` is None, else `from module import name`. `by` is the importing module."""

    by: str
    module: str
    name: str | None

    def __str__(self) -> str:
        what = f"{self.module}.{self.name}" if self.name else self.module
        return f"{self.by} imports {what}"


def unresolved(members: Mapping[str, bytes], start: str, offered: Collection[str]) -> set[str]:
    """Follow the imports from the module `start`.

    Args:
        members: Content of the package's files, by path.
        start: Name of a module in the package. It and all that it leads to are looked at.
        offered: Top-level names that come from elsewhere; nothing below them is looked at.

    Returns:
        Imports that nothing answers to, such as "a imports b.c".
    """
    modules = _modules(members)
    missing: set[str] = set()
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module in reached:
            continue
        reached.add(module)
        source = modules[module]
        if source is None:
            continue
        is_package = f"{module.replace('.', '/')}/__init__.py" in members
        for found in _imports(ast.parse(source), module, is_package):
            if (
                found.module.partition(".")[0] in STANDARD_LIBRARY
                or found.module.partition(".")[0] in offered
            ):
                continue
            if found.module not in modules or not _has(modules, found):
                missing.add(str(found))
                continue
            waiting += [name for name in _with_parents(found) if name in modules]
    return missing


def _modules(members: Mapping[str, bytes]) -> dict[str, bytes | None]:
    """Return sources by module; None for native modules, and nothing for folders without `__init__.py`."""
    modules: dict[str, bytes | None] = {}
    for path, content in members.items():
        *folders, file = path.split("/")
        for depth in range(1, len(folders) + 1):
            modules.setdefault(".".join(folders[:depth]), b"")
        if file == "__init__.py":
            modules[".".join(folders)] = content
        elif file.endswith(".py"):
            modules[".".join([*folders, file.removesuffix(".py")])] = content
        elif file.endswith(_NATIVE_SUFFIXES):
            modules[".".join([*folders, file.partition(".")[0]])] = None
    return modules


def _has(modules: Mapping[str, bytes | None], found: Import) -> bool:
    """Whether a module that is there has the name that is asked of it, as far as its source tells."""
    if found.name is None or found.name == "*" or f"{found.module}.{found.name}" in modules:
        return True
    source = modules[found.module]
    # What cannot be seen: names of native code, and those made at run time, as protobuf's generated code does.
    if source is None or found.module.endswith("_pb2"):
        return True
    names = set(_bound(ast.parse(source)))
    return found.name in names or bool(names & {"*", "__getattr__"})


def _with_parents(found: Import) -> Iterator[str]:
    parts = found.module.split(".")
    for depth in range(1, len(parts) + 1):
        yield ".".join(parts[:depth])
    if found.name:
        yield f"{found.module}.{found.name}"


def _bound(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)


def _imports(tree: ast.AST, module: str, is_package: bool) -> Iterator[Import]:
    """Yield the imports of a module, in functions too, but for those that it can do without."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Import(names=aliases):
                yield from (Import(module, alias.name, None) for alias in aliases)
            case ast.ImportFrom():
                base = _base(node, module, is_package)
                yield from (Import(module, base, alias.name) for alias in node.names)
            case ast.If() if "TYPE_CHECKING" in ast.unparse(node.test):
                waiting += node.orelse
            case ast.Try() if any(map(_catches_import_errors, node.handlers)):
                waiting += [*node.handlers, *node.orelse, *node.finalbody]
            case _:
                waiting += ast.iter_child_nodes(node)


def _base(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    up = node.level - 1 if is_package else node.level
    return ".".join([*parts[: len(parts) - up], *([node.module] if node.module else [])])


def _catches_import_errors(handler: ast.ExceptHandler) -> bool:
    caught = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
        if handler.type
        else _OPTIONAL
    )
    return bool(caught & _OPTIONAL)
