"""Which load balancers a selection selects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from onboarding.load_balancers.load_balancer import LoadBalancer
from onboarding.selection import missing, select
from onboarding.settings import Place, Selection

PLACE = Place("aws", "eu-west-1", "111111111111")


def load_balancer(name: str, kind: str = "app") -> LoadBalancer:
    return LoadBalancer.of(
        f"arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/{kind}/{name}/0123456789abcdef"
    )


SHOP, BLOG, WIKI, NET = (
    load_balancer("shop"),
    load_balancer("blog-a"),
    load_balancer("wiki"),
    load_balancer("n", "net"),
)
ALL = [SHOP, BLOG, WIKI, NET]
TAGS: dict[str, Mapping[str, str]] = {
    SHOP.arn: {"team": "shop", "stage": "prod"},
    BLOG.arn: {"team": "blog[1]\n2"},
    WIKI.arn: {},
}


def no_tags(_: Sequence[LoadBalancer]) -> Mapping[str, Mapping[str, str]]:
    raise AssertionError("nobody needs tags here")


@pytest.mark.parametrize(
    ("members", "selected"),
    [
        ({"all": True}, ALL),
        ({"arns": (SHOP.arn,)}, [SHOP]),
        ({"names": ("wiki", "n")}, [WIKI, NET]),
        ({"name_patterns": ("blog-*",)}, [BLOG]),
        ({"name_patterns": ("?i*",)}, [WIKI]),
        ({"name_patterns": ("sho",)}, []),
        ({"name_patterns": ("SHOP",)}, []),
        ({"arns": (SHOP.arn,), "names": ("wiki",)}, [SHOP, WIKI]),
    ],
)
def test_any_part_of_it_selects_without_tags(members: dict[str, Any], selected: list[LoadBalancer]) -> None:
    assert select(Selection(**members), ALL, no_tags) == selected


@pytest.mark.parametrize(
    ("tags", "selected"),
    [
        ({"team": ("shop",)}, [SHOP]),
        ({"team": ("shop", "blog*")}, [SHOP, BLOG]),
        ({"team": ("blog[1]?2",)}, [BLOG]),
        ({"team": ("blog1*",)}, []),
        ({"team": ("*",)}, [SHOP, BLOG]),
        ({"team": ("*",), "stage": ("prod",)}, [SHOP]),
        ({"Team": ("shop",)}, []),
    ],
)
def test_tags_select_when_all_of_them_fit(
    tags: dict[str, tuple[str, ...]], selected: list[LoadBalancer]
) -> None:
    assert select(Selection(tags=tags), ALL, lambda _: TAGS) == selected


def test_tags_are_asked_for_where_they_decide() -> None:
    asked: list[LoadBalancer] = []

    def tags(load_balancers: Sequence[LoadBalancer]) -> Mapping[str, Mapping[str, str]]:
        asked.extend(load_balancers)
        return TAGS

    select(Selection(names=("shop",), tags={"team": ("blog*",)}), ALL, tags)

    assert asked == [BLOG, WIKI, NET]


def test_what_is_named_and_missing_is_a_failure_with_its_remedy() -> None:
    elsewhere = SHOP.arn.replace("eu-west-1", "us-east-1")
    gone = SHOP.arn.replace("shop", "gone")
    selection = Selection(arns=(SHOP.arn, gone, elsewhere), names=("shop", "shpo"), name_patterns=("none-*",))

    entries = missing(selection, ALL, PLACE)

    assert all(entry.outcome.is_failure for entry in entries)
    assert [(entry.name, entry.why) for entry in entries] == [
        (
            "shpo",
            "There is no load balancer of this name in account 111111111111, region eu-west-1. Take it out of "
            "selection.names, or mend the name.",
        ),
        ("gone", f"{gone} does not exist. Take it out of selection.arns, or mend it."),
        (
            "shop",
            f"{elsewhere} is in account 111111111111, region us-east-1; this onboarding works in account "
            "111111111111, region eu-west-1. Take it out of selection.arns, and make an onboarding there.",
        ),
    ]
