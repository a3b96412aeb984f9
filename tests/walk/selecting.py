"""The choosing of a resident in which the person's application was passed over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from applications.intake.models import Application
from applications.selection.models import Round, Skip, SkipReason
from leases.homes.models import Flat
from tests.walk.canaries import PASSED_OVER


def plant_selection(number: object, today: dt.date) -> None:
    """An open selection of a flat, with a reason why the application was passed over."""
    choosing = Round.objects.create(
        flat=Flat.objects.order_by("pk")[0], free_from=today, rent_eur=Decimal(600),
        open_to_all_from=today,
    )  # fmt: skip
    Skip.objects.create(
        round=choosing, application=Application.objects.get(number=number),
        reason=SkipReason.NOT_REACHED, text=PASSED_OVER,
    )  # fmt: skip
