"""The list of inspections and the page of one; agreeing, doing, signing and comparing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leases.contracts import queries as of_leases
from leases.inspections import papers, queries, services
from leases.inspections.forms import AgreeForm, CancelForm, FinishForm, SignedForm, TimeForm
from leases.inspections.models import Inspection
from leases.inspections.rules import Kind, State
from leases.inspections.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    inspection_form,
    inspectors,
    page_of,
    row_of,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.ui.listing import Parts
from vuokra.ui.pages import form_page, page_number, posted
from vuokra.ui.steps import Step, bar

AGREE = (*WRITE, (Group.LEASE, Level.READ))


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """Inspections by state, 50 on a page."""
    parts, number = Parts(State, request.GET), page_number(request)
    page = queries.inspection_list(parts.chosen, number, today=timezone.localdate())
    context = {
        "page": page,
        "rows": page.object_list,
        "segments": parts.segments,
        "query": parts.query,
    }
    return render(request, "inspections/list.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """An inspection: its rooms one after another, remarks, readings and the charge proposal."""
    page = queries.inspection_page(row_of(pk), today=timezone.localdate())
    one = page.row.inspection
    context = {"page": page, "row": page.row, "inspection": one, "steps": _steps(page)}
    return render(request, "inspections/inspection.html", context)


def _steps(page: queries.InspectionPage) -> list[Step]:
    """The steps of an inspection with where it is."""
    one = page.row.inspection
    return bar(
        [
            (_("Sovittu"), True, None),
            (_("Tilat käyty läpi"), not page.left, None),
            (_("Tehty"), one.done_on is not None, one.done_on),
            (_("Allekirjoitettu paperille"), one.signed_on is not None, one.signed_on),
        ]
    )


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of an inspection beside that of the move-in."""
    row = row_of(pk)
    context = {"row": row, "inspection": row.inspection,
               "comparison": queries.comparison(row.inspection)}  # fmt: skip
    return render(request, "inspections/compare.html", context)


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=AGREE)
@require_http_methods(METHODS)
def agree(request: HttpRequest, lease: int) -> HttpResponse:
    """Agree on an inspection of a lease with its first tenant."""
    today = timezone.localdate()
    row = of_leases.lease_by_id(lease, today=today)
    kind = request.GET.get("laji", "")
    form = AgreeForm(
        posted(request), staff=inspectors(today),
        initial={"kind": kind if kind in Kind.values else "", "inspector": current().actor.user_id},
    )  # fmt: skip

    def save() -> Inspection:
        tenant = next(iter(row.tenants), None)
        return services.agree(
            row.lease, Kind(form.cleaned_data["kind"]), at=form.moment, today=today,
            inspector_id=form.cleaned_data["inspector"],
            contact=tenant.person if tenant else None,
        )  # fmt: skip

    made = form.run(save) if form.is_bound and form.is_valid() else None
    if made is not None:
        messages.success(request, _("Tarkastus on sovittu."))
        return redirect(page_of(made))
    return form_page(request, "inspections/agree.html", forms=[form], form=form, row=row)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, or who inspects."""
    row, today = row_of(pk), timezone.localdate()
    at = timezone.localtime(row.inspection.agreed_at)
    form = TimeForm(
        posted(request), staff=inspectors(today),
        initial={"day": at.date(), "at": at.time(), "inspector": row.inspection.inspector_id},
    )  # fmt: skip

    def save() -> Inspection:
        return services.move(
            row.inspection, at=form.moment, inspector_id=form.cleaned_data["inspector"]
        )

    return inspection_form(
        request, row, form, save, heading=_("Muuta aikaa"), done=_("Aika on muutettu.")
    )


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The flat has been inspected."""
    row, today = row_of(pk), timezone.localdate()
    form = FinishForm(posted(request), initial={"on": today})

    def save() -> Inspection:
        given = form.cleaned_data
        return services.finish(
            row.inspection, on=given["on"], tenant_present=given["tenant_present"], today=today
        )

    return inspection_form(
        request, row, form, save, heading=_("Merkitse tehdyksi"),
        done=_("Tarkastus on merkitty tehdyksi."),
        explain=_("Pöytäkirjaa voi korjata, kunnes se on allekirjoitettu paperille."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Both signed the record on paper."""
    row, today = row_of(pk), timezone.localdate()
    form = SignedForm(posted(request), initial={"on": today})
    return inspection_form(
        request, row, form,
        lambda: services.sign(row.inspection, on=form.cleaned_data["on"], today=today),
        heading=_("Kirjaa allekirjoitukset"), done=_("Allekirjoitukset on kirjattu."),
        explain=_(
            "Kirjaa päivä, jona molemmat ovat allekirjoittaneet pöytäkirjan. Sen jälkeen siitä ei "
            "voi muuttaa mitään."
        ),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """An inspection that does not take place."""
    row, today = row_of(pk), timezone.localdate()
    form = CancelForm(posted(request))
    return inspection_form(
        request, row, form,
        lambda: services.cancel(row.inspection, form.cleaned_data["reason"], today=today),
        heading=_("Peru tarkastus"), done=_("Tarkastus on peruttu."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def print_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the record for both to sign; it is listed on the page of the lease."""
    row = row_of(pk)
    try:
        document = papers.order_record(row.inspection)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(page_of(row.inspection))
    messages.success(request, _("Pöytäkirja tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)
