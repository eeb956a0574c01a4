"""Planning by night: levels to keep and days move on without anybody confirming an order."""

import uuid

from webapp.kernel.companies import for_each
from webapp.kernel.db import db
from webapp.kernel.jobs import task
from webapp.kernel.perform import before_wall
from webapp.kernel.wall import enter_company

from .verbs import plan


@task("planning.products")
def plan_products(company_id: uuid.UUID, product_ids: list[str]) -> None:
    """Plan some products of a company anew, after a supplier answered."""
    with before_wall(db.session()) as database:
        row = database.one("SELECT slug FROM company WHERE id = %(id)s", id=company_id)
        if row is not None:
            plan(enter_company(db.session(), row.slug), [uuid.UUID(key) for key in product_ids])


@task("planning.plan", cron="0 20 * * *")
def plan_all() -> None:
    """Plan every company, at four in the morning in China."""
    for_each(db.session(), plan)
