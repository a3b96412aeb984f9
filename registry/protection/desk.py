"""Rows of turvakielto in the work queue: reviews, tasks after recording, ends to approve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.protection import queries, rules
from registry.protection.models import Turvakielto
from vuokra.access.context import Actor
from vuokra.desk import rows as desk
from vuokra.desk.rows import Kind, Row
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

KIND = Kind(
    "turvakielto",
    gettext_lazy("Turvakielto"),
    "user-lock",
    needs=((Group.PROTECTION, Level.READ), (Group.CONTACT, Level.WRITE)),
    weight=90,
    violet=True,
)


def rows(actor: Actor, today: date) -> Iterator[Row]:
    """What waits of bans in force; three statements."""
    yield from _reviews(today)
    yield from _endings(actor, today)
    yield from _tasks(today)


def _reviews(today: date) -> Iterator[Row]:
    """A ban whose last day nears or has passed: confirmed from DVV by a person (DP-A22)."""
    for ban in queries.bans_to_review(today).select_related("person"):
        past = rules.is_past(ban.valid_until, today)
        yield _row(
            ban,
            f"review-{ban.pk}",
            _("Varmista turvakielto DVV:ltä"),
            _("Päivä on ohi, tiedot pysyvät peitettyinä.")
            if past
            else _("Päättymispäivä lähestyy."),
            ban.review_at,
            _("Tarkista"),
        )


def _endings(actor: Actor, today: date) -> Iterator[Row]:
    """Another's proposal that a ban ends: four eyes (DP-A53)."""
    waiting = queries.ending_proposals().exclude(ending_proposed_by_id=actor.user_id)
    for ban in waiting.select_related("person"):
        yield _row(
            ban, f"ending-{ban.pk}", _("Hyväksy tai hylkää turvakiellon päättäminen"),
            _("Ehdottaja ei voi hyväksyä itse."), today, _("Käsittele"),
        )  # fmt: skip


def _tasks(today: date) -> Iterator[Row]:
    """What was not yet checked after a ban was recorded (DP-T5)."""
    open_tasks = queries.open_tasks().order_by().values("ban_id").annotate(number=Count("id"))
    numbers = {one["ban_id"]: one["number"] for one in open_tasks}
    for ban in Turvakielto.objects.filter(pk__in=numbers).select_related("person"):
        number = numbers[ban.pk]
        facts = ngettext(
            "%(n)s asia tarkistamatta", "%(n)s asiaa tarkistamatta", number
        ) % {"n": number}  # fmt: skip
        noted = timezone.localtime(ban.noted_at).date()
        yield _row(
            ban, f"tasks-{ban.pk}", _("Turvakielto merkitty: tarkista kirjeet, viennit ja kyltit"),
            facts, noted, _("Tarkista"),
        )  # fmt: skip


def _row(ban: Turvakielto, key: str, task: str, facts: str, due: date, action: str) -> Row:
    return Row(
        kind=KIND.code, key=key, task=task, facts=facts, due=due, action=action,
        url=reverse("protection:ban", args=[ban.person.public_id]), person_id=ban.person_id,
        statutory=True, protected=True, since=timezone.localtime(ban.noted_at).date(),
    )  # fmt: skip


def register() -> None:
    """Register the rows of this room."""
    desk.register(KIND, rows)
