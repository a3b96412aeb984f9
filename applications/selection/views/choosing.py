"""A household is chosen, the choice approved, the flat offered and answered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.selection import letters, papers, parts, reasons, services
from applications.selection.forms import (
    AcceptForm,
    ChoiceForm,
    DeclineForm,
    NumberForm,
    OfferForm,
    WhyForm,
)
from applications.selection.models import Decision, Offer, OfferChannel, Refusal
from applications.selection.queries.bounds import permits_for
from applications.selection.queries.changes import changed_since, told
from applications.selection.queries.page import place_of, round_by_id
from applications.selection.queries.pending import pending_of
from applications.selection.rule_rows import ANSWER_DAYS
from applications.selection.rules.snapshot import Change, intact
from applications.selection.views.common import (
    METHODS,
    PURPOSES,
    READ,
    WRITE,
    applicant_of,
    chosen_of,
    decision_of,
    decision_page,
    offer_of,
    page_of,
    row_of,
    selection_form,
)
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.accounts.queries import staff_names
from vuokra.documents.models import Document
from vuokra.documents.queries import documents_in_matter
from vuokra.rules.queries import rule
from vuokra.ui import pages
from vuokra.ui.pages import form_page, posted


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def choose(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Choose a household for the flat."""
    round_, applicant, today = round_by_id(pk), row_of(number), timezone.localdate()
    form = ChoiceForm(posted(request), permits=permits_for(round_.flat, today))
    made = None
    if form.is_bound and form.is_valid():
        made = form.run(
            lambda: services.decide(round_, applicant.application, form.choice, today=today)
        )
    if made is not None:
        messages.success(request, _("Valinta on päätetty."))
        return redirect(decision_page(made))
    return form_page(
        request, "selection/form.html", forms=[form], form=form, round=round_, applicant=applicant,
        back=page_of(round_), heading=_("Valitse hakija"), button=_("Tallenna"),
        standing=place_of(round_, applicant.application, today=today),
        explain=_("Järjestelmä ehdottaa, ihminen päättää. Päätös, järjestys ja perusteet "
                  "tallentuvat valintamuistioon."),
    )  # fmt: skip


@access(Action.VIEW, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def choose_other(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose somebody whom the flat does not suit by the wishes, by the application's number."""
    round_, form = round_by_id(pk), NumberForm(posted(request))
    found = None
    if form.is_bound and form.is_valid():
        found = form.run(lambda: applicant_of(form.cleaned_data["number"]))
    if found is not None:
        return redirect("selection:choose", round_.pk, found.application.number)
    return form_page(
        request, "selection/form.html", forms=[form], form=form, round=round_,
        back=page_of(round_), heading=_("Valitse hakija numerolla"), button=_("Jatka"),
        explain=_("Myös hakijan, jonka toiveisiin asunto ei sovi, voi valita. Hän tulee mukaan "
                  "vertailuun samoin perustein kuin muut."),
    )  # fmt: skip


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def decision(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """A decision: who was chosen and why, its offer, its memorandum."""
    row = decision_of(pk, uuid)
    offer = Offer.objects.filter(decision=row).first()
    today = timezone.localdate()
    by = [one for one in (row.decided_by_id, row.approved_by_id) if one]
    context = {
        "decision": row, "round": row.round, "flat": row.round.flat, "offer": offer,
        "applicant": chosen_of(row), "names": staff_names(by),
        "replayed": intact(row.snapshot, row.digest), "pending": pending_of(row.round) == row,
        "documents": documents_in_matter(papers.reference_of(row)),
        "changed": changed_since(row), "answer_over": offer is not None and offer.answer_by < today,
        "parts": parts.shown(row, today),
    }  # fmt: skip
    return render(request, "selection/decision.html", context)


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def approve(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Another approves the choice."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    return pages.act(
        request, decision_page(row),
        lambda: services.approve(row, seen=_seen(request), today=today),
        done=_("Valinta on hyväksytty."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def offer(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Offer the flat to whoever was chosen."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    usual = today + timedelta(days=rule(ANSWER_DAYS, today).integer)
    form = OfferForm(posted(request), initial={"answer_by": usual})
    return _form(
        request, row, form,
        lambda: services.offer(
            row, channel=OfferChannel(form.cleaned_data["channel"]),
            answer_by=form.cleaned_data["answer_by"], today=today,
        ),
        _("Tarjoa asunto"), _("Tarjous on kirjattu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def accept(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """The household takes the flat."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    known, changed = offer_of(row), changed_since(row)
    form = AcceptForm(posted(request), changed=bool(changed), initial={"answered_on": today})
    explain = _("Hakijan tiedot ovat muuttuneet valinnan jälkeen: %(what)s. Tarkista, onko valinta "
                "edelleen perusteltu.")  # fmt: skip
    return _form(
        request, row, form,
        lambda: services.accept(
            known, answered_on=form.cleaned_data["answered_on"],
            upheld=form.cleaned_data.get("upheld", ""), seen=_seen(request), today=today,
        ),
        _("Hakija hyväksyi"), _("Tarjous on hyväksytty."),
        explain % {"what": told(changed)} if changed else "", changed,
    )  # fmt: skip


def _seen(request: HttpRequest) -> list[Change]:
    """What the page told to have changed since the choice."""
    return [Change(one) for one in request.POST.getlist("seen") if one in Change.values]


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def decline(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """The household does not take the flat."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    known, form = offer_of(row), DeclineForm(posted(request), initial={"answered_on": today})

    def save() -> Offer:
        given = form.cleaned_data
        return services.decline(
            known, Refusal(given["refusal"]), note=given["note"],
            answered_on=given["answered_on"], today=today,
        )  # fmt: skip

    return _form(request, row, form, save, _("Hakija hylkäsi"), _("Tarjous on hylätty."))


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """The company takes the offer back."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    known, form = offer_of(row), WhyForm(posted(request))
    return _form(
        request, row, form,
        lambda: services.withdraw_offer(known, form.cleaned_data["reason"], today=today),
        _("Peruuta tarjous"), _("Tarjous on peruutettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def unanswered(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Nobody answered in time."""
    row, today = decision_of(pk, uuid), timezone.localdate()
    known = offer_of(row)
    return pages.act(
        request, page_of(row.round), lambda: services.close_unanswered(known, today=today),
        done=_("Tarjous on merkitty vastaamattomaksi."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=READ)
@require_POST
def memorandum(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Print the memorandum of a decision; the worker makes it."""
    document = papers.order_memorandum(decision_of(pk, uuid))
    messages.success(request, _("Valintamuistio tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def offer_letter(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Order the letter of an offer; the worker makes it."""
    row = decision_of(pk, uuid)
    try:
        document = letters.order_offer(offer_of(row))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(decision_page(row))
    messages.success(request, _("Kirje tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def reasons_letter(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Order the letter of reasons to somebody who was compared; the worker makes it."""
    row, form = decision_of(pk, uuid), NumberForm(posted(request))

    def save() -> Document:
        number = applicant_of(form.cleaned_data["number"]).application.number
        return reasons.order_reasons(row, row_of(number).application)

    return pages.save_page(
        request, "selection/form.html", form, save,
        done=_("Kirje tilattiin. Se valmistuu hetken kuluttua."),
        to=lambda made: reverse("documents:document", args=[made.uuid]), round=row.round,
        back=decision_page(row), heading=_("Tee perustelukirje"), button=_("Tee kirje"),
        explain=_("Kirje kertoo hakijalle hänen sijansa ja tarkistuksensa sekä sen, millä "
                  "perusteella toinen valittiin. Valitusta ei kerrota mitään."),
    )  # fmt: skip


def _form(
    request: HttpRequest, row: Decision, form: object, save: Callable[[], object], heading: str,
    done: str, explain: str = "", changed: Collection[Change] = (),
) -> HttpResponse:  # fmt: skip
    return selection_form(
        request, row.round, form, save, heading=heading, done=done, back=decision_page(row),
        explain=explain, decision=row, changed=changed,
    )  # fmt: skip
