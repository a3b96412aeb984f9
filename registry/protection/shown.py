"""How protected details show: closed, and one of them opened for a minute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from registry.persons.models import Person
from registry.persons.views.common import purposes_held
from registry.protection import prompts, rules
from registry.protection.models import DetailKind, ProtectedDetail
from registry.protection.queries import Details
from vuokra.access.context import current
from vuokra.ui import formatting


@dataclass(frozen=True, slots=True)
class ClosedDetail:
    """A detail on the page: its kind and origin in words, where it opens and where it ends."""

    what: str
    facts: str
    url: str
    end_url: str


class OpenedDetail:
    """A detail that the template opens itself, written as a clerk reads it."""

    def __init__(self, detail: ProtectedDetail) -> None:
        self._detail = detail

    def reveal(self) -> str:
        """The value in words; recorded as a reveal. Raises as `Masked.reveal`."""
        text = self._detail.content.reveal()
        if self._detail.kind == DetailKind.PHONE:
            return formatting.phone(text)
        return text if self._detail.kind == DetailKind.EMAIL else rules.unpacked_address(text).line


def kind_of(detail: ProtectedDetail) -> str:
    """The detail's kind in words."""
    return str(DetailKind(detail.kind).label)


def url_of(person: Person, detail: ProtectedDetail) -> str:
    """Where the reveal is posted."""
    return reverse("protection:reveal", args=[person.public_id, detail.uuid])


def panel(person: Person, details: Details) -> dict[str, Any]:
    """What the templates of closed details need."""
    return {
        "details": details,
        "kept": _closed(person, details.current),
        "ended": _closed(person, details.ended),
    }


def _closed(person: Person, rows: Iterable[ProtectedDetail]) -> list[ClosedDetail]:
    return [
        ClosedDetail(
            kind_of(row),
            f"{row.get_source_display()}, {_days(row)}",
            url_of(person, row),
            reverse("protection:end_detail", args=[person.public_id, row.uuid]),
        )
        for row in rows
    ]


def _days(row: ProtectedDetail) -> str:
    ended = formatting.date(row.valid_to) if row.valid_to else ""
    return f"{formatting.date(row.valid_from)}{formatting.EN_DASH}{ended}"


def reasons_for(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """The choices of the reason prompt; none while a purpose stated before still serves."""
    if prompts.held(request, person) is not None:
        return []
    usual = current().purpose
    return [
        {"value": purpose.value, "label": purpose.label, "chosen": purpose == usual}
        for purpose in purposes_held()
    ]
