"""A figure: one JSON line with the keys that apply, and words on where the time goes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from statistics import quantiles


@dataclass
class Figure:
    figure: str
    clients: int | None = None
    hot: bool | None = None
    per_s: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    server_p50_ms: float | None = None
    server_p95_ms: float | None = None
    statements: float | None = None
    round_trips: float | None = None
    failed: int | None = None
    cpu_ms: float | None = None
    bare_sql_per_s: float | None = None
    size: int | None = None
    words: str = ""

    def as_json(self) -> str:
        keys = {key: value for key, value in asdict(self).items() if value is not None and key != "words"}
        return json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in keys.items()})


def percentile(values: list[float], share: int) -> float | None:
    """The value that `share` per cent stay under."""
    if not values:
        return None
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]
