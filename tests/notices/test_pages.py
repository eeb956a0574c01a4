"""Me → Notices and the robots' pages, as a browser uses them."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.notices import Browser, a_company_where_it_is, tell
from tests.support.pages import Pages
from tests.support.partners import a_supplier
from tests.support.services import Mailbox
from tests.support.world import a_member, look
from webapp.kernel.wall import Actor
from webapp.notices import installed, queries


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company_where_it_is(session)


def sent(browser: Browser) -> dict[str, str]:
    return {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}


def test_switching_push_on_and_off(owner: Actor, client: FlaskClient) -> None:
    pages, browser = Pages(client, owner), Browser("https://push.example.com/one")
    text = pages.get("me/notices")
    assert f'data-key="{installed.here().public_key}"' in text
    for part in ("off", "on", "denied", "wechat", "ios", "none"):
        assert f'data-push-state="{part}"' in text
    answer = pages.post("me/notices/browsers", **sent(browser))
    assert browser.endpoint in pages.follow(answer)
    assert [row.endpoint for row in look(owner, queries.subscriptions_of)] == [browser.endpoint]
    pages.post("me/notices/browsers/removal")
    assert not look(owner, queries.subscriptions_of)


def test_another_address_of_the_same_browser(owner: Actor, client: FlaskClient) -> None:
    """A renewal takes the old one's place; where push was never switched on it switches nothing on."""
    pages, old, new = Pages(client, owner), Browser("https://push.example.com/a"), Browser("https://push.example.com/b")
    pages.post("me/notices/browsers", **sent(old), renewal="y")
    assert not look(owner, queries.subscriptions_of)
    pages.post("me/notices/browsers", **sent(old))
    pages.post("me/notices/browsers", **sent(new), renewal="y")
    assert [row.endpoint for row in look(owner, queries.subscriptions_of)] == [new.endpoint]


def test_a_switch_a_kind_and_a_way(owner: Actor, client: FlaskClient, mailbox: Mailbox) -> None:
    pages = Pages(client, owner)
    assert 'name="mail-order-goods"' in pages.get("me/notices")
    said = {"quiet_from": "22:00", "quiet_to": "06:30", "mail": "boss@fenghe.example", "base_version": "0"}
    pages.post("me/notices", **said, **{"push-order-short": "y", "mail-receipt": "y"})
    reader = look(owner, queries.reader_of)
    assert (reader.quiet, f"{reader.quiet_from:%H:%M}", reader.mail) == (False, "22:00", "boss@fenghe.example")
    assert "sales.order.late" in reader.codes("push", "owner")
    assert "sales.order.covered" not in reader.codes("push", "owner")
    assert "purchasing.received" in reader.codes("mail", "owner")
    assert "sales.order.late" not in reader.codes("mail", "owner")
    again = pages.post("me/notices", 412, **said)
    assert "You changed this elsewhere meanwhile" in again.text


def test_without_a_mail_server_nobody_is_asked_for_an_address(owner: Actor, client: FlaskClient) -> None:
    installed.tell(replace(installed.here(), smtp_url=""))
    assert 'name="mail"' not in Pages(client, owner).get("me/notices")


def test_a_supplier_chooses_among_what_suppliers_are_told(owner: Actor, client: FlaskClient) -> None:
    supplier = a_member(owner, "supplier", a_supplier(owner).id)
    text = Pages(client, supplier, "zh-CN").get("me/notices")
    assert "有采购订单等你接" in text
    assert "订单缺货" not in text


def test_the_badge_and_opening_a_notice(owner: Actor, client: FlaskClient) -> None:
    rep = a_member(owner, "sales")
    tell(owner, rep)
    tell(owner, rep)
    pages = Pages(client, rep)
    waiting = pages.client.get(f"/c/{owner.company.slug}/me/notices/waiting").json
    assert waiting["count"] == 2
    assert waiting["as"] == str(rep.membership_id)
    mine = "SELECT id FROM notification WHERE company_id = %(company)s AND user_id = %(user)s ORDER BY id"
    first = look(rep, lambda a: a.db.ask(mine, company=a.company_id, user=a.user.id))[0].id
    pages.post("me/notices/seen", ids=f"{first},no-id")
    assert pages.client.get(f"/c/{owner.company.slug}/me/notices/waiting").json["count"] == 1


def stands(owner: Actor) -> Any:
    asked = "SELECT * FROM notice_robot WHERE company_id = %(company)s"
    return look(owner, lambda a: a.db.one(asked, company=a.company_id))


def test_a_robot_is_added_changed_and_removed(owner: Actor, client: FlaskClient) -> None:
    pages = Pages(client, owner)
    assert "Your groups’ robots will be here" in unescape(pages.get("company/robots"))
    said = {
        "title": "Sales",
        "format": "dingtalk",
        "url": "https://oapi.dingtalk.com/robot/send?access_token=1",
        "secret": "SECx",
        "group": "",
        "locale": "en",
        "robot-order-short": "y",
    }
    wrong = pages.post("company/robots", 422, **(said | {"url": "http://10.0.0.1/"}))
    assert "It begins with https://" in wrong.text
    page = pages.follow(pages.post("company/robots", **said))
    assert "Sales" in page
    robot = stands(owner)
    assert (robot.format, robot.secret, robot.kinds, robot.quiet) == ("dingtalk", "SECx", ["order.short"], False)
    assert "SECx" not in page, "a secret is never shown again"
    version = re.search(r'name="base_version" value="(\d+)"', page)
    assert version
    changed = said | {"title": "Selling", "secret": "", "base_version": version[1], "quiet": "y"}
    pages.post(f"company/robots/{robot.id}", **changed)
    kept = stands(owner)
    assert (kept.title, kept.secret, kept.quiet) == ("Selling", "SECx", True)
    pages.post(f"company/robots/{robot.id}", 412, **changed)
    pages.post(f"company/robots/{robot.id}/trial")
    pages.post(f"company/robots/{robot.id}/removal")
    assert not look(owner, queries.robots_of)


def test_robots_are_the_owners(owner: Actor, client: FlaskClient) -> None:
    Pages(client, a_member(owner, "manager")).get("company/robots", 404)
