"""Printing the papers of leases: they are ordered here and made in the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leases.contracts import queries
from leases.contracts.forms import OWN, PrintForm
from leases.contracts.papers import ordering
from leases.contracts.papers.ordering import Printed
from leases.contracts.queries import Filters, LeaseRow
from leases.contracts.rules.stages import Stage
from leases.contracts.views.common import PURPOSES, WRITE, page_of, row_of
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.documents.models import Document
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

CODED = (*WRITE, (Group.HETU, Level.MASKED))


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def print_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Order a paper of a lease: the lease itself, a guarantee, an annex, a confirmation."""
    row, form = row_of(pk), PrintForm({"language": OWN, **request.POST.dict()})
    if not form.is_valid():
        messages.error(request, _("Valitse asiakirja ja kieli."))
        return redirect(page_of(row.lease))
    paper, language = Printed(form.cleaned_data["paper"]), form.chosen_language
    return _ordered(request, row, lambda: ordering.order(row, paper, language=language))


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def print_notice(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """Order what is to be served, for each who is served."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.notice_of(row.lease, notice)
    return _ordered(request, row, lambda: ordering.order_notice(row, known, today=today))


def _ordered(
    request: HttpRequest, row: LeaseRow, order: Callable[[], Sequence[Document]]
) -> HttpResponse:
    """Say what was ordered, or why not; a single document is gone to."""
    try:
        made = order()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(page_of(row.lease))
    if len(made) == 1:
        messages.success(request, _("Asiakirja tilattiin. Se valmistuu hetken kuluttua."))
        return redirect("documents:document", made[0].uuid)
    messages.success(
        request,
        ngettext("%(count)s asiakirja tilattiin.", "%(count)s asiakirjaa tilattiin.", len(made))
        % {"count": len(made)},
    )
    return redirect(page_of(row.lease))


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=CODED)
@require_POST
def print_many(request: HttpRequest) -> HttpResponse:
    """Order the leases that wait for signatures, all at once."""
    rows = queries.leases_to_print(Filters(Stage.WAITING), today=timezone.localdate())
    try:
        batch = ordering.order_many(rows)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("leases:list")
    return redirect("documents:batch", batch)
