"""What is printed means what was given: Terraform evaluates both, many random values in one run."""

from __future__ import annotations

from typing import Any

import hcl2
from hcl2 import SerializationOptions
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cdktf_app.emitter.block import Argument, Arguments, Block, print_block
from cdktf_app.emitter.expression.layout import assign, layout
from cdktf_app.emitter.expression.nodes import Expression, Template
from cdktf_app.emitter.expression.parser import parse_expression
from cdktf_app.emitter.value import expression_of, literal_of
from tests.unit.emitter.conftest import Judge

# Deterministic, and without a clock: Terraform's start is the time of an example.
unjudged = settings(max_examples=100, deadline=None, derandomize=True, database=None)
# Shrinking would start Terraform hundreds of times; a failing batch shows its difference anyway.
judged = settings(unjudged, max_examples=5, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))


def batch(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Values enough to be worth a start of Terraform."""
    return st.lists(values, min_size=25, max_size=60)


def joined(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=8).map("".join)


def template(pieces: list[str]) -> str:
    """Join pieces of a template, but for a `$` that would turn the `${` behind it into an escape."""
    text = ""
    for piece in pieces:
        escapes = piece.startswith("${") and text.endswith("$")
        text += f" {piece}" if escapes else piece
    return text


# Characters that HCL composes (NFC) would come back changed, from Terraform itself.
AWKWARD = (
    *("$", "${", "$${", "%", "%{", "%%{", "{", "}", "\\", '"', "\n", "\n\n", " ", "  ", "\t", "\r", "~", "#"),
    *("//", "EOT", "<<-EOT", "é", "日本", "🚀", "\u2028", "\u0007", "\ufeff", "\u00a0"),
    *("a", "037604701340", "1", "true", "null", "for"),
)
TEMPLATE_PIECES = (
    *(
        "$",
        "$$",
        "$${",
        "$$${",
        "%",
        "%%{",
        "%%%{",
        "}",
        "\\",
        "\\n",
        '"',
        "\n",
        "  ",
        "\t",
        "text",
        "é",
        "EOT",
    ),
    *("${1 + 2}", '${"a"}', '${"\\"${"b"}\\\\\\n"}', '${upper("x")}', "${1}${2}", '${"$${x}"}', '${"%%{x}"}'),
    *('${"\\u0024"}', '${"first\\n  ${1}\\nsecond $\\n"}', "#", "~"),
    *('${jsonencode({a = "b", "c" = [1, {}]})}', '${join(",", [for k in ["p", "q"] : "${k}-$"])}'),
)
templates = st.lists(st.sampled_from(TEMPLATE_PIECES), max_size=7).map(template)
NUMBERS = st.integers(-(2**60), 2**60) | st.floats(-1e6, 1e6).map(lambda number: round(number, 3))


def values(strings: st.SearchStrategy[str], keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        st.none() | st.booleans() | NUMBERS | strings,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of others, without parentheses where precedence decides."""
    operators = ("||", "&&", "==", "!=", "<", ">=", "+", "-", "*", "/", "%")
    forms = (
        *("({a})", "-{a}", "!{a}", "{a} ? {b} : {c}", "[{a},{b}]", "[{a}][0]", "{{x={a}}}.x", "[{a},{b}][*]"),
        *(
            "{{x : {a}\n y={b},\n}}",
            '{{ "k" = {a}, (1 == 1 ? "for" : "")= {b} /* why */ }}',
            "[{{a={a}}}].*.a",
        ),
        *("[ for k, v in [{a}] : {b} if {c} ]", "[for v in [{a}] : {{p = v, q = {b}}}]", "try({a},\n{b})"),
        *("{{for k, v in [{a}, {b}]: (k) => v}}", '{{for v in [1, 2] : "k" => {a}... }}', "jsonencode({a})"),
        *('"${{{a}}}"', '"a${{{a}}}$"', '"%%{{a}}${{{b}}}"', "try([{a}, {b}]...)"),
        *(f"{{a}} {operator} {{b}}" for operator in operators),
    )
    return st.builds(
        lambda form, a, b, c: form.format(a=a, b=b, c=c), st.sampled_from(forms), inner, inner, inner
    )


expressions = st.recursive(
    st.sampled_from(("1", "2.5", "true", "false", "null", '"a"', '"1"', '"$${"', "[]", "{}")),
    combined,
    max_leaves=8,
)


@judged
@given(batch(values(joined(*AWKWARD), joined(*AWKWARD))))
def test_literals_evaluate_to_themselves(judge: Judge, literals: list[Any]) -> None:
    printed = ["\n".join(layout(literal_of(literal))) for literal in literals]
    assert judge.of_hcl(printed) == literals


@judged
@given(batch(values(templates, joined("a", "-", " ", "$", '"', "${1}", "$${", "for"))))
def test_templates_evaluate_as_in_terraforms_json_syntax(judge: Judge, given_values: list[Any]) -> None:
    printed = ["\n".join(layout(expression_of(value))) for value in given_values]
    assert judge.of_hcl(printed) == judge.of_json(given_values)


@judged
@given(batch(expressions))
def test_expressions_evaluate_as_before(judge: Judge, texts: list[str]) -> None:
    # Most random expressions fail (`!"a"`): failing is a result that has to stay too.
    tried = [f'try(jsonencode({text}), "fails")' for text in texts]
    printed = ["\n".join(layout(parse_expression(text))) for text in tried]
    assert judge.of_hcl(printed) == judge.of_hcl(tried, canonical=False)


LINES = (
    "line",
    "  indented",
    "    more",
    "",
    " ",
    "\ttab",
    "EOT",
    "  EOT",
    "é",
    "\u0301",
    "$",
    "${",
    "%%{",
    '"',
    "\\n",
    "\r",
)
texts_of_lines = st.lists(st.sampled_from(LINES), max_size=4).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@judged
@given(batch(texts_of_lines))
def test_strings_of_several_lines_evaluate_to_themselves(judge: Judge, texts: list[str]) -> None:
    assert judge.of_hcl([as_argument(Template((text,) if text else ())) for text in texts]) == texts


def test_a_heredoc_is_only_used_where_it_can_hold_the_string(judge: Judge) -> None:
    texts = [
        r'"first\n\u0024${1}\n"',
        r'"  ${1}\n  indented\n"',
        r'"first\n${1}\n"',
    ]
    printed = [as_argument(parse_expression(text)) for text in texts]
    assert [text.startswith("<<-EOT") for text in printed] == [False, False, True]
    assert judge.of_hcl(printed) == judge.of_hcl(texts, canonical=False)


def as_argument(value: Expression) -> str:
    """Print an expression as the value of an argument, where it may be a heredoc."""
    return "\n".join(assign("x", value, 0).lines)


@unjudged
@given(expressions)
def test_printing_what_was_printed_changes_nothing(text: str) -> None:
    printed = "\n".join(layout(parse_expression(text)))
    assert "\n".join(layout(parse_expression(printed))) == printed


def test_arguments_too_long_for_the_line_of_the_last_are_printed_once() -> None:
    lists = [f'[for one in ["{letter * 60}"] : one]' for letter in "abc"]
    printed = layout(parse_expression(f"concat({', '.join(lists)})"))
    assert printed == ["concat(", *(f"  {text}," for text in lists[:-1]), f"  {lists[-1]}", ")"]


# python-hcl2 does not take the escapes `$${` and `%%{` everywhere, so it reads strings without them here.
PLAIN = joined("a", "é", "🚀", " ", "037604701340", "$", "%", "-", "/", "(", "[", "#", "=", "true", "null")


def arguments_as_given(values: dict[str, Any]) -> tuple[Arguments, ...]:
    items = tuple(Argument(name, literal_of(value)) for name, value in values.items())
    return (Arguments(items, long_last=True),) if items else ()


def block_of(content: dict[str, Any]) -> Block:
    """A block of arguments below "arguments", and of nested blocks of the same kind below "nested"."""
    nested = tuple(block_of(inner) for inner in content["nested"])
    return Block("nested", body=(*arguments_as_given(content["arguments"]), *nested))


def content_of(read: dict[str, Any]) -> dict[str, Any]:
    """What python-hcl2 read, in the form of `block_of`'s argument."""
    arguments = {name: value for name, value in read.items() if name not in ("nested", "__is_block__")}
    return {"arguments": arguments, "nested": [content_of(inner) for inner in read.get("nested", [])]}


contents: st.SearchStrategy[list[dict[str, Any]]] = st.recursive(
    st.just([]),
    lambda nested: st.lists(
        st.fixed_dictionaries(
            {
                "arguments": st.dictionaries(
                    st.sampled_from(("name", "bucket", "a_b", "enabled")),
                    PLAIN | st.integers(0, 99) | st.booleans() | st.lists(PLAIN, max_size=3),
                    max_size=3,
                ),
                "nested": nested,
            }
        ),
        max_size=3,
    ),
    max_leaves=8,
)


@unjudged
@given(contents)
def test_nested_blocks_and_arguments_parse_back(given_contents: list[dict[str, Any]]) -> None:
    text = "".join("\n".join(print_block(block_of(content))) + "\n" for content in given_contents)
    read = hcl2.loads(text, serialization_options=SerializationOptions(strip_string_quotes=True))
    assert content_of(read)["nested"] == given_contents
