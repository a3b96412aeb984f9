"""The background worker's part: an application is worked out anew soon after it changed."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from applications.selection import services
from vuokra.access.tasks import accessing
from vuokra.policy.roles import Purpose


@task()
@accessing(purpose=Purpose.ASUKASVALINTA)
def assess(application_id: int) -> None:
    """Work out what an application comes to today. The argument is its id alone."""
    services.assess_again([application_id], timezone.localdate())


@task()
@accessing(purpose=Purpose.ASUKASVALINTA)
def assess_of_person(person_id: int) -> None:
    """Work out anew what the applications of a person come to. The argument is the id alone."""
    services.assess_of_person(person_id, timezone.localdate())


@task()
@accessing(purpose=Purpose.ASUKASVALINTA)
def assess_due() -> None:
    """Work out anew what a changed rule has made old: no choice is made from it meanwhile."""
    services.assess_due_today()
