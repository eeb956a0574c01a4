"""The charts of accounts and their posting rules: data, in `data/<chart>/*.csv`, read once a process.

`accounts.csv`: code, name (Chinese), name2 (English), kind, side on which it stands, control (what it must equal).
`posting_rules.csv`: event, order, account, side, amount (a name the facts carry; a leading − posts it red, on the
same side), per (sum: one line; fact: a line a fact), dims (what the line keeps), when (taxpayer general or small),
opens (an open item of the customer or supplier).
"""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(slots=True, frozen=True)
class ChartAccount:
    """An account as a new company gets it."""

    code: str
    name: str
    name2: str
    kind: str
    side: str
    control: str | None


@dataclass(slots=True, frozen=True)
class Rule:
    """One line that an event posts."""

    account: str
    debit: bool
    amount: str
    red: bool
    per_fact: bool
    dims: frozenset[str]
    opens: str | None


@functools.cache
def accounts_of(chart: str) -> tuple[ChartAccount, ...]:
    """The chart's accounts, by code."""
    return tuple(
        ChartAccount(row["code"], row["name"], row["name2"], row["kind"], row["side"], row["control"] or None)
        for row in _read(chart, "accounts")
    )


@functools.cache
def rules_of(chart: str, taxpayer: str) -> dict[str, tuple[Rule, ...]]:
    """The posting rules of each event, in order, for a general or small-scale taxpayer."""
    rows = sorted(_read(chart, "posting_rules"), key=lambda row: int(row["order"]))
    events: dict[str, list[Rule]] = {row["event"]: [] for row in rows}
    for row in rows:
        if not row["when"] or row["when"] == taxpayer:
            events[row["event"]].append(_rule(row))
    return {event: tuple(rules) for event, rules in events.items()}


@functools.cache
def amounts_of(chart: str, event: str) -> frozenset[str]:
    """The amounts that the facts of `event` may carry, whichever the taxpayer."""
    return frozenset(row["amount"].lstrip("-") for row in _read(chart, "posting_rules") if row["event"] == event)


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        account=row["account"],
        debit=row["side"] == "debit",
        amount=row["amount"].lstrip("-"),
        red=row["amount"].startswith("-"),
        per_fact=row["per"] == "fact",
        dims=frozenset(row["dims"].split()),
        opens=row["opens"] or None,
    )


@functools.cache
def _read(chart: str, name: str) -> tuple[dict[str, str], ...]:
    with (DATA / chart / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
