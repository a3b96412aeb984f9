"""Pages of credit checks: those of a choice, those of a lease, weighing one, the notice."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.credit import papers, queries, services
from applications.credit.forms import CheckForm, MeasureForm, NoticeForm
from applications.credit.models import CreditCheck, Measure
from applications.credit.queries import Matter
from applications.selection.views.common import decision_by, decision_page
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.pages import posted, save_page

PERSON = (Group.PERSON, Level.READ)
CREDIT = (Group.CREDIT, Level.WRITE)
CHOICE_NEEDS = (PERSON, (Group.NEED, Level.READ), (Group.SELECTION, Level.READ), CREDIT)
LEASE_NEEDS = (PERSON, (Group.LEASE, Level.READ), CREDIT)
CHOOSING, LETTING = (Purpose.ASUKASVALINTA,), (Purpose.SOPIMUS,)
METHODS = ["GET", "HEAD", "POST"]


@access(Action.VIEW, Surface.FORM, purposes=CHOOSING, needs=CHOICE_NEEDS)
@require_http_methods(METHODS)
def of_decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The credit checks of a choice whose flat is about to be offered."""
    decision = decision_by(uuid)
    return _page(request, queries.of_decision(decision), decision_page(decision), request.path)


@access(Action.VIEW, Surface.FORM, purposes=LETTING, needs=LEASE_NEEDS)
@require_http_methods(METHODS)
def of_lease(request: HttpRequest, pk: int) -> HttpResponse:
    """The credit checks of a lease that is not signed."""
    matter, row = queries.of_lease(pk, timezone.localdate())
    return _page(request, matter, reverse("leases:lease", args=[row.lease.pk]), request.path)


def _page(request: HttpRequest, matter: Matter, back: str, here: str) -> HttpResponse:
    """What was asked so far, and a form for whoever was not asked of yet."""
    today = timezone.localdate()
    checks = queries.checks_of(matter)
    asked = {one.person_id for one in checks}
    people = [one for one in matter.parties if one.pk not in asked]
    form = CheckForm(posted(request), people=people, initial={"asked_on": today})
    return save_page(
        request, "credit/checks.html", form,
        lambda: services.record(matter, form.chosen, form.asked, today=today),
        done=_("Luottotietojen tarkistus on kirjattu."), back=here, matter=matter, checks=checks,
        people=people, up=back,
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=(*CHOOSING, *LETTING), needs=(PERSON, CREDIT))
@require_http_methods(METHODS)
def assess(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Weigh a result: which measure, and why."""
    today = timezone.localdate()
    row, form = queries.check_by(uuid, today), MeasureForm(posted(request))

    def save() -> CreditCheck:
        given = form.cleaned_data
        return services.assess(row, Measure(given["measure"]), given["reason"], today=today)

    return save_page(
        request, "credit/form.html", form, save, done=_("Arvio on kirjattu."), back=_back(row),
        row=row, heading=_("Arvioi vaikutus"),
        explain=_("Hakemuksen tila ja sija eivät muutu tästä. Jos sopimusta ei tehdä, ohita hakija "
                  "tai peruuta tarjous erikseen perusteineen.")
        if row.decision_id
        else _("Sopimus ei muutu tästä. Jos sopimusta ei tehdä, peru luonnos erikseen."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=(*CHOOSING, *LETTING), needs=(PERSON, CREDIT))
@require_POST
def notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Order the notice that credit data were used against somebody; the worker makes it."""
    row = queries.check_by(uuid, timezone.localdate())
    try:
        document = papers.order_notice(row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(_back(row))
    messages.success(request, _("Kirje tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)


@access(Action.CHANGE, Surface.FORM, purposes=(*CHOOSING, *LETTING), needs=(PERSON, CREDIT))
@require_http_methods(METHODS)
def noticed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The person was told of a use against him."""
    today = timezone.localdate()
    row, form = queries.check_by(uuid, today), NoticeForm(posted(request), initial={"on": today})
    return save_page(
        request, "credit/form.html", form,
        lambda: services.note_notice(row, form.cleaned_data["on"], today=today),
        done=_("Ilmoitus on kirjattu."), back=_back(row), row=row,
        heading=_("Kirjaa annettu ilmoitus"),
        explain=_("Ilmoitus annetaan heti, kun luottotiedot ovat vaikuttaneet henkilön vahingoksi, "
                  "ja siinä nimetään rekisteri. Kirjaa päivä, jona kirje lähti tai asia "
                  "kerrottiin."),
    )  # fmt: skip


def _back(row: CreditCheck) -> str:
    if row.decision is not None:
        return reverse("credit:of_decision", args=[row.decision.uuid])
    return reverse("credit:of_lease", args=[row.lease_id])
