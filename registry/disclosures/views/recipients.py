"""Pages of recipients and their bases."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.disclosures import queries, services
from registry.disclosures.forms.recipients import BasisForm, RecipientForm
from registry.disclosures.models import Category, DisclosureBasis, Recipient
from registry.disclosures.queries import Wanted
from registry.disclosures.texts import named
from registry.disclosures.views.common import READ, WATCHING, WRITE, saved_page, segments
from registry.persons.forms import EndForm
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import page_number, posted

METHODS = ["GET", "HEAD", "POST"]
FORM = "disclosures/form.html"


@access(Action.LIST, Surface.LIST, purposes=WATCHING, needs=READ)
@require_safe
def recipient_list(request: HttpRequest) -> HttpResponse:
    """Everybody who may be given data, with the basis that serves today."""
    rows = queries.recipient_list(today=timezone.localdate())
    context = {"rows": rows, "segments": segments("disclosures:recipients")}
    return render(request, "disclosures/recipients.html", context)


@access(Action.VIEW, Surface.DETAIL, purposes=WATCHING, needs=READ)
@require_safe
def one_recipient(request: HttpRequest, pk: int) -> HttpResponse:
    """A recipient: on what basis which data, and what was given."""
    recipient = queries.recipient_by_id(pk)
    today = timezone.localdate()
    bases = [_basis(one, today) for one in recipient.bases.all()]
    page = queries.disclosure_page(Wanted(recipient=recipient.pk), page_number(request))
    context = {
        "recipient": recipient, "bases": bases, "page": page, "lines": page.object_list,
    }  # fmt: skip
    return render(request, "disclosures/recipient.html", context)


def _basis(basis: DisclosureBasis, today: date) -> dict[str, object]:
    """A basis in words."""
    return {
        "row": basis,
        "codes": named(basis.codes),
        "purposes": ", ".join(str(Purpose(one).label) for one in basis.purposes),
        "now": queries.terms_of(basis).holds(today),
    }


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def new_recipient(request: HttpRequest) -> HttpResponse:
    """Enter a recipient; it may be given nothing before it has a basis."""
    return _edit(request, Recipient(), RecipientForm(posted(request)), _("Uusi vastaanottaja"))


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def edit_recipient(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a recipient."""
    recipient = queries.recipient_by_id(pk)
    form = RecipientForm(posted(request), initial=RecipientForm.of(recipient))
    return _edit(request, recipient, form, _("Muokkaa vastaanottajaa"))


def _edit(
    request: HttpRequest, recipient: Recipient, form: RecipientForm, heading: str
) -> HttpResponse:
    def save() -> object:
        given = form.cleaned_data
        return services.save_recipient(
            recipient, name=given["name"], category=Category(given["category"]),
            country=given["country"], contact=given["contact"], collects=given["collects"],
        )  # fmt: skip

    return saved_page(
        request, form, save, template=FORM, back=reverse("disclosures:recipients"),
        done=_("Vastaanottaja on tallennettu."), heading=heading, recipient=None, person=None,
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def add_basis(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter and approve a basis."""
    recipient = queries.recipient_by_id(pk)
    form = BasisForm(
        posted(request), recipient=recipient, initial={"valid_from": timezone.localdate()}
    )
    return saved_page(
        request, form, lambda: services.add_basis(recipient, form.terms), template=FORM,
        back=reverse("disclosures:recipient", args=[pk]), done=_("Peruste on hyväksytty."),
        heading=_("Uusi peruste"), recipient=recipient, person=None,
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=WATCHING, needs=WRITE)
@require_http_methods(METHODS)
def end_basis(request: HttpRequest, pk: int) -> HttpResponse:
    """End a basis earlier than it says."""
    basis = queries.basis_by_id(pk)
    form = EndForm(posted(request), initial={"last_day": timezone.localdate()})

    def save() -> object:
        services.end_basis(basis, last_day=form.cleaned_data["last_day"])
        return basis

    return saved_page(
        request, form, save, template=FORM,
        back=reverse("disclosures:recipient", args=[basis.recipient_id]),
        done=_("Peruste on päätetty."), heading=_("Päätä peruste"), recipient=basis.recipient,
        person=None,
    )  # fmt: skip
