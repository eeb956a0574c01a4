"""Notices on a phone: switched on, shown by the worker in the server's words, and opening the very page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests.support.access import complaints
from tests.support.notices import Browser
from tests.support.partners import a_customer
from tests.support.thread import PASSWORD, Firm
from tests.support.world import a_company, act, look
from webapp.crm import ask_follow_up
from webapp.identity import add_member, new_user
from webapp.kernel import calendar
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor, enter_as
from webapp.notices import queries
from webapp.partners import partners_of

from .walk import Walker

Phone = Callable[..., Page]
Picture = Callable[[Page, str], Path]
SUBSCRIBED = """
    const keys = %s
    const toJSON = () => ({ endpoint: keys.endpoint, keys })
    const made = { endpoint: keys.endpoint, toJSON, unsubscribe: async () => true }
    PushManager.prototype.getSubscription = async () => localStorage.getItem('test') ? made : null
    PushManager.prototype.subscribe = async (options) => {
      if (!options.userVisibleOnly || options.applicationServerKey.length !== 65) throw new Error('not ours')
      localStorage.setItem('test', '1')
      return made
    }
"""
"""No push service can be reached from here: this stands in for what one gives a browser."""
SHOWN = """navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) =>
    all.map(({ title, body, tag, data, lang }) => ({ title, body, tag, data, lang })))"""
TAP = """
    self.registration.getNotifications().then(([one]) =>
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification: one })))"""


@pytest.fixture
def owner(session: Session) -> Actor:
    return a_company(session, "丰禾食品", name2="Fenghe Foods")


@pytest.fixture
def firm(owner: Actor) -> Firm:
    login = f"rep.{new_id().hex[-8:]}@fenghe.example"
    act(owner, lambda a: add_member(a, new_user(login, "林晓雯", PASSWORD), "sales"))
    return Firm(owner.company.slug, {"rep": login})


def the_rep(owner: Actor) -> Actor:
    asked = "SELECT id FROM membership WHERE company_id = %(company)s AND role = 'sales'"
    return enter_as(owner.session, look(owner, lambda a: a.db.one(asked, company=a.company_id)).id)


def at_work(page: Page, firm: Firm, picture: Picture) -> Walker:
    rep = Walker(page, firm, picture)
    rep.sign_in("rep")
    until(page, "navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))")
    return rep


def until(page: Page, true: str) -> Any:
    for _ in range(300):
        if found := page.evaluate(true):
            return found
        page.wait_for_timeout(100)
    pytest.fail(f"never: {true}")


def deliver(page: Page, told: dict[str, Any]) -> None:
    """Hand the worker a push, as the browser does when its push service brings one."""
    chrome, found = page.context.new_cdp_session(page), []
    chrome.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    chrome.send("ServiceWorker.enable")
    for _ in range(50):
        if found:
            break
        page.wait_for_timeout(100)
    origin = page.evaluate("location.origin")
    pushed = {"origin": origin, "registrationId": found[0]["registrationId"], "data": json.dumps(told)}
    chrome.send("ServiceWorker.deliverPushMessage", pushed)


@pytest.mark.thread
@pytest.mark.parametrize(("lang", "scheme"), [("zh-Hans", "light"), ("en", "dark")])
def test_switching_notices_on_and_off(
    phone: Phone, picture: Picture, owner: Actor, firm: Firm, lang: str, scheme: str
) -> None:
    page, browser = phone(lang, scheme, allowed=("notifications",)), Browser("https://push.example.com/1")
    keys = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    page.add_init_script(SUBSCRIBED % json.dumps(keys))
    rep = at_work(page, firm, picture)
    rep.go("me/notices")
    off, on = page.locator("[data-push-state=off]"), page.locator("[data-push-state=on]")
    expect(off).to_be_visible()
    picture(page, "off")
    off.get_by_role("button").click()
    expect(on).to_be_visible()
    assert not complaints(page)
    page.screenshot(path=picture(page, "on"), full_page=True)
    assert [row.endpoint for row in look(the_rep(owner), queries.subscriptions_of)] == [browser.endpoint]
    on.get_by_role("button").click()
    expect(off).to_be_visible()
    assert not look(the_rep(owner), queries.subscriptions_of)


def test_a_notice_is_shown_and_opens_its_page(phone: Phone, picture: Picture, owner: Actor, firm: Firm) -> None:
    page = phone(allowed=("notifications",))
    rep = at_work(page, firm, picture)
    due, told = a_follow_up(owner)
    there = f"/c/{firm.slug}/follow-ups/{due}"
    said = {"title": "该跟进了", "body": "今天要跟进福满楼", "url": there, "tag": f"follow_up:{due}", "count": 1}
    deliver(page, {**said, "ids": [str(told)], "lang": "zh-Hans"})
    (shown,) = until(page, SHOWN)
    assert (shown["title"], shown["body"], shown["lang"]) == ("该跟进了", "今天要跟进福满楼", "zh-Hans")
    page.context.service_workers[0].evaluate(TAP)
    page.wait_for_url(f"**{there}")
    rep.sees("福满楼")
    assert page.evaluate("location.hash") == ""
    until(page, "Number(sessionStorage.getItem('notices:asked')) > 0")
    page.wait_for_timeout(500)
    assert look(the_rep(owner), queries.unseen) == 0, "what was opened is seen"


@pytest.mark.thread
def test_what_is_half_typed_stays(phone: Phone, picture: Picture, owner: Actor, firm: Firm) -> None:
    page = phone(allowed=("notifications",))
    rep = at_work(page, firm, picture)
    rep.go("me/password")
    page.locator("input[name=new]").fill("half a pass")
    deliver(page, {"title": "x", "url": f"/c/{firm.slug}/today", "tag": "t", "count": 1})
    until(page, f"{SHOWN}.then((all) => all.length)")
    page.context.service_workers[0].evaluate(TAP)
    page.wait_for_timeout(1000)
    assert page.url.endswith("/me/password")


def a_follow_up(owner: Actor) -> tuple[UUID, UUID]:
    """A follow-up that the rep was given, and the notification of it."""
    customer, rep = a_customer(owner, "福满楼"), the_rep(owner)
    today = calendar.today(owner)
    due = act(
        owner,
        lambda a: ask_follow_up(a, partners_of(a).get(customer.id), today, "报价", rep_id=rep.user.id).id,
    )
    asked = "SELECT id FROM notification WHERE company_id = %(company)s AND document_id = %(due)s"
    return due, look(owner, lambda a: a.db.one(asked, company=a.company_id, due=due)).id
