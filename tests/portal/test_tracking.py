"""A customer's link: the order without signing in, in either language; a word where something is wrong."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.sales import a_shop, confirmed, drafted, send, timeline_of
from tests.support.sales import plan as plan_delivery
from tests.support.world import act, look
from webapp.identity import tracking_link, tracking_token
from webapp.kernel.models import Notification
from webapp.kernel.types import new_id
from webapp.kernel.wall import Actor


class World:
    """An order of 15 of which 10 are here, and its link."""

    def __init__(self, client: FlaskClient, session: Session) -> None:
        self.shop = a_shop(session, 10)
        self.client = client
        self.order = confirmed(self.shop.rep, self.shop.customer, (self.shop.goods[0], 15))
        self.token = look(self.shop.owner, lambda actor: tracking_token(actor, "sales.order", self.order))
        with client.session_transaction() as cookies:
            cookies["csrf_token"] = "a test's"
        signer = URLSafeTimedSerializer(client.application.secret_key, salt="wtf-csrf-token")  # type: ignore[arg-type]
        self.csrf = signer.dumps("a test's")

    def get(self, path: str = "", status: int = 200, language: str = "en") -> str:
        answer = self.client.get(f"/t/{self.token}{path}", headers={"Accept-Language": language})
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    def report(self, text: str, status: int = 303, op_id: UUID | None = None) -> str:
        form = {"op_id": str(op_id or new_id()), "csrf_token": self.csrf, "text": text}
        answer = self.client.post(f"/t/{self.token}/problem", data=form, headers={"Accept-Language": "en"})
        assert answer.status_code == status, answer.text[:2000]
        return answer.text

    def told(self) -> list[tuple[UUID, str]]:
        def ask(actor: Actor) -> list[tuple[UUID, str]]:
            found = actor.session.scalars(select(Notification).where(Notification.code == "portal.problem"))
            return [(one.user_id, one.params["text"]) for one in found]

        return look(self.shop.owner, ask)


@pytest.fixture
def world(client: FlaskClient, session: Session) -> World:
    return World(client, session)


def test_the_order_as_its_customer_follows_it(world: World) -> None:
    assert "We are on it" in world.get()
    delivery = plan_delivery(world.shop.storekeeper, world.order)
    send(world.shop.storekeeper, delivery)
    shown = world.get()
    assert "Arriving today" in shown
    assert "On this truck" in shown
    assert "5 more" in shown


def test_in_the_other_language(world: World) -> None:
    shown = world.get(language="zh-CN")
    assert '<html lang="zh-Hans"' in shown
    assert "English" in shown


def test_nothing_of_the_house_is_on_it(world: World) -> None:
    send(world.shop.storekeeper, plan_delivery(world.shop.storekeeper, world.order))
    shown = world.get()
    assert "/c/" not in shown, "no link leads inside"
    assert "1405" not in shown


@pytest.mark.parametrize("token", ["nonsense", "", "a" * 200, "🙂"])
def test_a_link_nobody_gave_out_opens_nothing(client: FlaskClient, token: str) -> None:
    assert client.get(f"/t/{token}").status_code == 404


def test_a_link_to_a_draft_opens_nothing(world: World) -> None:
    draft = drafted(world.shop.rep, world.shop.customer, (world.shop.goods[0], 1))
    token = act(world.shop.rep, lambda actor: tracking_link(actor, "sales.order", draft))
    assert world.client.get(f"/t/{token}").status_code == 404


def test_what_is_wrong_reaches_the_rep(world: World) -> None:
    assert "What is wrong?" in world.get("/problem")
    world.report("Two cartons are wet 🙂")
    assert world.told() == [(world.shop.rep.user.id, "Two cartons are wet 🙂")]
    assert timeline_of(world.shop.owner, world.order)[-1] == "portal.problem"


def test_the_same_word_twice_is_said_once(world: World) -> None:
    op_id = new_id()
    world.report("Two are wet", op_id=op_id)
    world.report("Two are wet", op_id=op_id)
    assert len(world.told()) == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 501, "a\x00b", "a\u202eb"])
def test_what_is_no_word(world: World, text: str) -> None:
    assert "field-error" in world.report(text, 422)
    assert world.told() == []


def test_nobody_floods_the_rep(world: World) -> None:
    for n in range(10):
        world.report(f"wet {n}")
    world.report("wet again", 429)
    assert len(world.told()) == 10
