"""Giving the answer, and everything after it; files; the ends of a request."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.rights import clock, letters, papers, services
from registry.rights.forms import AttachmentForm, DeliverForm, NoteForm, WayForm
from registry.rights.models import LetterKind, Way
from registry.rights.queries import attachment_of, delivery_of, request_by_number
from registry.rights.services import attaching
from registry.rights.views.common import (
    HANDLING,
    READ,
    WRITE,
    act_now,
    act_page,
    form_of,
    page_of,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.documents.services import render as render_pdf
from vuokra.ui.reveals import revealed


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the answer was given, and its proof."""
    row = request_by_number(number)
    form = form_of(request, DeliverForm, row, initial={"delivered_on": clock.today()})
    return act_page(
        request, row, form,
        lambda: services.deliver(row, form.given, version=form.of_page),
        heading=_("Kirjaa toimitus"), done=_("Vastaus on kirjattu toimitetuksi."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def missent(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Record that an answer went to the wrong place."""
    row = request_by_number(number)
    delivery = delivery_of(row, pk)
    form = form_of(request, NoteForm, row, label=_("Mitä tapahtui"))
    return act_page(
        request, row, form,
        lambda: services.report_missent(delivery, what=form.cleaned_data["note"]),
        heading=_("Vastaus meni väärään paikkaan"), danger=True,
        done=_("Väärä lähetys on kirjattu mahdolliseksi tietoturvaloukkaukseksi."),
        lead=_("Rekisteriasioiden hoitaja arvioi heti, onko kyse tietoturvaloukkauksesta."),
        button=_("Kirjaa väärä lähetys"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, number: str) -> HttpResponse:
    """State that recipients were told of what was done."""
    row = request_by_number(number)
    form = form_of(
        request, NoteForm, row, label=_("Kenelle ilmoitettiin, tai miksi ketään ei ollut")
    )
    return act_page(
        request, row, form,
        lambda: services.recipients_told(
            row, note=form.cleaned_data["note"], version=form.of_page
        ),
        heading=_("Ilmoita vastaanottajille"), done=_("Ilmoitukset on kirjattu."),
        lead=_("Ne, joille tieto on luovutettu, saavat tiedon oikaisusta, poistosta tai "
               "rajoituksesta (19 artikla)."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close an answered request."""
    row = request_by_number(number)
    return act_now(
        request, row, lambda version: services.close(row, version=version),
        _("Pyyntö on suljettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The requester takes the request back."""
    row = request_by_number(number)
    form = form_of(request, NoteForm, row, label=_("Miten pyytäjä perui"))
    return act_page(
        request, row, form,
        lambda: services.withdraw(row, note=form.cleaned_data["note"], version=form.of_page),
        heading=_("Pyytäjä perui pyynnön"), done=_("Pyyntö on peruutettu."), danger=True,
        button=_("Kirjaa peruutetuksi"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, number: str) -> HttpResponse:
    """A complaint to the supervisor was made."""
    row = request_by_number(number)
    form = form_of(request, NoteForm, row, label=_("Valituksen asianumero tai päivä"))
    return act_page(
        request, row, form,
        lambda: services.complain(row, note=form.cleaned_data["note"], version=form.of_page),
        heading=_("Valitus tietosuojavaltuutetulle"), done=_("Valitus on kirjattu."),
        lead=_("Pyynnön asiakirjat säilytetään, kunnes valitus on ratkaistu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request: HttpRequest, number: str) -> HttpResponse:
    """The complaint was resolved."""
    row = request_by_number(number)
    form = form_of(request, NoteForm, row, label=_("Miten valitus ratkaistiin"))
    return act_page(
        request, row, form,
        lambda: services.resolve(row, note=form.cleaned_data["note"], version=form.of_page),
        heading=_("Valituksen ratkaisu"), done=_("Valituksen ratkaisu on kirjattu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Record that the requester was told that the request came."""
    row = request_by_number(number)
    form = form_of(request, WayForm, row)
    return act_page(
        request, row, form,
        lambda: services.confirm_receipt(
            row, way=Way(form.cleaned_data["way"]), version=form.of_page
        ),
        heading=_("Vahvista vastaanotto"), done=_("Vastaanottoilmoitus on kirjattu."),
    )  # fmt: skip


@access(Action.VIEW, Surface.FILE, purposes=HANDLING, needs=READ)
@require_safe
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """The answer as it would be written now: for whoever drafts it and for the second person."""
    row = request_by_number(number)
    with translation.override(row.language):
        contents = letters.contents(row, LetterKind.ANSWER, Way.HANDED)
    pdf = render_pdf(f"{letters.PREFIX}{LetterKind.ANSWER}", contents, row.language, row.number)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}-luonnos.pdf"'
    return response


# -- files and sealed values ---------------------------------------------------------------------


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a file with the request."""
    row = request_by_number(number)
    form = form_of(request, AttachmentForm, row)
    return act_page(
        request, row, form,
        lambda: attaching.attach(row, form.cleaned_data["attachment"], version=form.of_page),
        heading=_("Lisää liite"), done=_("Liite on tallennettu."),
    )  # fmt: skip


@access(Action.DOWNLOAD, Surface.FILE, purposes=HANDLING, needs=READ)
@require_safe
def download(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """A file of the request, to be saved: it never opens in the page."""
    row = request_by_number(number)
    attachment = attachment_of(row, uuid)
    with attachment.file.open() as file:
        response = HttpResponse(file.read(), content_type=attachment.mime)
    name = f"{row.slug}-liite-{attachment.pk}.{papers.SUFFIX[attachment.mime]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def detach(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """Remove a file that should not be kept."""
    row = request_by_number(number)
    attachment = attachment_of(row, uuid)
    return act_now(
        request, row, lambda version: attaching.remove(attachment, version=version),
        _("Liite on poistettu."),
    )  # fmt: skip


@access(Action.REVEAL, Surface.DETAIL, purposes=HANDLING, needs=READ)
@require_POST
def reveal_sender(request: HttpRequest, number: str) -> HttpResponse:
    """Where the message came from, for sixty seconds."""
    row = request_by_number(number)
    if row.sender_contact is None:
        raise ObjectDenied("registry_rights_datarequest", row.pk)
    return revealed(
        request, row.sender_contact, what=_("Mistä viesti tuli"),
        url=reverse("rights:reveal_sender", args=[row.slug]), back=page_of(row),
    )  # fmt: skip
