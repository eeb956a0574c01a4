"""The people of the demo company. They sign in only while the address is localhost."""

import uuid
from dataclasses import dataclass

from webapp.kernel.wall import Actor
from webapp.onboarding.acting import member


@dataclass(slots=True, frozen=True)
class Person:
    """Who signs in: `firm` is the name of the supplier or customer they belong to."""

    login: str
    name: str
    role: str
    firm: str = ""


OWNER = Person("boss@fenghe.demo", "沈丰禾", "owner")
SIGN_INS = (
    OWNER,
    Person("manager@fenghe.demo", "顾慧", "manager"),
    Person("rep@fenghe.demo", "林晓雯", "sales"),
    Person("rep2@fenghe.demo", "周明", "sales"),
    Person("buyer@fenghe.demo", "王敏", "buyer"),
    Person("dock@fenghe.demo", "陈建国", "warehouse"),
    Person("books@fenghe.demo", "何静", "accountant"),
    Person("auditor@fenghe.demo", "秦正", "auditor"),
    Person("supplier@fenghe.demo", "周海燕", "supplier", "绿源乳品有限公司"),
    Person("supplier2@fenghe.demo", "石磊", "supplier", "北煌粮食贸易有限公司"),
    Person("customer@fenghe.demo", "孙师傅", "customer", "福满楼大酒店"),
)


def hire(owner: Actor, password: str, firms: dict[str, uuid.UUID]) -> dict[str, Actor]:
    """Everyone of SIGN_INS but the owner, by login's first part; `firms` are partners by name."""
    people = {"boss": owner}
    for person in SIGN_INS[1:]:
        people[person.login.partition("@")[0]] = member(
            owner,
            person.login,
            person.name,
            person.role,
            partner_id=firms[person.firm] if person.firm else None,
            password=password,
        )
    return people
