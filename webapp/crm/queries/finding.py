"""What the finders of this package have in common: one row, as far as the actor may see it."""

import uuid
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Select, select

from webapp.crm.states import READERS
from webapp.kernel.refusals import NotFound
from webapp.kernel.wall import Actor

T = TypeVar("T")


@dataclass(slots=True, frozen=True)
class Finder(Generic[T]):
    """The rows of `model` that an actor may see."""

    model: ClassVar[Any]
    actor: Actor

    def get(self, id: uuid.UUID) -> T:
        """The row. Raises NotFound where there is none, or not for this actor."""
        return self._one(select(self.model).where(self.model.id == id))

    def locked(self, id: uuid.UUID) -> T:
        """The row, held FOR UPDATE until the verb ends. Raises NotFound."""
        statement = select(self.model).where(self.model.id == id).with_for_update()
        return self._one(statement.execution_options(populate_existing=True))

    def _one(self, statement: Select[T]) -> T:
        found: T | None = self.actor.session.execute(statement).scalar_one_or_none() if self._may() else None
        if found is None:
            raise NotFound
        return found

    def _may(self) -> bool:
        return self.actor.role in READERS
