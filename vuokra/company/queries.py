"""Who the controller is."""

from __future__ import annotations

from datetime import date

from vuokra.company.models import Company, Limits, NoticeVersion


def company() -> Company | None:
    """The controller's details, or None before the first production start is finished."""
    return Company.objects.first()


def company_name() -> str:
    """The controller's name, empty before it has been entered."""
    return Company.objects.values_list("name", flat=True).first() or ""


def limits() -> Limits:
    """The limits of looking at people: those saved, or the defaults."""
    return Limits.objects.first() or Limits()


def notice_versions(today: date) -> list[NoticeVersion]:
    """Versions of the privacy notice that hold or have held, the newest first."""
    return list(NoticeVersion.objects.filter(valid_from__lte=today))
