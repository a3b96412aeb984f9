"""The journal of a merge: writes its steps while they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from registry.duplicates.models import Merge, Step, StepKind
from vuokra.access.stated import bulk_write

WHY = "merge of two records of one person"


def as_text(value: Any) -> str:
    """A value as the journal keeps it; nothing is an empty text."""
    return "" if value is None else str(value)


def from_text(column: models.Field[Any, Any], text: str) -> Any:
    """The value of a column that the journal kept as text."""
    return None if not text and column.null else column.to_python(text)


@dataclass(slots=True)
class Journal:
    """Steps in the order in which they are made; `write` saves them under the merge."""

    steps: list[Step] = field(default_factory=list)

    def add(
        self,
        kind: StepKind,
        model: type[models.Model],
        rows: Iterable[int],
        name: str = "",
        before: Any = None,
        after: Any = None,
    ) -> None:
        for row in rows:
            self.steps.append(
                Step(
                    kind=kind, model=model._meta.label, row=row, field=name,
                    before=as_text(before), after=as_text(after),
                )
            )  # fmt: skip

    def write(self, merge: Merge) -> None:
        for step in self.steps:
            step.merge = merge
        with bulk_write(WHY):
            Step.objects.bulk_create(self.steps)


def together(steps: Iterable[Step]) -> Iterator[tuple[tuple[str, str], list[Step]]]:
    """Steps of the same model and field, in the order of their first ones."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        found.setdefault((step.model, step.field), []).append(step)
    yield from found.items()
