"""What is done with rules: the main user adds, confirms and withdraws; a decision notes its use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.rules import queries
from vuokra.rules.kinds import Value, written
from vuokra.rules.models import Evidence, Holiday, RuleVersion
from vuokra.rules.queries import RuleValue, first_note
from vuokra.rules.registry import Spec, spec, specs
from vuokra.rules.rules import finnish_holidays
from vuokra.rules.signals import changed

HOLIDAY_YEARS = range(2016, 2037)
"""Years whose holidays the product brings along."""

SEED_BATCH = 500


def note_use(*values: RuleValue) -> None:
    """Mark versions as used, when a decision that keeps them is saved: nothing can change them any
    more. Costs a statement only for those not marked before."""
    note_versions((value.key, value.version) for value in values if not value.used)


def note_versions(versions: Iterable[tuple[str, int]]) -> None:
    """The same of versions that are known by key and number, as what was worked out keeps them;
    one statement, none when all were noted before."""
    fresh = [Q(key=key, version=number) for key, number in versions if first_note(key, number)]
    if fresh:
        these = RuleVersion.objects.filter(reduce(or_, fresh), used_at__isnull=True)
        these.update(used_at=timezone.now())


def checked_value(one: Spec, value: Value) -> str:
    """The value as it is kept. Raises ValidationError at `value` when it cannot be one."""
    texts = {
        "type": _("Arvo ei ole säännön lajin mukainen."),
        "choice": _("Valitse jokin vaihtoehdoista."),
        "range": _("Arvon pitää olla %(low)s–%(high)s."),
    }
    if problem := one.refusal(value):
        low, high = (limit if limit is not None else "…" for limit in (one.minimum, one.maximum))
        raise ValidationError(
            {"value": ValidationError(texts[problem], params={"low": low, "high": high})}
        )
    return written(one.kind, value)


@transaction.atomic
def add_version(
    key: str,
    value: Value,
    valid_from: dt.date,
    *,
    source: str,
    note: str = "",
    valid_until: dt.date | None = None,
) -> RuleVersion:
    """Add the company's own value of a rule from a day on. It counts as confirmed.

    Raises ValidationError at the field, and LookupError for a rule that nobody registered.
    """
    one = spec(key)
    row = RuleVersion(
        key=key,
        kind=one.kind,
        value=checked_value(one, value),
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        note=note,
        confirmed_at=timezone.now(),
    )
    row.full_clean(validate_constraints=False)
    if one.always and valid_until is not None:
        raise ValidationError(
            {
                "valid_until": _(
                    "Tällä säännöllä on oltava arvo koko ajan: jätä päättymispäivä tyhjäksi."
                )
            }
        )
    with constraint_errors(RuleVersion):
        row.save(force_insert=True)
    row.refresh_from_db(fields=["version"])
    _note_setting("rule", _number(row))
    changed.send(None, key=key)
    return row


@transaction.atomic
def confirm(row: RuleVersion) -> RuleVersion:
    """The company confirms a number that the product brought. Raises ValidationError when there is
    nothing to confirm."""
    row = RuleVersion.objects.select_for_update().get(pk=row.pk)
    if not row.unconfirmed or row.withdrawn_at:
        raise ValidationError(_("Rivi on jo vahvistettu tai peruttu."))
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    _note_setting("rule_confirmed", _number(row))
    return row


@transaction.atomic
def withdraw(row: RuleVersion) -> RuleVersion:
    """Take back a row that nothing has used.

    Raises ValidationError for one that was used, and for one after which nothing would hold today.
    """
    rows = list(RuleVersion.objects.select_for_update().filter(key=row.key))
    row = next(one for one in rows if one.pk == row.pk)
    if row.used_at or row.withdrawn_at:
        raise ValidationError(_("Riviä on jo käytetty tai se on peruttu. Lisää uusi versio."))
    if row not in withdrawable(rows, timezone.localdate()):
        raise ValidationError(
            _("Säännöllä ei olisi sen jälkeen voimassa olevaa arvoa. Lisää uusi versio.")
        )
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    _note_setting("rule_withdrawn", _number(row))
    changed.send(None, key=row.key)
    return row


def withdrawable(rows: list[RuleVersion], today: dt.date) -> list[RuleVersion]:
    """Those of a rule's rows that nothing has used and without which a value still holds today, or
    holds no less than with them."""
    held = [row for row in rows if row.withdrawn_at is None]
    now = queries.current(held, today)
    return [
        row
        for row in held
        if not row.used_at
        and (row != now or queries.current([one for one in held if one != row], today))
    ]


@transaction.atomic
def save_holiday(holiday: Holiday) -> Holiday:
    """Save a holiday or eve; the first of a new year brings the year's holidays along. Raises
    ValidationError."""
    holiday.full_clean(validate_unique=False)
    if holiday.pk is None:
        seed_holidays([holiday.day.year])
        known = Holiday.objects.filter(day=holiday.day).values_list("pk", flat=True).first()
        holiday.pk = known
    holiday.save()
    _note_setting("holiday", holiday.day.isoformat())
    return holiday


def _number(row: RuleVersion) -> str:
    return f"{row.key} v{row.version}"


def _note_setting(name: str, what: str) -> None:
    queries.forget()
    context = current()
    context.action = Action.SETTING
    context.note(name, what)


# -- what the product brings along -------------------------------------------------------------


def seed_rules() -> int:
    """Add the seeds that are not there yet; how many were added.

    Rows that are there stay as they are, withdrawn ones too. Once the company has set a value of
    its own, seeds that are a matter of choice are not added to it any more.
    """
    rows: dict[str, list[RuleVersion]] = {}
    for row in RuleVersion.objects.all():
        rows.setdefault(row.key, []).append(row)
    made = [row for one in specs() for row in _new_seeds(one, rows.get(one.key, []))]
    for start in range(0, len(made), SEED_BATCH):
        RuleVersion.objects.bulk_create(made[start : start + SEED_BATCH])
    queries.forget()
    return len(made)


def _new_seeds(one: Spec, rows: list[RuleVersion]) -> Iterable[RuleVersion]:
    own = any(not row.seeded and row.withdrawn_at is None for row in rows)
    for seed in sorted(one.seeds, key=lambda seed: seed.valid_from):
        last = seed.valid_until or seed.valid_from
        if (own and seed.evidence == Evidence.CHOICE) or any(
            seed.valid_from <= (row.valid_until or row.valid_from) and row.valid_from <= last
            for row in rows
        ):
            continue
        yield RuleVersion(
            key=one.key,
            kind=one.kind,
            value=written(one.kind, seed.value),
            valid_from=seed.valid_from,
            valid_until=seed.valid_until,
            source=seed.source,
            note=seed.note,
            evidence=seed.evidence,
            seeded=True,
        )


def seed_holidays(years: Iterable[int] = HOLIDAY_YEARS) -> int:
    """Add the holidays of years that have none; how many days were added. What the main user has
    edited stays."""
    wanted = [day for year in years for day in finnish_holidays(year)]
    there = set(Holiday.objects.values_list("day", flat=True))
    made = [
        Holiday(day=one.day, name_fi=one.name.fi, name_en=one.name.en, rolls=one.rolls)
        for one in wanted
        if one.day not in there
    ]
    Holiday.objects.bulk_create(made)
    queries.forget()
    return len(made)
