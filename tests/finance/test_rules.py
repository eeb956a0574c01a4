"""The posting rules are data: whatever they say, they name accounts that exist and can balance."""

from decimal import Decimal

import pytest

from webapp.finance.rules import accounts_of, amounts_of, rules_of

CHART = "cn_small"
CODES = {account.code for account in accounts_of(CHART)}


@pytest.mark.parametrize("taxpayer", ["general", "small", "none"])
def test_rules_post_to_accounts_of_the_chart(taxpayer):
    for event, rules in rules_of(CHART, taxpayer).items():
        for rule in rules:
            assert rule.account in CODES, event
            assert rule.opens in {None, "customer", "supplier"}, event
            assert rule.dims <= {"partner", "product", "warehouse", "person"}, event


def test_what_opens_an_item_posts_to_its_control_account():
    control = {account.code: account.control for account in accounts_of(CHART)}
    for event, rules in rules_of(CHART, "general").items():
        for rule in rules:
            if rule.opens or control[rule.account] in {"customer", "supplier"}:
                assert control[rule.account] == rule.opens, event


@pytest.mark.parametrize("taxpayer", ["general", "small"])
def test_every_event_can_balance(taxpayer):
    """Some whole amounts exist, not all zero, under which debits equal credits."""
    for event, rules in rules_of(CHART, taxpayer).items():
        weights = {name: Decimal(0) for name in amounts_of(CHART, event)}
        for rule in rules:
            weights[rule.amount] += (1 if rule.debit else -1) * (-1 if rule.red else 1)
        assert not any(weights.values()) or (min(weights.values()) < 0 < max(weights.values())), event


def test_the_charts_names_are_in_both_languages():
    assert all(account.name and account.name2 for account in accounts_of(CHART))
    assert len(CODES) == len(accounts_of(CHART))
    assert not CODES & {"1202", "2101", "6001", "4001.01"}
