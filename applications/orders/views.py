"""The page on which an ordered lease is drawn up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.orders import services
from applications.orders.forms import DrawForm
from applications.orders.models import LeaseOrder, OrderState
from applications.orders.queries import FROM_DECISION, decision_of, opens, order_of
from leases.contracts.forms import usual_terms
from leases.contracts.models import Lease
from registry.persons.purposes import VIEWING
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.pages import posted, save_page

READ_OF_DECISION = (
    (Group.PERSON, Level.READ), (Group.NEED, Level.READ), (Group.SELECTION, Level.READ),
)  # fmt: skip
NEEDS = ((Group.PERSON, Level.READ), (Group.LEASE, Level.WRITE), (Group.HOMES, Level.READ))


@access(Action.CREATE, Surface.FORM, purposes=VIEWING, needs=NEEDS)
@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Draw up the lease of an accepted offer; one that is drawn up opens."""
    today = timezone.localdate()
    row = order_of(uuid, today)
    order = row.order
    if order.lease_id is not None and not posted(request):
        return redirect("leases:lease", order.lease_id)
    form = DrawForm(posted(request), initial=_proposed(order))

    def save() -> Lease:
        rent = form.cleaned_data["rent_eur"]
        return services.draw_up(order, form.terms, rent_eur=rent, today=today)

    back, came_from = _way(request, order, today)
    return save_page(
        request, "orders/order.html", form, save,
        done=_("Sopimusluonnos on tehty: osapuolet ja vuokra ovat mukana."),
        to=lambda made: reverse("leases:lease", args=[made.pk]), row=row, order=order,
        flat=order.flat, open=order.state == OrderState.OPEN,
        withdrawn=order.state == OrderState.WITHDRAWN,
        drawn=opens(order, today), back=back, came_from=came_from,
    )  # fmt: skip


def _way(request: HttpRequest, order: LeaseOrder, today: date) -> tuple[str, str]:
    """Where one came from, and what it is called: the decision, for those to whom it opens, else
    the work queue."""
    if FROM_DECISION in request.GET and current().actor.meets(READ_OF_DECISION):
        decision = decision_of(order, today)
        if decision is not None:
            return reverse("selection:decided", args=[decision.uuid]), _("Valintapäätös")
    return reverse("home"), _("Työjono")


def _proposed(order: LeaseOrder) -> dict[str, object]:
    """What the lease says unless it is changed: the day and the rent that were offered."""
    return usual_terms() | {"starts_on": order.free_from, "rent_eur": order.rent_eur}
