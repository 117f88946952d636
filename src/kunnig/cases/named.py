"""The condition that opens a case to whoever is named in it, in the database's own words.

Every page of a case asks it once. Built from expressions, as `Exists` over a queryset, it took
three times as long to put into words as the database takes to answer (docs/performance.md); a
test holds the two to the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, DateField, Expression, F, UUIDField, Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    from kunnig.people.models import Person

_ASKED = """EXISTS (
  SELECT 1 FROM cases_access AS named
  WHERE named.case_id = {} AND named.person_id = {}
    AND named.ended_at IS NULL AND named.starts_on <= {} AND COALESCE(named.ends_on, {}) >= {}{}
)"""
_OF_PARTS = " AND named.part IN ({})"


class IsNamed(Expression):
    """Say whether `person` was let in to a case on `day`; to any part, or to one of `parts`.

    `case` and a part given as an `F` are columns of the query that asks.
    """

    output_field = BooleanField()

    def __init__(self, case: F, person: Person, day: date, parts: Sequence[F | str] = ()) -> None:
        super().__init__()
        until = Value(day, DateField())
        whom = Value(person.pk, UUIDField())
        of_parts = [part if isinstance(part, F) else Value(part) for part in parts]
        self._asked: list[Any] = [case, whom, until, until, until, *of_parts]

    def get_source_expressions(self) -> list[Any]:
        """Return what the condition is made of."""
        return self._asked

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        """Take the same, resolved."""
        self._asked = list(exprs)

    def as_sql(
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition and its parameters."""
        said = [compiler.compile(each) for each in self._asked]
        of_case, parts = (
            [words for words, _given in said[:5]],
            [words for words, _given in said[5:]],
        )
        asked = _ASKED.format(*of_case, _OF_PARTS.format(", ".join(parts)) if parts else "")
        return asked, tuple(each for _words, given in said for each in given)
