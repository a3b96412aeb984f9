"""What the municipality has decided, recorded by the main user: wealth limits, permits (P8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from applications.intake.services.common import refused_at
from applications.selection.models import ExemptionPermit, WealthLimit, WealthTable
from applications.selection.rules.exceptions import longest_permit
from applications.selection.rules.wealth import is_whole
from leases.homes.models import Site
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.rules.days import WRONG_YEAR, YEARS
from vuokra.rules.queries import rule
from vuokra.rules.rules import DAY
from vuokra.ui import formatting


def municipalities() -> list[str]:
    """The municipalities in which the company has sites, in their order; one statement."""
    return sorted({one.in_municipality for one in Site.objects.all()})


@transaction.atomic
def publish_limits(
    table: WealthTable, limits: Mapping[int, Decimal], *, today: date
) -> WealthTable:
    """Enter a municipality's wealth limits from a day on (varallisuusrajat), euros by number of
    persons; those before them end the day before.

    Raises ValidationError at its field: for a municipality without sites, limits with a gap, and a
    first day that would alter what has held.
    """
    if table.municipality not in municipalities():
        text = _("Yhtiöllä ei ole kohteita tässä kunnassa.")
        raise refused_at("municipality", text, "municipality")
    if not is_whole(limits):
        text = _("Anna raja jokaiselle henkilömäärälle yhdestä alkaen, ilman aukkoja.")
        raise refused_at("limit_1", text, "gap")
    before = (
        WealthTable.objects.select_for_update()
        .filter(municipality=table.municipality, valid_from__lte=table.valid_from, valid_to=None)
        .first()
    )
    if before is not None:
        if table.valid_from <= today:
            text = _("Kunnalla on jo rajat voimassa. Uudet alkavat aikaisintaan huomenna.")
            raise refused_at("valid_from", text, "past")
        if before.valid_from == table.valid_from:
            text = _("Kunnalla on jo varallisuusrajat samalta ajalta.")
            raise refused_at("valid_from", text, "same")
        before.valid_to = table.valid_from - DAY
        before.save()
    table.recorded_by_id = current().actor.user_id
    with constraint_errors(WealthTable):
        table.save(force_insert=True)
    for persons, euros in sorted(limits.items()):
        WealthLimit(table=table, persons=persons, euros=euros).save(force_insert=True)
    return table


@transaction.atomic
def record_permit(permit: ExemptionPermit, sites: Collection[Site]) -> ExemptionPermit:
    """Record a municipality's permit to deviate for a time (VNa 166/2008 7 §); without sites it is
    for all of them, where they are in one municipality. Raises ValidationError at its field for one
    that is too long, waives nothing, is for no flat, or whose sites are in several municipalities.
    Raises RuleMissing."""
    if permit.valid_from.year not in YEARS:
        raise refused_at("valid_from", WRONG_YEAR, "year")
    last = longest_permit(rule, permit.valid_from)
    if permit.valid_to > last:
        text = _("Lupa voi olla voimassa enintään %(day)s.") % {"day": formatting.date(last)}
        raise refused_at("valid_to", text, "long")
    if len({one.in_municipality for one in sites}) > 1:
        text = _("Luvan kohteet ovat yhdessä kunnassa: sen, joka luvan antaa.")
        raise refused_at("sites", text, "municipality")
    if not sites and len(municipalities()) > 1:
        text = _("Yhtiöllä on kohteita useassa kunnassa. Valitse kohteet, joita lupa koskee.")
        raise refused_at("sites", text, "sites")
    permit.recorded_by_id = current().actor.user_id
    with constraint_errors(ExemptionPermit):
        permit.save(force_insert=True)
    permit.sites.set(sites)
    return permit
