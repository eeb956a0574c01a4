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
    ratio: float | None = None
    words: str = ""

    def as_json(self) -> str:
        keys = {key: value for key, value in asdict(self).items() if value is not None and key != "words"}
        return json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in keys.items()})

    def where_the_time_goes(self, unit: str) -> str:
        """Words: what of the time is the server's, what its processor's, and what the same rows cost bare."""
        said = [
            f"One {unit} takes {self.p50_ms:.1f} ms at the client (median)",
            f"{self.server_p50_ms:.1f} of them in the server",
            f"its processor works {self.cpu_ms:.2f} ms for it",
        ]
        if self.statements:
            said.append(f"{self.statements:.1f} statements go in {self.round_trips:.1f} round trips")
        if self.bare_sql_per_s and self.per_s:
            bare = 1000 * (self.clients or 1) / self.bare_sql_per_s
            said.append(f"the same rows by bare SQL take {bare:.1f} ms, the rest is HTTP, checks, wall and words")
        return "; ".join(said) + "."


def percentile(values: list[float], share: int) -> float | None:
    """The value that `share` per cent stay under."""
    if not values:
        return None
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]
