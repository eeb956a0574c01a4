"""Many at once: `at_once(app, 20, work)` lets twenty threads do `work(number)` at the same moment.

Each has its own application context, so its own session and connection, as requests of different people have.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

T = TypeVar("T")


def at_once(app: Flask, number: int, work: Callable[[int], T]) -> list[T | Exception]:
    """What each got back, in order; an exception counts as an answer too."""
    start = threading.Barrier(number)

    def one(which: int) -> T | Exception:
        start.wait(timeout=30)
        with app.app_context():
            try:
                return work(which)
            except Exception as refused:  # noqa: BLE001 - what was refused, and how, is what the test asks about
                return refused

    with ThreadPoolExecutor(number) as crowd:
        return list(crowd.map(one, range(number)))
