"""Clients at work, each a process of its own, all starting at once; what they saw becomes a figure."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from .client import Answer
from .figure import Figure, percentile
from .stage import Stage

Act = Callable[[], Sequence[Answer]]
"""One unit of the work measured: its requests, in order. It fails if any answer is not in 200-399, or raises."""


@dataclass
class Seen:
    """What one client saw: milliseconds a unit, at the client and by the server's word, and what it cost."""

    took: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    statements: int = 0
    round_trips: int = 0
    failed: int = 0


def measure(
    stage: Stage, name: str, clients: int, ready: Callable[[int], Act], *, hot: bool | None = None, words: str = ""
) -> Figure:
    """Let `clients` processes act for the stage's time. `ready(number)` signs in and gives the act, unmeasured."""
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(clients + 1)
    pipes, workers = [], []
    for number in range(clients):
        receiver, sender = fork.Pipe(duplex=False)
        workers.append(fork.Process(target=work, args=(ready, number, stage.seconds, start, sender)))
        pipes.append(receiver)
        workers[-1].start()
        sender.close()  # so that a client that died is an end of its pipe, not a wait
    start.wait(timeout=120)
    cpu, began = stage.cpu_seconds(), time.perf_counter()
    seen: list[Seen] = [pipe.recv() for pipe in pipes]
    elapsed, cpu = time.perf_counter() - began, stage.cpu_seconds() - cpu
    for worker in workers:
        worker.join()
    return as_figure(name, clients, hot, words, seen, elapsed, cpu)


def work(ready: Callable[[int], Act], number: int, seconds: float, start: Barrier, sender: Connection) -> None:
    try:
        act = ready(number)
        for _ in range(5):
            act()
    except BaseException:
        start.abort()  # nobody waits for who cannot come
        raise
    start.wait(timeout=120)
    seen = Seen()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        answers = act()
        seen.took.append((time.perf_counter() - began) * 1000)
        seen.server.append(sum(answer.server_ms or 0 for answer in answers))
        seen.statements += sum(answer.cost[0] for answer in answers if answer.cost)
        seen.round_trips += sum(answer.cost[1] for answer in answers if answer.cost)
        seen.failed += any(not 200 <= answer.status < 400 for answer in answers)
    sender.send(seen)


def as_figure(
    name: str, clients: int, hot: bool | None, words: str, seen: list[Seen], elapsed: float, cpu: float
) -> Figure:
    took = [value for each in seen for value in each.took]
    server = [value for each in seen for value in each.server]
    return Figure(
        figure=name,
        clients=clients,
        hot=hot,
        per_s=len(took) / elapsed,
        p50_ms=percentile(took, 50),
        p95_ms=percentile(took, 95),
        server_p50_ms=percentile(server, 50),
        server_p95_ms=percentile(server, 95),
        statements=sum(each.statements for each in seen) / len(took),
        round_trips=sum(each.round_trips for each in seen) / len(took),
        failed=sum(each.failed for each in seen),
        cpu_ms=cpu * 1000 / len(took),
        words=words,
    )
