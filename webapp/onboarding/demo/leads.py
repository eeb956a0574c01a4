"""Leads of the last weeks: new ones, some spoken with, one for the taking, one that was not for us."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from webapp import crm
from webapp.kernel import calendar
from webapp.kernel.wall import Actor
from webapp.onboarding.acting import do, moment


@dataclass(slots=True, frozen=True)
class Heard:
    """What was heard of a firm, how many days ago and by whom; what was said since, a day after that."""

    name: str
    contact: str
    phone: str
    source: str
    wants: str
    days: int
    login: str = "rep"
    region: str = "杭州"
    said: str = ""
    qualified: bool = False
    reason: str = ""


HEARD = (
    Heard("湖滨里烘焙工作室", "许老师", "13757110236", "referral", "每周两箱淡奶油，想先要样品", 0),
    Heard("云上精品酒店", "梁经理", "13757110418", "phone", "早餐用的牛奶和黄油", 1),
    Heard(
        "钱塘小面",
        "老何",
        "13757110552",
        "visit",
        "米和油，问能不能月结",
        4,
        said="看了店，一天用三袋米",
        qualified=True,
    ),
    Heard("城西社区食堂", "冯主任", "13757110667", "web", "每天送一次，要资质文件", 3, "rep2", said="发了报价单"),
    Heard("满觉陇茶点铺", "唐姐", "13757110789", "fair", "展会上尝过奶酪", 16, "rep2"),
    Heard(
        "远帆海鲜码头", "吴老板", "13757110894", "wechat", "只要冰鲜海货", 6, region="宁波", reason="我们不做冰鲜海货"
    ),
)
SILENT = 10
"""Days after which nobody's word makes a lead the pool's, in the demo's own telling."""


def hear(crew: dict[str, Actor], today: date) -> None:
    """Let the reps take their leads in, and speak with some of them."""
    for heard in HEARD:
        _one(crew[heard.login], heard, today - timedelta(days=heard.days))


def _one(rep: Actor, heard: Heard, day: date) -> None:
    def take_in(actor: Actor) -> uuid.UUID:
        return crm.add_lead(
            actor,
            heard.name,
            source=heard.source,
            rep_id=actor.user.id,
            contact=heard.contact,
            phone=heard.phone,
            wants=heard.wants,
            region=heard.region,
        ).id

    def speak(actor: Actor) -> None:
        lead = crm.leads_of(actor).locked(key)
        next_on = calendar.working_days_after(day + timedelta(days=6), 1)
        crm.record_visit(actor, lead, crm.Said("visit", heard.said, next_on))
        if heard.qualified:
            crm.qualify(actor, lead)

    key = do(rep, take_in, at=moment(rep, day, 8, 20))
    if heard.said:
        do(rep, speak, at=moment(rep, day + timedelta(days=1), 11, 5))
    if heard.reason:
        do(rep, lambda actor: crm.disqualify(actor, crm.leads_of(actor).locked(key), heard.reason))
    if heard.days > SILENT:
        do(rep, lambda actor: crm.give_back(actor, crm.leads_of(actor).locked(key)))
