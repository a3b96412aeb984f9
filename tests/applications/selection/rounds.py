"""A flat with its funding, a selection for it and applicants worked out, for tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from applications.intake.models import Application
from applications.selection import services
from applications.selection.models import Round
from leases.homes.models import Flat, Regime
from tests.applications.selection.conftest import TODAY, asking, somebody
from tests.applications.selection.test_ranking import municipality_says


def choosing(flat: Flat, funding: str = "arava", **given: Any) -> Round:
    """A selection for a flat of this funding, in a municipality with wealth limits; in the open
    context, as the system."""
    if not Regime.objects.filter(flat=flat).exists():
        Regime.objects.create(flat=flat, funding=funding, valid_from=date(2000, 1, 1))
        municipality_says()
    values: dict[str, Any] = {
        "free_from": TODAY, "rent_eur": Decimal(600), "open_to_all_from": TODAY,
    }  # fmt: skip
    return services.open_round(flat, **(values | given), today=TODAY)


def applicants(*wages: str, **given: Any) -> list[Application]:
    """Applicants alike but for their wages, worked out; in the open context."""
    found = [asking(somebody(20 + at), wages=one, **given) for at, one in enumerate(wages)]
    services.assess_due(TODAY)
    return found


def code_of(act: Callable[[], object]) -> str:
    """By which code an act is refused."""
    with pytest.raises(ValidationError) as refused:
        act()
    return str(refused.value.error_list[0].code)
