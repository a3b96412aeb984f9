"""What the main user does with the controller's details."""

from __future__ import annotations

from django.db import transaction

from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.company.models import Company


@transaction.atomic
def save_company(company: Company) -> Company:
    """Save the controller's details, the one row. Raises ValidationError."""
    company.pk = 1
    company.full_clean(validate_unique=False)
    company.save()
    context = current()
    context.action = Action.SETTING
    context.note("company", str(company.pk))
    return company
