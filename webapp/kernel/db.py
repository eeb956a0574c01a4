"""The database session, and its guard: a query that forgot its company fails."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Table, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from .pipeline import Count
from .types import Base, OfCompany

APP_ROLE = "throughline_app"
"""The role the application works as: owns nothing, bypasses nothing."""

db = SQLAlchemy(model_class=Base, session_options={"autoflush": True, "expire_on_commit": False})


class NoCompany(RuntimeError):
    """A query over company rows ran outside the company wall: a bug, never an answer."""


def as_application(url: str) -> URL:
    """The owner's address turned into the application's: the same server, as the role that bypasses nothing."""
    parsed = make_url(url)
    return parsed.update_query_dict({"options": f"-c role={APP_ROLE} -c lock_timeout=1700"})


def _wall(state: ORMExecuteState) -> None:
    """Add `company_id = :company` to every company table of an ORM statement; refuse where none is set."""
    session = state.session
    if session.info.get("pipelined"):
        raise RuntimeError("the Session cannot ask while a pipeline is open; use actor.db")
    if not (state.is_select or state.is_update or state.is_delete):
        return
    touches = any(issubclass(mapper.class_, OfCompany) for mapper in state.all_mappers) or any(
        isinstance(source, Table) and "company_id" in source.c for source in _sources(state)
    )
    if not touches:
        return
    company = session.info.get("company")
    if company is None:
        raise NoCompany("no company is set; go through kernel.wall.enter")
    state.statement = state.statement.options(
        with_loader_criteria(OfCompany, lambda cls: cls.company_id == company, include_aliases=True)
    )


def _sources(state: ORMExecuteState) -> list[Any]:
    get = getattr(state.statement, "get_final_froms", None)
    return list(get()) if get else []


def guard(session_factory: Any, engine: Engine) -> None:
    """Put the wall on a session factory, and count what the engine is asked on behalf of the session."""
    event.listen(session_factory, "do_orm_execute", _wall)
    event.listen(engine, "before_cursor_execute", _tally)


def _tally(*_about: Any) -> None:
    if db.session.registry.has():
        count = db.session.registry().info.setdefault("count", Count())
        count.statements += 1
        count.round_trips += 1


def leave(session: Session) -> None:
    """Roll back and forget the wall."""
    session.rollback()
    session.info.pop("company", None)
