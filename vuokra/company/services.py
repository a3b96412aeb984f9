"""What the main user does with the controller's details."""

from __future__ import annotations

from django.db import transaction

from vuokra.access.codes import Action
from vuokra.access.context import current
from vuokra.company.models import Company, Limits, NoticeVersion


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


@transaction.atomic
def save_limits(limits: Limits) -> Limits:
    """Save the limits of looking at people, the one row. Raises ValidationError."""
    limits.pk = 1
    limits.full_clean(validate_unique=False)
    limits.save()
    context = current()
    context.action = Action.SETTING
    context.note("limits", str(limits.pk))
    return limits


@transaction.atomic
def publish_notice(version: NoticeVersion) -> NoticeVersion:
    """Publish a new version of the privacy notice. Raises ValidationError."""
    version.full_clean()
    version.save(force_insert=True)
    context = current()
    context.action = Action.SETTING
    context.note("notice_version", str(version.pk))
    return version
