"""Publishing the house rules."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leases.contracts.models import HouseRules
from vuokra.db.constraints import constraint_errors


def publish_house_rules(rules: HouseRules, *, today: date) -> HouseRules:
    """Publish a version of the house rules (järjestyssääntöjen julkaiseminen); it stays as it is.

    Raises ValidationError for one that would hold from a day of the past: tenants have been given
    those that held then.
    """
    refuse_past(rules.valid_from, today)
    with constraint_errors(HouseRules):
        rules.save(force_insert=True)
    return rules


def refuse_past(valid_from: date, today: date) -> None:
    """Raises ValidationError for a version from a day of the past."""
    if valid_from < today:
        text = _("Uusi versio on voimassa aikaisintaan tästä päivästä.")
        raise ValidationError({"valid_from": ValidationError(text, code="past")})
