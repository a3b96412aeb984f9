"""Rows of the work queue: pairs that wait for somebody to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.duplicates import queries
from registry.duplicates.services import NEEDS
from vuokra.access.context import Actor
from vuokra.desk import rows
from vuokra.desk.rows import Kind, Row

KIND = Kind("duplicates", gettext_lazy("Kaksoiskappale"), "copy", needs=NEEDS)


def register() -> None:
    """Called from the room's AppConfig."""
    rows.register(KIND, waiting)


def waiting(actor: Actor, today: date) -> Iterator[Row]:
    """One row for the pairs found in the register, and one for each pair of one code."""
    count, clashes = queries.waiting()
    for pair in clashes:
        yield Row(
            kind=KIND.code,
            key=str(pair.pk),
            task=_("Selvitä, kenen henkilötunnus on"),
            facts=_("Sama tunnus yritettiin kirjata kahdelle."),
            due=None,
            action=_("Selvitä"),
            url=reverse("duplicates:compare", args=[pair.pk]),
            since=timezone.localdate(pair.found_at),
        )
    if count:
        yield Row(
            kind=KIND.code,
            key="found",
            task=_("Käy läpi mahdolliset kaksoiskappaleet"),
            facts=ngettext("%(count)s pari odottaa.", "%(count)s paria odottaa.", count)
            % {"count": count},
            due=None,
            action=_("Käy läpi"),
            url=reverse("duplicates:list"),
        )
