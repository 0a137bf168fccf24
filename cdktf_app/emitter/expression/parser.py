"""Parses HCL expressions and templates.

It is written by hand because python-hcl2's grammar, made for whole files, rejects strings that Terraform takes
(`"$${"`, `"%%{"`), does not decode escapes, and needs seven times as long. The tests read what is emitted
with it all the same.
"""

from __future__ import annotations

from cdktf_app.emitter.expression.nodes import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Entry,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Literal,
    Name,
    Object,
    Parentheses,
    Splat,
    Template,
    Tuple,
    Unary,
    unwrapped,
)
from cdktf_app.emitter.expression.scanner import DIGITS, IDENTIFIER, NUMBER, Scanner
from cdktf_app.emitter.expression.template import bare, quoted, token

_BINARY_OPERATORS = (("||",), ("&&",), ("==", "!="), ("<=", ">=", "<", ">"), ("+", "-"), ("*", "/", "%"))
"""From the loosest to the tightest; those of one level bind from left to right."""

_LITERALS = frozenset({"true", "false", "null"})


def parse_expression(text: str) -> Expression:
    """Parse a whole text as one expression.

    Raises:
        EmitError: It is none; the message shows the place.
    """
    scanner = Scanner(text)
    parsed = expression(scanner)
    scanner.skip_space()
    if scanner.position != len(text):
        raise scanner.error("expected the end")
    return parsed


def parse_template(text: str) -> Expression:
    """Parse a string of the JSON syntax: everything outside of `${…}` stands for itself.

    A string that is one `${…}` and nothing else is what is inside.

    Raises:
        EmitError: An expression in it cannot be parsed.
    """
    return unwrapped(bare(text, expression))


def expression(scanner: Scanner) -> Expression:
    """Parse the expression at the cursor."""
    condition = _binary(scanner, 0)
    if not scanner.take("?"):
        return condition
    yes = expression(scanner)
    scanner.expect(":")
    return Conditional(condition, yes, expression(scanner))


def _binary(scanner: Scanner, level: int) -> Expression:
    if level == len(_BINARY_OPERATORS):
        return _unary(scanner)
    left = _binary(scanner, level + 1)
    while operator := scanner.take(*_BINARY_OPERATORS[level]):
        left = Binary(left, operator, _binary(scanner, level + 1))
    return left


def _unary(scanner: Scanner) -> Expression:
    if scanner.peek("!=", "=>"):
        raise scanner.error("expected a value")
    if operator := scanner.take("-", "!"):
        return Unary(operator, _unary(scanner))
    return _with_steps(scanner, _term(scanner))


def _with_steps(scanner: Scanner, base: Expression) -> Expression:
    while True:
        if scanner.peek("..."):
            return base
        if operator := scanner.take(".*", "[*]"):
            base = Splat(base, operator)
        elif scanner.take("."):
            base = Attribute(base, scanner.match(DIGITS) or scanner.identifier())
        elif scanner.take("["):
            with scanner.newlines(separate=False):
                base = Index(base, expression(scanner))
                scanner.expect("]")
        else:
            return base


def _term(scanner: Scanner) -> Expression:
    if scanner.take("("):
        with scanner.newlines(separate=False):
            inner = expression(scanner)
            scanner.expect(")")
        return Parentheses(inner)
    if scanner.take("["):
        with scanner.newlines(separate=False):
            return _brackets(scanner)
    if scanner.take("{"):
        return _braces(scanner)
    if scanner.take('"'):
        return unwrapped(quoted(scanner, expression))
    if scanner.take("${"):
        return _resolved(scanner)
    if scanner.peek("<<"):
        raise scanner.error("heredocs are not supported here (use a quoted string with \\n)")
    if number := scanner.match(NUMBER):
        return Literal(number)
    name = scanner.match(IDENTIFIER)
    if not name:
        raise scanner.error("expected a value")
    return _named(scanner, name)


def _resolved(scanner: Scanner) -> Expression:
    """Parse `${…}` outside of a string.

    It is no HCL, but what CDKTF leaves of a token in a longer expression: the token, or what it stands for.
    """
    if found := token(scanner):
        return found
    with scanner.newlines(separate=False):
        inner = expression(scanner)
        scanner.expect("}")
    simple = isinstance(inner, Name | Attribute | Index | Splat | Call | Literal | Template | Parentheses)
    return inner if simple else Parentheses(inner)


def _named(scanner: Scanner, name: str) -> Expression:
    while scanner.take("::"):
        name += f"::{scanner.identifier()}"
    if scanner.take("("):
        with scanner.newlines(separate=False):
            return _arguments(scanner, name)
    if name in _LITERALS:
        return Literal(name)
    return Name(name)


def _arguments(scanner: Scanner, name: str) -> Call:
    arguments: list[Expression] = []
    while not scanner.take(")"):
        arguments.append(expression(scanner))
        if scanner.take("..."):
            scanner.expect(")")
            return Call(name, tuple(arguments), expand=True)
        if not scanner.take(","):
            scanner.expect(")")
            break
    return Call(name, tuple(arguments))


def _brackets(scanner: Scanner) -> Tuple | ForTuple:
    if scanner.keyword("for"):
        names, collection = _for_intro(scanner)
        value = expression(scanner)
        condition = expression(scanner) if scanner.keyword("if") else None
        scanner.expect("]")
        return ForTuple(names, collection, value, condition)
    items: list[Expression] = []
    while not scanner.take("]"):
        items.append(expression(scanner))
        if not scanner.take(","):
            scanner.expect("]")
            break
    return Tuple(tuple(items))


def _braces(scanner: Scanner) -> Object | ForObject:
    with scanner.newlines(separate=False):
        if scanner.keyword("for"):
            names, collection = _for_intro(scanner)
            key = expression(scanner)
            scanner.expect("=>")
            value = expression(scanner)
            group = bool(scanner.take("..."))
            condition = expression(scanner) if scanner.keyword("if") else None
            scanner.expect("}")
            return ForObject(names, collection, key, value, group, condition)
    with scanner.newlines(separate=True):
        return _object(scanner)


def _for_intro(scanner: Scanner) -> tuple[tuple[str, ...], Expression]:
    names = [scanner.identifier()]
    if scanner.take(","):
        names.append(scanner.identifier())
    if not scanner.keyword("in"):
        raise scanner.error("expected 'in'")
    collection = expression(scanner)
    scanner.expect(":")
    return tuple(names), collection


def _object(scanner: Scanner) -> Object:
    entries: list[Entry] = []
    while True:
        while scanner.take("\n"):
            pass
        if scanner.take("}"):
            return Object(tuple(entries))
        key = _key(scanner)
        if not scanner.take("=", ":"):
            raise scanner.error("expected '='")
        entries.append(Entry(key, expression(scanner)))
        if not (scanner.take(",", "\n") or scanner.peek("}")):
            raise scanner.error("expected ',' or a new line")


def _key(scanner: Scanner) -> str | Expression:
    in_quotes = scanner.peek('"')
    match expression(scanner):
        case Template() as template:
            constant = template.constant
            return template if constant is None else constant
        case Name(name=name) if not in_quotes:
            return name
        case Literal(text=text) as literal if not in_quotes:
            return text if text in _LITERALS else literal
        case Parentheses() as computed:
            return computed
        case computed if in_quotes:
            # It was `"${computed}"`.
            return Parentheses(computed)
        case _:
            raise scanner.error("expected a key: a name, a string, or an expression in parentheses")
