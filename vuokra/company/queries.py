"""Who the controller is."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from vuokra.company.models import Company, Limits, NoticeVersion
from vuokra.db.prepared import prepared


def company() -> Company | None:
    """The controller's details, or None before the first production start is finished."""
    return Company.objects.first()


def company_name() -> str:
    """The controller's name, empty before it has been entered."""
    return next(iter(_name()), "")


@prepared
def _name() -> QuerySet[Company, str]:
    return Company.objects.order_by().values_list("name", flat=True)[:1]


def limits() -> Limits:
    """The limits of looking at people: those saved, or the defaults."""
    return next(iter(_limits()), None) or Limits()


@prepared
def _limits() -> QuerySet[Limits]:
    return Limits.objects.order_by()[:1]


def notice_on(day: date) -> NoticeVersion | None:
    """The version of the privacy notice that held on a day; one statement. None before the first
    was published."""
    return NoticeVersion.objects.filter(valid_from__lte=day).first()


def notice_versions(today: date) -> list[NoticeVersion]:
    """Versions of the privacy notice that hold or have held, the newest first."""
    return list(NoticeVersion.objects.filter(valid_from__lte=today))
