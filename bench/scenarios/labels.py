"""Five hundred labels as one PDF, each with a code of its own: on sheets and on a roll."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from urllib.parse import urlencode

from bench.figure import Figure
from bench.firm import Firm, firm
from bench.stage import Stage

LOTS = """
SELECT lot.id FROM lot JOIN balance b ON b.company_id = lot.company_id AND b.lot_id = lot.id
WHERE lot.company_id = %s AND lot.code <> '' GROUP BY lot.id ORDER BY lot.id LIMIT 500"""


def run(stage: Stage) -> Iterator[Figure]:
    house = firm(stage, stage.size)
    for paper, code in (("a4-24", "qr"), ("roll", "gs1")):
        yield printed(stage, house, paper, code)


def printed(stage: Stage, house: Firm, paper: str, code: str) -> Figure:
    """The first wakes the typesetting and does not count."""
    with stage.connect() as connection:
        connection.execute("SELECT set_config('app.company', %s, false)", [str(house.id)])
        lots = [row[0] for row in connection.execute(LOTS, [house.id])]
    client = house.signed_in(stage.port, "warehouse")
    asked = urlencode({"of": "lot", "id": lots, "paper": paper, "code": code}, doseq=True)
    answers = [client.get(house.path(f"labels.pdf?{asked}")) for _ in range(2 if stage.quick else 4)][1:]
    took = [answer.seconds * 1000 for answer in answers]
    return Figure(
        figure=f"labels, {paper}, {code}",
        p50_ms=median(took),
        size=len(answers[0].body),
        failed=sum(answer.status != 200 or not answer.body.startswith(b"%PDF") for answer in answers),
        words=f"{len(lots)} labels, each with a code of its own: {len(answers[0].body):,} bytes of PDF.",
    )
