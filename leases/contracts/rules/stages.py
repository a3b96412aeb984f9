"""How far a lease has come (sopimuksen vaihe), from its days. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The stages of a lease, in their order."""

    DRAFT = "luonnos", _("Luonnos")
    WAITING = "odottaa", _("Odottaa allekirjoitusta")
    COMING = "alkava", _("Alkaa")
    IN_FORCE = "voimassa", _("Voimassa")
    NOTICE = "paattyva", _("Päättyy")
    ENDED = "paattynyt", _("Päättynyt")
    CANCELLED = "peruttu", _("Peruttu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The days by which a stage is judged; `last_day` is the last one of the tenancy if known."""

    ready: bool
    concluded_on: date | None
    cancelled_on: date | None
    starts_on: date
    last_day: date | None


def stage(facts: Facts, today: date) -> Stage:
    """How far the lease has come on a day. A lease that ends is told to end from the moment its
    last day is known, on the last day too."""
    if facts.cancelled_on is not None:
        return Stage.CANCELLED
    if facts.concluded_on is None:
        return Stage.WAITING if facts.ready else Stage.DRAFT
    if facts.last_day is not None and facts.last_day < today:
        return Stage.ENDED
    if today < facts.starts_on:
        return Stage.COMING
    return Stage.NOTICE if facts.last_day is not None else Stage.IN_FORCE
