"""Group robots: each one's own body and signature, as its makers document them; what a group may be told."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.orm import Session

from tests.support.notices import a_company_where_it_is, tell
from tests.support.partners import a_supplier
from tests.support.services import Service, a_service
from tests.support.world import a_member, act, look
from webapp.kernel.refusals import Refused
from webapp.kernel.wall import Actor
from webapp.notices import queries
from webapp.notices.messages import Message
from webapp.notices.models import NoticeRobot
from webapp.notices.robots import Robot, send
from webapp.notices.verbs import add_robot, deliver_to_group, remove_robot, send_trial_to_group
from webapp.notices.verbs.grouping import Wanted

FINE = (200, {"Content-Type": "application/json"}, b'{"errcode": 0, "errmsg": "ok"}')
MESSAGE = Message(
    "2 new", (("Goods are here for SO-1", "/c/f/sales/orders/1"), ("[x](y) *z*", "/c/f/today")), "/", "news"
)
BASE, NOW = "https://throughline.example", 1_764_000_000.25


@pytest.fixture
def group() -> Iterator[Service]:
    with a_service(FINE) as service:
        yield service


def posted(group: Service) -> dict[str, Any]:
    return dict(json.loads(group.requests[-1].body))


def wanted(group: Service, **more: Any) -> Wanted:
    usual: dict[str, Any] = {
        "title": "Sales group",
        "format": "wecom",
        "url": f"{group.url}/send?key=k",
        "secret": None,
        "partner_id": None,
        "kinds": ["order.goods", "purchase.answer"],
        "locale": "en",
        "quiet": True,
    }
    return Wanted(**(usual | more))


def a_robot(owner: Actor, group: Service, **more: Any) -> NoticeRobot:
    robot = act(owner, lambda a: add_robot(a, wanted(group, **more)))
    owner.session.expunge(robot)
    return robot


def test_wecom(group: Service) -> None:
    """https://developer.work.weixin.qq.com/document/path/91770."""
    assert send(Robot("wecom", f"{group.url}/send?key=k", None, "en"), MESSAGE, BASE).state == "sent"
    body = posted(group)
    assert body["msgtype"] == "markdown"
    lines = body["markdown"]["content"].splitlines()
    assert lines[0] == "**2 new**"
    assert lines[2] == f"- [Goods are here for SO-1]({BASE}/c/f/sales/orders/1)"
    assert lines[3] == f"- [［x］(y) ＊z＊]({BASE}/c/f/today)", "nobody's words become a link of their own"
    assert group.requests[0].path == "/send?key=k"
    assert group.requests[0].headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("secret", [None, "SECabc"])
def test_dingtalk(group: Service, secret: str | None) -> None:
    """https://open.dingtalk.com/document/orgapp/custom-bot-access-send-message."""
    send(Robot("dingtalk", f"{group.url}/robot/send?access_token=t", secret, "en"), MESSAGE, BASE, now=NOW)
    body, asked = posted(group), parse_qs(urlsplit(group.requests[0].path).query)
    assert body["msgtype"] == "markdown"
    assert body["markdown"]["title"] == "2 new"
    assert asked["access_token"] == ["t"]
    if secret is None:
        assert set(asked) == {"access_token"}
    else:
        stamp = asked["timestamp"][0]
        assert stamp == "1764000000250"
        made = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
        assert base64.b64decode(asked["sign"][0]) == made


@pytest.mark.parametrize("secret", [None, "abc"])
def test_feishu(group: Service, secret: str | None) -> None:
    """https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot."""
    group.usual = (200, {}, b'{"code": 0, "msg": "success", "data": {}}')
    assert send(Robot("feishu", f"{group.url}/hook/h", secret, "zh-Hans"), MESSAGE, BASE, now=NOW).state == "sent"
    body = posted(group)
    assert body["msg_type"] == "post"
    post = body["content"]["post"]["zh_cn"]
    assert post["title"] == "2 new"
    assert post["content"][0] == [{"tag": "a", "text": "Goods are here for SO-1", "href": f"{BASE}/c/f/sales/orders/1"}]
    if secret is None:
        assert "sign" not in body
    else:
        assert body["timestamp"] == "1764000000"
        made = hmac.new(f"1764000000\n{secret}".encode(), b"", hashlib.sha256).digest()
        assert base64.b64decode(body["sign"]) == made


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (200, b'{"errcode": 45009, "errmsg": "api freq out of limit"}', "waiting"),
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "failed"),
        (200, b'{"errcode": 310000, "errmsg": "sign not match"}', "failed"),
        (200, b'{"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}', "failed"),
        (200, b'{"code": 11232, "msg": "frequency limited"}', "waiting"),
        (200, b"<html>a login page</html>", "failed"),
        (502, b"", "waiting"),
        (302, b"", "failed"),
    ],
)
def test_what_a_service_answers(group: Service, status: int, answer: bytes, state: str) -> None:
    group.usual = (status, {"Location": f"{group.url}/elsewhere"}, answer)
    assert send(Robot("wecom", f"{group.url}/send", None, "en"), MESSAGE, BASE).state == state
    assert len(group.requests) == 1, "no redirect is followed"


def test_a_group_is_told_once_however_many_were(session: Session, group: Service) -> None:
    owner = a_company_where_it_is(session)
    robot = a_robot(owner, group)
    order = tell(owner, a_member(owner, "sales"), a_member(owner, "manager"))
    tell(owner, a_member(owner, "sales"), code="identity.joined", name="Li Lei")
    for _ in range(2):
        deliver_to_group(session, owner.company_id, robot.id)
    assert len(group.requests) == 1
    content = posted(group)["markdown"]["content"]
    assert "Goods are here for SO-2611-0001: Rice" in content
    assert f"http://localhost/c/{owner.company.slug}/sales/orders/{order}" in content
    assert "Li Lei" not in content, "a kind that is switched off"


def test_a_suppliers_group_is_told_what_is_theirs(session: Session, group: Service) -> None:
    """The second wall: neither a rival's orders nor our own news, and links into their own pages."""
    owner = a_company_where_it_is(session)
    theirs, rivals = a_supplier(owner), a_supplier(owner)
    supplier, rival = a_member(owner, "supplier", theirs.id), a_member(owner, "supplier", rivals.id)
    robot = a_robot(owner, group, partner_id=theirs.id, locale="zh-Hans")
    mine = tell(owner, supplier, code="purchasing.order.sent", number="PO-2611-0007")
    tell(owner, rival, code="purchasing.order.sent", number="PO-2611-0008")
    tell(owner, a_member(owner, "sales"), number="SO-2611-0009")
    deliver_to_group(session, owner.company_id, robot.id)
    content = posted(group)["markdown"]["content"]
    assert content.startswith("**有采购订单等你接**")
    assert f"/c/{owner.company.slug}/portal/orders/{mine}" in content
    assert "0008" not in content
    assert "SO-2611-0009" not in content


def test_at_night_a_group_is_left_in_peace(session: Session, group: Service) -> None:
    owner = a_company_where_it_is(session, 23)
    robot, loud = a_robot(owner, group), a_robot(owner, group, quiet=False)
    tell(owner, a_member(owner, "sales"))
    deliver_to_group(session, owner.company_id, robot.id)
    assert not group.requests
    deliver_to_group(session, owner.company_id, loud.id)
    assert len(group.requests) == 1


def test_its_page_says_what_went_wrong(session: Session, group: Service) -> None:
    owner = a_company_where_it_is(session)
    robot = a_robot(owner, group)
    group.answers.append((200, {}, b'{"errcode": 93000, "errmsg": "invalid webhook url"}'))
    send_trial_to_group(session, owner.company_id, owner.user.id, robot.id)
    assert look(owner, lambda a: queries.robot_of(a, robot.id).fault) == "93000 invalid webhook url"
    send_trial_to_group(session, owner.company_id, owner.user.id, robot.id)
    assert look(owner, lambda a: queries.robot_of(a, robot.id).fault) is None


@pytest.mark.parametrize(
    "more",
    [
        {"url": "http://qyapi.weixin.qq.com/x"},
        {"url": "https://192.168.1.1/x"},
        {"url": "https://intranet/x"},
        {"url": "https://[::1]/x"},
        {"url": "javascript:alert(1)"},
        {"kinds": []},
        {"kinds": ["no.such.kind"]},
        {"format": "slack"},
    ],
)
def test_what_is_no_robot_is_refused(session: Session, group: Service, more: dict[str, Any]) -> None:
    owner = a_company_where_it_is(session)
    with pytest.raises(Refused):
        act(owner, lambda a: add_robot(a, wanted(group, **more)))


def test_one_that_is_removed_posts_nothing(session: Session, group: Service) -> None:
    owner = a_company_where_it_is(session)
    robot = a_robot(owner, group)
    act(owner, lambda a: remove_robot(a, queries.robot_of(a, robot.id, lock=True)))
    tell(owner, a_member(owner, "sales"))
    deliver_to_group(session, owner.company_id, robot.id)
    assert not group.requests
