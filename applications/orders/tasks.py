"""The background worker's part: whoever signs leases knows nothing of applications, and whoever
takes an application back nothing of leases."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from applications.orders import queries, services
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


def call_again() -> int:
    """Call the steps of orders anew that failed when they were called: the work of the night. How
    many; each step does nothing when it is done already, and keeps no other from being done."""
    signed, taken_back = queries.left_behind()
    for order_id in signed:
        close_selection.enqueue(order_id)
    for offer_id in taken_back:
        withdraw.enqueue(offer_id)
    return len(signed) + len(taken_back)
