"""Pages of supervision: the log, the report, complaints."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.intake.codes import State
from applications.intake.models import Application
from applications.intake.views.common import page_of
from applications.selection import words
from applications.selection.models import Decision
from applications.selection.views.common import applicant_of, decision_by, decision_page, row_of
from applications.supervision import exports, papers, queries, services
from applications.supervision.forms import (
    AnswerForm,
    CloseForm,
    ComplaintForm,
    DecisionComplaintForm,
    PeriodForm,
    ReportForm,
)
from applications.supervision.models import Complaint, Extract, Outcome
from registry.persons.exports import Format
from registry.protection import asking, prompts
from vuokra.access.codes import Action, Surface
from vuokra.access.context import current
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.ui.listing import address
from vuokra.ui.pages import page_number, posted, save_page

PURPOSES = (Purpose.ASUKASVALINTA,)
SELECTION = (Group.SELECTION, Level.READ)
OF_PEOPLE = ((Group.PERSON, Level.READ), (Group.NEED, Level.READ))
READ = (*OF_PEOPLE, SELECTION)
OF_PERIOD = ((Group.PERSON, Level.READ), SELECTION)
WRITE = (*OF_PEOPLE, (Group.SELECTION, Level.WRITE))
METHODS = ["GET", "HEAD", "POST"]
PAPERS = {"luettelo": papers.LOG, "raportti": papers.REPORT}


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=OF_PERIOD)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The selection log of a period; need, income and wealth to those who read applications."""
    today = timezone.localdate()
    form = PeriodForm(request.GET, today=today)
    period = form.period
    page = queries.log_page(period, page_number(request), today)
    return render(request, "supervision/log.html", {
        "form": form, "period": period, "page": page, "rows": page.object_list,
        "legend": words.legend(one.household for one in page.object_list),
        "left_out": queries.left_out(period, today),
        "files": [(Format.CSV.value, _("Lataa CSV")), (Format.XLSX.value, _("Lataa Excel"))],
        "query": _query(period), "segments": _segments("log", period),
    })  # fmt: skip


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=OF_PERIOD)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The report of an ended period; it tells of nobody."""
    form = ReportForm(request.GET, reports=queries.reports())
    period = form.asked
    found = queries.report_of(period) if period else None
    return render(request, "supervision/report.html", {
        "form": form, "period": period, "report": found,
        "tables": queries.tables(found, period.site_id) if found and period else [],
        "query": _query(period), "segments": _segments("report", period),
    })  # fmt: skip


def _segments(here: str, period: Extract | None = None) -> list[dict[str, Any]]:
    """The parts of the room as links. The log keeps the period of the report and both the site; the
    report has periods of its own. Complaints for those who may open them."""
    site = address({"site": str(period.site_id or "") if period else ""})
    named = [
        ("log", _("Valintaluettelo"), _query(period)), ("report", _("Raportti"), site),
    ]  # fmt: skip
    found = [
        (name, f"{reverse(f'supervision:{name}')}?{query}", label) for name, label, query in named
    ]
    if current().actor.meets(READ):
        found.append(("complaints", reverse("supervision:complaints"), _("Kantelut")))
    return [
        {"label": label, "url": url, "current": name == here, "count": None}
        for name, url, label in found
    ]


def _query(period: Extract | None) -> str:
    if period is None:
        return ""
    return address({
        "first": f"{period.first:%d.%m.%Y}", "last": f"{period.last:%d.%m.%Y}",
        "site": str(period.site_id or ""),
    })  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=OF_PERIOD)
@require_POST
def order_paper(request: HttpRequest, name: str) -> HttpResponse:
    """Order the log or the report of a period as a paper; the worker makes it."""
    if name not in PAPERS or (name == "luettelo" and not current().actor.meets(READ)):
        raise ObjectDenied(Decision._meta.db_table)
    asked = _ordered(request, name)
    if asked is None:
        messages.error(request, _("Tulostetta ei tehty: ajanjakso ei ole kunnossa."))
        return redirect(f"supervision:{'log' if name == 'luettelo' else 'report'}")
    try:
        with transaction.atomic():
            period = services.extract(asked.first, asked.last, asked.site)
            document = papers.order(PAPERS[name], period)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(f"{reverse('supervision:log')}?{_query(asked)}")
    messages.success(request, _("Tuloste tilattiin. Se valmistuu hetken kuluttua."))
    return redirect("documents:document", document.uuid)


@access(Action.EXPORT, Surface.EXPORT, purposes=PURPOSES, needs=READ)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The log of a period as a file of rows. With a protected household in it, it is asked first
    for what: no reason that was stated for the household or for another file serves."""
    today = timezone.localdate()
    form, kind = PeriodForm(request.POST, today=today), request.POST.get("muoto")
    if kind not in Format.values or not form.is_valid():
        messages.error(request, _("Tiedostoa ei tehty: ajanjakso tai tiedoston laji ei kelpaa."))
        return redirect("supervision:log")
    period = form.period
    way = f"{reverse('supervision:reason')}?{_query(period)}"
    prompts.demand(queries.protected_in(period, today), way, alone=_file_of(period))
    return exports.make(period, Format(kind))


@access(Action.VIEW, Surface.FORM, purposes=PURPOSES, needs=(*READ, asking.NEEDS))
@require_http_methods(METHODS)
def reason(request: HttpRequest) -> HttpResponse:
    """For what the log with a protected household in it is taken out as a file. Raises ObjectDenied
    when there is none in it."""
    today = timezone.localdate()
    form = PeriodForm(request.GET, today=today)
    people = queries.protected_in(form.period, today) if form.is_valid() else []
    if not people:
        raise ObjectDenied(Decision._meta.db_table)
    here = f"{reverse('supervision:log')}?{_query(form.period)}"
    answer = asking.ask(
        request, people, to=here, alone=_file_of(form.period), back=here,
        title=_("Luettelossa on valinta, jota turvakielto koskee."),
        explain=_("Asuntoa ei kerrota. Tiedosto tehdään vain tehtävään, jossa valintaa tarvitaan."),
        button=_("Jatka"),
    )  # fmt: skip
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("Peruste kirjattiin. Lataa nyt tiedosto."))
    return answer


def _file_of(period: Extract) -> str:
    """By what a stated reason is known as that of one file."""
    return f"selection-log:{_query(period)}"


def _ordered(request: HttpRequest, name: str) -> Extract | None:
    """The period that a paper is asked of; None when none is made of it."""
    if name == "raportti":
        return ReportForm(request.POST, reports=queries.reports()).asked
    form = PeriodForm(request.POST, today=timezone.localdate())
    return form.period if form.is_valid() else None


# -- complaints --------------------------------------------------------------------------------


@access(Action.LIST, Surface.LIST, purposes=PURPOSES, needs=READ)
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints, those that are open first."""
    page = queries.complaints(page_number(request), timezone.localdate())
    return render(request, "supervision/complaints.html", {
        "page": page, "rows": page.object_list, "query": "", "segments": _segments("complaints"),
    })  # fmt: skip


@access(Action.VIEW, Surface.DETAIL, purposes=PURPOSES, needs=READ)
@require_safe
def complaint(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A complaint: what was asked, what was answered, how it ended."""
    today = timezone.localdate()
    row = queries.complaint_by(uuid, today)
    return render(request, "supervision/complaint.html", {
        "complaint": row, "late": row.answered_on is None and row.answer_by < today,
    })  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def about_decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a complaint about a choice."""
    decision = decision_by(uuid)
    form = DecisionComplaintForm(posted(request))

    def save() -> Complaint:
        number = form.cleaned_data["number"]
        complainant = applicant_of(number).application if number else None
        return _recorded(form, decision, complainant)

    return _record_page(
        request, form, save, back=decision_page(decision), facts=decision.round.flat.address,
        explain=_("Valitun ja kantelijan ruokakunnan tiedot säilytetään, kunnes säilytyspito "
                  "päätetään."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def about_application(request: HttpRequest, number: str) -> HttpResponse:
    """Record a complaint of an applicant who was not chosen; of a draft, why there is none."""
    application, form = row_of(number).application, ComplaintForm(posted(request))
    if application.state == State.DRAFT and not form.is_bound:
        messages.error(request, services.TEXTS["supervision_complaint_draft"])
        return redirect(page_of(application))
    return _record_page(
        request, form, lambda: _recorded(form, None, application),
        back=reverse("supervision:complaints"), facts=application.number,
        explain=_("Hakijan ruokakunnan tiedot säilytetään, kunnes säilytyspito päätetään."),
    )  # fmt: skip


def _record_page(
    request: HttpRequest, form: ComplaintForm, save: Callable[[], Complaint], **page: str
) -> HttpResponse:
    """The form of a complaint. One that was saved already, sent again from a page that was gone
    back to, leads to what it made."""
    if form.is_valid() and (made := _of_form(form)):
        text = _("Lomake on jo tallennettu tälle kantelulle. Sitä ei tallennettu uudelleen.")
        messages.warning(request, text)
        return redirect(_page_of(made))
    return save_page(
        request, "supervision/form.html", form, save, done=_("Kantelu on kirjattu."),
        heading=_("Kirjaa kantelu"), **page,
    )  # fmt: skip


def _recorded(
    form: ComplaintForm, decision: Decision | None, application: Application | None
) -> Complaint:
    """The complaint of a form; the one that another press made meanwhile, when it came first."""
    try:
        return services.record(
            form.complained, decision=decision, application=application,
            form=form.cleaned_data["form"], today=timezone.localdate(),
        )  # fmt: skip
    except ValidationError as refused:
        taken = getattr(refused, "code", None) == services.FORM_TAKEN
        if taken and (made := _of_form(form)):
            return made
        raise


def _of_form(form: ComplaintForm) -> Complaint | None:
    return queries.recorded_of_form(form.cleaned_data["form"], timezone.localdate())


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The explanation was given."""
    today = timezone.localdate()
    row, form = (
        queries.complaint_by(uuid, today),
        AnswerForm(posted(request), initial={"on": today}),
    )
    return save_page(
        request, "supervision/form.html", form,
        lambda: services.answer(
            row, form.cleaned_data["text"], on=form.cleaned_data["on"], today=today
        ),
        done=_("Selvitys on kirjattu."), back=_page_of(row), heading=_("Kirjaa annettu selvitys"),
        facts=row.number, explain="",
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The authority decided."""
    today = timezone.localdate()
    row, form = queries.complaint_by(uuid, today), CloseForm(posted(request), initial={"on": today})

    def save() -> Complaint:
        given = form.cleaned_data
        return services.close(
            row, Outcome(given["outcome"]), text=given["text"], on=given["on"], today=today
        )

    return save_page(
        request, "supervision/form.html", form, save, done=_("Kantelu on päätetty."),
        back=_page_of(row), heading=_("Kirjaa ratkaisu"), facts=row.number,
        explain=_("Säilytyspito jää voimaan: rekisterinpitäjä tarkistaa ja päättää sen."),
    )  # fmt: skip


def _page_of(row: Complaint) -> str:
    return reverse("supervision:complaint", args=[row.uuid])
