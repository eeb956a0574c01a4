"""Group robots: the same message as WeCom, DingTalk and Feishu take it, signed where the group asks for that."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from webapp.kernel.i18n import N_

from . import outgoing
from .messages import Message
from .sending import SENT, Result, retry_after

NAMES = {"wecom": N_("WeCom"), "dingtalk": N_("DingTalk"), "feishu": N_("Feishu")}
BEGINS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/",
}
"""What each one's addresses begin with, for a person to compare."""
TOO_MANY = {45009, 45033, 130101, 130102, 11232, 9499}
"""Codes by which they say “too often, later”; all others are final."""
MARKS = str.maketrans("\\`*_[]<>", "＼＇＊＿［］＜＞")
"""Signs that would mark something up, and what looks like them and does not: not all three know an escape."""


@dataclass(slots=True, frozen=True)
class Robot:
    """Where it posts, and what it signs with."""

    format: str
    url: str
    secret: str | None
    locale: str


def send(robot: Robot, message: Message, base_url: str, *, now: float | None = None) -> Result:
    """Post a message to a group."""
    moment = time.time() if now is None else now
    url, body = FORMS[robot.format](robot, message, base_url, moment)
    data = json.dumps(body, ensure_ascii=False).encode()
    try:
        answer = outgoing.post(url, headers={"Content-Type": "application/json; charset=utf-8"}, data=data)
    except outgoing.Unreachable as error:
        # A message that was sent and not answered may be there already: it is not posted a second time.
        return Result("failed" if error.unsure else "waiting", str(error))
    return _read(answer)


def _read(answer: outgoing.Answer) -> Result:
    if answer.status == 429 or answer.status >= 500:
        return Result("waiting", str(answer.status), retry_after(answer.retry_after))
    if answer.status != 200:
        return Result("failed", str(answer.status))
    try:
        said = json.loads(answer.text)
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
    except (ValueError, AttributeError):
        return Result("failed", "no answer that can be read")
    if code == 0:
        return SENT
    fault = f"{code} {said.get('errmsg') or said.get('msg') or ''}".strip()[:200]
    return Result("waiting" if code in TOO_MANY else "failed", fault)


Form = Callable[[Robot, Message, str, float], tuple[str, dict[str, Any]]]


def _wecom(robot: Robot, message: Message, base_url: str, _now: float) -> tuple[str, dict[str, Any]]:
    return robot.url, {"msgtype": "markdown", "markdown": {"content": _cut(_markdown(message, base_url), 4000)}}


def _dingtalk(robot: Robot, message: Message, base_url: str, now: float) -> tuple[str, dict[str, Any]]:
    body = {"msgtype": "markdown", "markdown": {"title": message.title, "text": _markdown(message, base_url)}}
    if not robot.secret:
        return robot.url, body
    stamp = str(round(now * 1000))
    made = hmac.digest(robot.secret.encode(), f"{stamp}\n{robot.secret}".encode(), hashlib.sha256)
    signed = urlencode({"timestamp": stamp, "sign": base64.b64encode(made).decode()})
    parts = urlsplit(robot.url)
    return urlunsplit(parts._replace(query=f"{parts.query}&{signed}" if parts.query else signed)), body


def _feishu(robot: Robot, message: Message, base_url: str, now: float) -> tuple[str, dict[str, Any]]:
    lines = [[{"tag": "a", "text": text, "href": base_url + url}] for text, url in message.lines]
    post = {"title": message.title, "content": lines}
    told: dict[str, Any] = {
        "msg_type": "post",
        "content": {"post": {"zh_cn" if robot.locale == "zh-Hans" else "en_us": post}},
    }
    if robot.secret:
        stamp = str(int(now))
        made = hmac.digest(f"{stamp}\n{robot.secret}".encode(), b"", hashlib.sha256)
        told = {"timestamp": stamp, "sign": base64.b64encode(made).decode(), **told}
    return robot.url, told


FORMS: dict[str, Form] = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu}


def _markdown(message: Message, base_url: str) -> str:
    lines = [f"- [{_plain(text)}]({base_url}{url})" for text, url in message.lines]
    return "\n".join([f"**{_plain(message.title)}**", "", *lines])


def _plain(text: str) -> str:
    """Words in which nothing is a mark: nobody's note becomes a link or a heading in the group."""
    return text.translate(MARKS)


def _cut(text: str, most: int) -> str:
    """At most so many bytes, never half a character."""
    return text.encode()[:most].decode("utf-8", "ignore")
