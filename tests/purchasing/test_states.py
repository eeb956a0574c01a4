"""A head's state follows from its lines and from what people did."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from webapp.purchasing.states import ORDER, RECEIPT, SHIPMENT, order_state, shipment_state


@dataclass
class Line:
    quantity: int = 40
    accepted: int = 0
    waiting: int = 0
    refused: int = 0
    shipped: int = 0
    received: int = 0


@dataclass
class Notice:
    quantity: int = 40
    received: int = 0
    damaged: int = 0
    missing: int = 0


SENT = {"sent"}
YES, NO = Line(accepted=40), Line(refused=40)


@pytest.mark.parametrize(
    ("taken", "lines", "state"),
    [
        (set(), [Line()], "draft"),
        (SENT, [Line()], "sent"),
        (SENT, [YES, YES], "accepted"),
        (SENT, [YES, NO], "partly_accepted"),
        (SENT, [YES, Line()], "partly_accepted"),
        (SENT, [Line(accepted=25, refused=15)], "partly_accepted"),
        (SENT, [NO, NO], "refused"),
        (SENT, [NO, Line()], "partly_accepted"),
        (SENT, [YES, Line(waiting=40)], "countered"),
        (SENT, [Line(accepted=40, shipped=40), YES], "partly_shipped"),
        (SENT, [Line(accepted=40, shipped=40), NO], "shipped"),
        (SENT, [Line(accepted=40, shipped=20), Line(waiting=40)], "countered"),
        (SENT, [Line(accepted=40, shipped=40, received=39)], "partly_received"),
        (SENT, [Line(accepted=40, received=40), NO], "received"),
        (SENT, [Line(received=41)], "received"),
        (SENT | {"closed"}, [Line(accepted=40, received=39)], "closed"),
        (SENT | {"cancelled"}, [YES], "cancelled"),
        ({"cancelled"}, [Line()], "cancelled"),
    ],
)
def test_an_order(taken: set[str], lines: list[Line], state: str) -> None:
    assert order_state(taken, lines) == state


@pytest.mark.parametrize(
    ("taken", "lines", "state"),
    [
        (set(), [Notice()], "shipped"),
        ({"arrived"}, [Notice()], "arrived"),
        ({"arrived"}, [Notice(received=40), Notice()], "partly_received"),
        (set(), [Notice(received=38, damaged=1, missing=1)], "received"),
        (set(), [Notice(received=41)], "received"),
        ({"withdrawn"}, [Notice()], "withdrawn"),
    ],
)
def test_a_shipment(taken: set[str], lines: list[Notice], state: str) -> None:
    assert shipment_state(taken, lines) == state


def test_every_transition_leads_from_and_to_a_known_state() -> None:
    for states in (ORDER, SHIPMENT, RECEIPT):
        for transition in states.transitions.values():
            assert transition.of | {transition.to} <= set(states.words)


def test_auditors_and_suppliers_do_not_buy() -> None:
    for state in ORDER.words:
        assert not ORDER.allowed(state, "auditor")
        assert {t.verb for t in ORDER.allowed(state, "supplier")} <= {"answer_order", "notify_shipment"}


def test_decimals_count_as_well() -> None:
    line = Line(accepted=Decimal("39.9999"), refused=Decimal("0.0001"))  # type: ignore[arg-type]
    assert order_state(SENT, [line]) == "partly_accepted"
