"""Logins as people type them, and what browsers are called."""

import pytest

from webapp.identity.logins import folded
from webapp.identity.verbs.passwords import check_pin
from webapp.identity.views.labels import device_label
from webapp.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Wang@Fenghe.CN ", "wang@fenghe.cn"),
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("8613800138000", "13800138000"),
        ("+44 20 7946 0958", "442079460958"),
        ("王敏", "王敏"),
        ("WangMin", "wangmin"),
    ],
)
def test_a_login_is_folded(typed: str, kept: str) -> None:
    assert folded(typed) == kept


@pytest.mark.parametrize(
    "pin", ["", "12345", "123456", "654321", "111111", "121212", "abcdef", "１２３７８９", "138000"]
)
def test_pins_that_anyone_would_try(pin: str) -> None:
    with pytest.raises(Refused):
        check_pin(pin, "13800138000")


def test_a_pin_is_six_digits() -> None:
    check_pin("864203", "13800138000")


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50", "WeChat · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("curl/8.1", "curl"),
        ("", "?"),
    ],
)
def test_what_a_browser_is_called(agent: str, label: str) -> None:
    assert device_label(agent) == label
