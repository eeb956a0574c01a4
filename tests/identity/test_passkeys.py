"""Passkeys in a real browser: set, used, removed; an invitation taken with one. Once a language."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser import DESK
from tests.support.identity import an_invitation, passkey_holder, path_of
from tests.support.partners import a_supplier
from tests.support.world import PASSWORD, a_company
from webapp.identity import installation
from webapp.identity.models import Credential, User
from webapp.identity.verbs import set_secret
from webapp.kernel.perform import before_wall
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor

pytestmark = pytest.mark.browser
both_languages = pytest.mark.parametrize("lang", ["zh-Hans", "en"])
Picture = Callable[[Any, str], Path]

WORDS = {
    "zh-Hans": {
        "set": "在这台设备上设通行密钥",
        "sign_in": "用通行密钥登录",
        "join": "设通行密钥并加入",
        "devices": "设备",
        "code": "用一次性验证码加入",
    },
    "en": {
        "set": "Set a passkey on this device",
        "sign_in": "Sign in with a passkey",
        "join": "Set a passkey and join",
        "devices": "Devices",
        "code": "Join with a one-time code",
    },
}


@pytest.fixture
def owner(session: Session) -> Actor:
    """An owner who signs in by password, in the company that the phone will open."""
    made = a_company(session, "丰禾食品", name2="Fenghe Foods")
    with before_wall(session):
        user = session.get_one(User, made.user.id)
        user.name = "王敏"
        set_secret(user, PASSWORD, pin=False)
    return made


@pytest.fixture(autouse=True)
def same_key(app: Any, live_server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Links made here open there: the server that the phone speaks to has a key of its own."""
    from webapp.config import secret_key

    installation.tell(live_server, secret_key())
    yield
    installation.tell(app.config["BASE_URL"], app.config["SECRET_KEY"])


def sign_in(page: Any, session: Session, owner: Actor) -> None:
    login = session.execute(select(User.login).where(User.id == owner.user.id)).scalar_one()
    session.rollback()
    page.goto("/signin")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/c/**")


@both_languages
def test_a_passkey_is_set_and_signs_in(phone: Any, picture: Picture, session: Session, owner: Actor, lang: str) -> None:
    words = WORDS[lang]
    page = phone(lang)
    base = f"/c/{owner.company.slug}"
    with passkey_holder(page):
        sign_in(page, session, owner)
        page.goto(f"{base}/me/passkeys")
        picture(page, "none-yet")
        page.get_by_role("button", name=words["set"]).click()
        page.locator(".rows .row").first.wait_for()
        picture(page, "one")
        page.goto(f"{base}/me")
        page.locator('form[action="/signout"] button').click()
        page.wait_for_url("**/")
        page.goto(f"{base}/me/devices")
        assert page.url.endswith("/signin")
        picture(page, "sign-in")
        page.get_by_role("button", name=words["sign_in"]).click()
        page.wait_for_url(f"**{base}/me/devices")
    kept = session.execute(select(Credential).where(Credential.user_id == owner.user.id)).scalar_one()
    session.rollback()
    assert kept.sign_count > 0
    assert kept.used_at is not None


def test_a_passkey_the_browser_fills_in_signs_in_without_a_button(phone: Any, session: Session, owner: Actor) -> None:
    page = phone("en", fills_in=True)
    with passkey_holder(page):
        sign_in(page, session, owner)
        page.goto(f"/c/{owner.company.slug}/me/passkeys")
        page.get_by_role("button", name=WORDS["en"]["set"]).click()
        page.locator(".rows .row").first.wait_for()
        page.context.clear_cookies()
        page.goto("/signin")
        page.wait_for_url(f"**/c/{owner.company.slug}/**")


@both_languages
def test_an_invitation_is_taken_with_a_passkey(
    phone: Any, picture: Picture, session: Session, owner: Actor, lang: str
) -> None:
    invitation = an_invitation(owner, "supplier", a_supplier(owner).id, "韩梅梅")
    page = phone(lang)
    with passkey_holder(page):
        page.goto(path_of(invitation))
        picture(page, "invitation")
        page.fill("#name", "韩梅梅 Mei")
        page.get_by_role("button", name=WORDS[lang]["join"]).click()
        page.wait_for_url(f"**/c/{owner.company.slug}/**")
        page.goto(f"/c/{owner.company.slug}/me")
        assert "韩梅梅 Mei" in page.locator("h1").inner_text()
        page.context.clear_cookies()
        page.goto("/signin")
        page.get_by_role("button", name=WORDS[lang]["sign_in"]).click()
        page.wait_for_url(f"**/c/{owner.company.slug}/**")
    page.context.clear_cookies()
    response = page.goto(path_of(invitation))
    assert response.status == 410
    picture(page, "used")


def test_a_passkey_unknown_here_is_said_in_words(phone: Any, session: Session, owner: Actor) -> None:
    page = phone("en")
    with passkey_holder(page):
        sign_in(page, session, owner)
        page.goto(f"/c/{owner.company.slug}/me/passkeys")
        page.get_by_role("button", name=WORDS["en"]["set"]).click()
        page.locator(".rows .row").first.wait_for()
        with before_wall(session):
            session.query(Credential).filter_by(user_id=owner.user.id).delete()
        page.context.clear_cookies()
        page.goto("/signin")
        page.get_by_role("button", name=WORDS["en"]["sign_in"]).click()
        page.get_by_text("not known here").wait_for()


@both_languages
def test_without_a_passkey_the_code_does(phone: Any, picture: Picture, owner: Actor, lang: str) -> None:
    invitation = an_invitation(owner, "supplier", a_supplier(owner).id, "韩梅梅")
    page = phone(lang)
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(path_of(invitation))
    assert not page.get_by_role("button", name=WORDS[lang]["join"]).is_visible()
    page.get_by_role("button", name=WORDS[lang]["code"]).click()
    page.fill("#code", invitation.code)
    page.fill("#login", f"139{int(new_id()) % 10**8:08d}")
    page.fill("#secret", "864203")
    picture(page, "code")
    page.locator('button[form="join"]').click()
    page.wait_for_url(f"**/c/{owner.company.slug}/**")


@both_languages
@pytest.mark.thread
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_pages_look_like(
    phone: Any, picture: Picture, session: Session, owner: Actor, lang: str, scheme: str
) -> None:
    invitation = an_invitation(owner, "buyer", name="李雷")
    base = f"/c/{owner.company.slug}"
    for size in ({}, {"size": DESK}):
        page = phone(lang, scheme, **size)
        wide = "-wide" if size else ""
        for name, path in {"sign-in": "/signin", "start": "/start", "invitation": path_of(invitation)}.items():
            page.goto(path)
            picture(page, name + wide)
        sign_in(page, session, owner)
        for name, path in {"me": "/me", "colleagues": "/colleagues", "invite": "/colleagues/new"}.items():
            page.goto(base + path)
            assert re.search(r"zh" if lang == "zh-Hans" else r"en", page.locator("html").get_attribute("lang"))
            picture(page, name + wide)
        page.goto(invitation.page)
        picture(page, "link" + wide)
