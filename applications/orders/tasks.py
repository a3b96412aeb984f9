"""The background worker's part: whoever signs leases knows nothing of applications, and whoever
takes an application back nothing of leases."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from applications.orders import services
from vuokra.access.tasks import accessing
from vuokra.policy.roles import Purpose


@task()
@accessing(purpose=Purpose.ASUKASVALINTA)
def close_selection(order_id: int) -> None:
    """End the selection and the application of a signed lease. The argument is the order's id."""
    services.close_selection(order_id, timezone.localdate())


@task()
@accessing(purpose=Purpose.SOPIMUS)
def withdraw(offer_id: int) -> None:
    """Withdraw the order of an offer that was taken back. The argument is the offer's id alone."""
    services.withdraw(offer_id)
