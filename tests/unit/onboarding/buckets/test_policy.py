"""Statements of ours come into a policy and go again; those of others stay."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onboarding.buckets.policy import canonical, fingerprint, is_as_put, merged, statements_of

OWN = ("OursA", "OursB", "OursC")
ARN = "arn:aws:s3:::b"


def statement(sid: str, *actions: str, principal: Any = "*") -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": list(actions) or ["s3:GetObject"],
        "Resource": f"{ARN}/*",
    }


ACTIONS = st.lists(
    st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:ListBucket"]), min_size=1, unique=True
)
OTHERS = st.builds(lambda sid, actions: statement(sid, *actions), st.sampled_from(["X", "Y", ""]), ACTIONS)
WANTED = st.lists(
    st.builds(lambda sid, actions: statement(sid, *actions), st.sampled_from(OWN), ACTIONS),
    unique_by=lambda ours: ours["Sid"],
)
DOCUMENTS = st.one_of(
    st.none(),
    st.builds(
        lambda version, statements: {"Version": version, "Id": "of others", "Statement": statements},
        st.sampled_from(["2008-10-17", "2012-10-17"]),
        st.lists(OTHERS, min_size=1),
    ),
)


def prints(wanted: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {ours["Sid"]: [fingerprint(ours)] for ours in wanted}


@given(DOCUMENTS, WANTED)
def test_what_is_put_in_and_taken_out_again_leaves_what_was_there(document: Any, wanted: Any) -> None:
    before = copy.deepcopy(document)

    put = merged(document, wanted, OWN, {})
    taken = merged(put.document, [], OWN, prints(wanted))

    assert document == before
    assert taken.document == before
    assert not taken.left


@given(DOCUMENTS, WANTED, WANTED)
def test_others_stay_whatever_is_wanted_first_and_then(document: Any, first: Any, second: Any) -> None:
    put = merged(merged(document, first, OWN, {}).document, second, OWN, prints(first))

    found = statements_of(put.document)
    assert [other for other in found if other["Sid"] not in OWN] == statements_of(document)
    assert {ours["Sid"]: canonical(ours) for ours in found if ours["Sid"] in OWN} == {
        ours["Sid"]: canonical(ours) for ours in second
    }
    assert {key: value for key, value in (document or {}).items() if key != "Statement"}.items() <= (
        put.document or document or {}
    ).items()
    assert not merged(put.document, second, OWN, prints(second)).differs


@given(DOCUMENTS, WANTED, WANTED)
def test_runs_of_other_names_do_not_disturb_each_other(document: Any, mine: Any, theirs: Any) -> None:
    theirs = [ours | {"Sid": "Team" + ours["Sid"]} for ours in theirs]
    their_sids = [f"Team{sid}" for sid in OWN]

    both = merged(merged(document, mine, OWN, {}).document, theirs, their_sids, {}).document
    alone = merged(both, [], OWN, prints(mine)).document

    assert alone == merged(document, theirs, their_sids, {}).document


def test_a_single_statement_in_no_list_stays() -> None:
    single = {"Version": "2012-10-17", "Statement": statement("X")}

    put = merged(single, [statement("OursA")], OWN, {})

    assert put.document
    assert put.document["Statement"] == [statement("X"), statement("OursA")]
    assert merged(single, [], OWN, {}).document == single | {"Statement": [statement("X")]}


@pytest.mark.parametrize(
    "same",
    [
        {"Action": "s3:GetObject"},
        {"Resource": [f"{ARN}/*"]},
        {"Principal": {"AWS": ["222222222222", "arn:aws:iam::111111111111:root"]}},
    ],
)
def test_forms_that_mean_the_same_are_the_same(same: dict[str, Any]) -> None:
    principal = {"AWS": ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"]}
    ours = statement("OursA", principal=principal)

    assert not merged({"Statement": [ours | same]}, [ours], OWN, {}).differs
    assert fingerprint(ours | same) == fingerprint(ours)


@pytest.mark.parametrize(
    "other", [{"Effect": "Deny"}, {"Action": "s3:*"}, {"Principal": {"AWS": "*"}}, {"Condition": {}}]
)
def test_a_statement_with_our_sid_that_is_another_is_left_where_it_is_not_wanted(
    other: dict[str, Any],
) -> None:
    ours = statement("OursA")
    document = {"Statement": [ours | other]}

    taken = merged(document, [], OWN, prints([ours]))

    assert (taken.document, taken.left, taken.differs) == (document, ["OursA"], False)


def test_of_a_statement_whose_role_was_deleted_the_rest_has_to_be_as_put() -> None:
    ours = statement("OursA", principal={"AWS": "arn:aws:iam::111111111111:role/hub"})
    gone = ours | {"Principal": {"AWS": "AROAIOSFODNN7EXAMPLE"}}

    assert is_as_put(gone, fingerprint(ours))
    assert not is_as_put(gone | {"Action": "s3:*"}, fingerprint(ours))
    assert not is_as_put(ours | {"Principal": {"AWS": "111111111111"}}, fingerprint(ours))


def test_a_statement_without_a_sid_is_of_others() -> None:
    document = {"Statement": [{key: value for key, value in statement("X").items() if key != "Sid"}]}

    assert json.dumps(merged(document, [], OWN, {}).document) == json.dumps(document)
