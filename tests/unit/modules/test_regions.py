"""The table of regions and their log-delivery accounts."""

import re

import pytest

from cdktf_app.modules.log_delivery.regions import PARTITIONS, elb_account_ids, regions

WITHOUT_ACCOUNT = {
    *("ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7"),
    *("ca-west-1", "eu-central-2", "eu-isoe-west-1", "eu-south-2", "eusc-de-east-1", "il-central-1"),
    *("me-central-1", "mx-central-1", "us-isob-west-1"),
}


def test_it_holds_every_region_once_in_order() -> None:
    assert len(regions()) == 46
    assert list(regions()) == sorted(regions())
    assert all(name == region.name for name, region in regions().items())


def test_regions_opened_after_august_2022_have_no_account() -> None:
    assert {name for name, region in regions().items() if region.elb_account_id is None} == WITHOUT_ACCOUNT
    assert set(elb_account_ids()) == set(regions()) - WITHOUT_ACCOUNT


def test_accounts_are_strings_of_12_digits_and_differ() -> None:
    accounts = elb_account_ids()

    assert [account for account in accounts.values() if not re.fullmatch("[0-9]{12}", account)] == []
    assert len(set(accounts.values())) == len(accounts)


@pytest.mark.parametrize(
    ("region", "account"),
    [
        ("cn-northwest-1", "037604701340"),
        ("eu-central-1", "054676820928"),
        ("eu-west-3", "009996457667"),
        ("us-gov-west-1", "048591011584"),
    ],
)
def test_leading_zeros_are_kept(region: str, account: str) -> None:
    assert regions()[region].elb_account_id == account


def test_all_partitions_have_a_beginning_of_their_own() -> None:
    assert {*PARTITIONS.values(), "aws"} == {region.partition for region in regions().values()}
    assert len(PARTITIONS) == 7


@pytest.mark.parametrize(("prefix", "partition"), PARTITIONS.items())
def test_a_region_is_in_its_partition(prefix: str, partition: str) -> None:
    named = {name for name in regions() if name.startswith(prefix)}

    assert named
    assert named == {name for name, region in regions().items() if region.partition == partition}
