"""The hash chain: sealed beside the posting, and whoever rewrites a voucher breaks it."""

import psycopg
import pytest

from tests.support.finance import a_voucher, take_back
from tests.support.world import a_company, act, look
from webapp.finance import checks, jobs
from webapp.finance.chain import head_file, heads_written
from webapp.finance.jobs import seal_company
from webapp.finance.verbs import seal_vouchers
from webapp.kernel.postgres import for_libpq

pytestmark = pytest.mark.ledger


@pytest.fixture
def owner(session, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "var_dir", lambda: tmp_path)
    owner = a_company(session)
    for _ in range(3):
        a_voucher(owner)
    return owner


def seal(owner, folder):
    return seal_company(owner.session, owner.company.slug, folder)


def broken(owner):
    return look(owner, checks.chain_is_whole)


def test_what_is_posted_is_sealed_once(owner, tmp_path):
    assert look(owner, checks.unsealed_tail).startswith("3 not sealed")
    assert seal(owner, tmp_path) == 1
    assert seal(owner, tmp_path) == 0
    assert look(owner, checks.unsealed_tail) == "all sealed"
    take_back(owner, a_voucher(owner))
    assert seal(owner, tmp_path) == 1
    assert broken(owner) == []


def test_the_head_is_also_written_outside_the_database(owner, tmp_path):
    seal(owner, tmp_path)
    a_voucher(owner)
    seal(owner, tmp_path)
    assert set(heads_written(head_file(tmp_path, owner))) == {1, 2}
    path = head_file(tmp_path, owner)
    path.write_text(path.read_text().replace(heads_written(path)[2], "00" * 32))
    assert broken(owner) == ["link 2 reads otherwise in the file of heads"]


def test_links_that_went_missing_are_seen(owner, tmp_path):
    seal(owner, tmp_path)
    with head_file(tmp_path, owner).open("a") as file:
        file.write(f"2026-01-01T00:00:00Z 2 {'00' * 32}\n")
    assert broken(owner) == ["the file of heads knows 2 links, the database 1"]


def test_a_rewritten_voucher_breaks_its_link(owner, tmp_path, database):
    """Even the database's owner, with the triggers off, cannot do it unseen."""
    seal(owner, tmp_path)
    doubled = "UPDATE voucher_line SET debit = debit * 2, credit = credit * 2 WHERE company_id = %s AND number = 2"
    with psycopg.connect(for_libpq(database)) as connection:
        connection.execute("ALTER TABLE voucher_line DISABLE TRIGGER USER")
        connection.execute(doubled, [owner.company_id])
        connection.execute("ALTER TABLE voucher_line ENABLE TRIGGER USER")
        connection.commit()
    assert broken(owner) == ["link 1 is not the hash of its 3 vouchers"]


def test_a_link_that_was_not_committed_leaves_no_head(owner, tmp_path):
    act(owner, seal_vouchers)
    assert heads_written(head_file(tmp_path, owner)) == {}
    assert broken(owner) == []


def test_the_job_seals_every_company_and_one_that_fails_holds_up_no_other(session, owner, tmp_path, monkeypatch):
    other = a_company(session)
    a_voucher(other)
    monkeypatch.setattr(jobs, "var_dir", lambda: tmp_path)
    head_file(tmp_path, owner).parent.mkdir()
    head_file(tmp_path, owner).mkdir()  # so that the first one's head cannot be written
    jobs.seal()
    assert look(other, checks.unsealed_tail) == "all sealed"
    assert set(heads_written(head_file(tmp_path, other))) == {1}
