"""The bench's company is one that could have come about: every check of `verify` finds nothing in it."""

import psycopg
import pytest
from sqlalchemy.orm import Session

from bench.seeder import People, Size, seed
from bench.seeder.names import firms, goods, gtin13
from tests.support.world import a_company, a_member, look
from webapp.kernel.postgres import for_libpq
from webapp.kernel.register import registers
from webapp.kernel.wall import Actor

SMALL = Size(customers=30, suppliers=4, products=40, moves=600)


def differences(actor: Actor) -> list[str]:
    return [f"{check.name}: {one}" for check in registers.checks for one in check.differences(actor)]


@pytest.mark.ledger
def test_a_seeded_company_passes_verify(session: Session, database: str) -> None:
    owner = a_company(session)
    rep = a_member(owner, "sales")
    with psycopg.connect(for_libpq(database)) as connection:
        seed(connection, owner.company_id, People(owner.user.id, [rep.user.id]), SMALL)
        counted = connection.execute("SELECT count(*) FROM move WHERE company_id = %s", [owner.company_id]).fetchone()
    assert counted == (SMALL.moves,)
    assert look(owner, differences) == []


def test_the_same_seed_gives_the_same_names() -> None:
    assert list(firms("C", 20)) == list(firms("C", 20))
    assert [each.name for each in goods(20)] == [each.name for each in goods(20)]


def test_every_product_has_a_barcode_of_its_own() -> None:
    codes = [each.gtin for each in goods(500)]
    assert len(set(codes)) == 500
    assert gtin13(400638133393) == "4006381333931"
