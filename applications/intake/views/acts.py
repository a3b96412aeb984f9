"""What is done to an application: received, asked about, admitted, renewed, ended; its papers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.intake import services
from applications.intake.codes import AttachmentKind, NeededBy
from applications.intake.forms import (
    AskForm,
    DropForm,
    FileForm,
    PaperForm,
    ReasonForm,
    ReceiveForm,
    WithdrawForm,
)
from applications.intake.models import Application, Attachment
from applications.intake.queries.clashes import clashes_of
from applications.intake.queries.listing import ApplicationRow
from applications.intake.rule_rows import COMPLETE_DAYS
from applications.intake.services import papers
from applications.intake.views.common import (
    METHODS,
    PAPERS,
    PURPOSES,
    WRITE,
    act,
    application_form,
    row_of,
)
from applications.intake.views.parts import member_of
from registry.protection import prompts
from registry.rights.papers import SUFFIX
from vuokra.access.codes import Action, Surface
from vuokra.access.errors import ObjectDenied
from vuokra.access.views import access
from vuokra.rules.queries import rule
from vuokra.ui.pages import posted


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def receive(request: HttpRequest, number: str) -> HttpResponse:
    """The application is in; whoever is in another open one is told of first."""
    row, today = row_of(number), timezone.localdate()
    form = ReceiveForm(posted(request))

    def save() -> Application:
        old = []
        if form.cleaned_data["replace"]:
            keys = {one.application for one in clashes_of(row.application) if one.may_replace}
            old = list(Application.objects.filter(pk__in=keys))
        return services.receive(
            row.application, replacing=old, reason=form.cleaned_data["reason"], today=today
        )

    return application_form(
        request, row, form, save, heading=_("Vastaanota hakemus"),
        done=_("Hakemus on vastaanotettu."),
        explain=_("Voimassaolo lasketaan saapumispäivästä. Puuttuvia tietoja pyydetään sen "
                  "jälkeen: ne eivät estä vastaanottoa."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def ask_to_complete(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for what is missing."""
    row, today = row_of(number), timezone.localdate()
    usual = today + timedelta(days=rule(COMPLETE_DAYS, today).integer)
    form = AskForm(posted(request), initial={"due_on": row.application.complete_by or usual})
    return application_form(
        request, row, form,
        lambda: services.ask_to_complete(
            row.application, form.cleaned_data["due_on"], reason=form.cleaned_data["reason"],
            today=today,
        ),
        heading=_("Pyydä täydennystä"), done=_("Täydennyspyyntö on kirjattu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def complete(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked for has come."""
    row, today = row_of(number), timezone.localdate()
    return act(
        request, row, lambda: services.complete(row.application, today=today),
        done=_("Hakemus on täydennetty."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def admit(request: HttpRequest, number: str) -> HttpResponse:
    """The application takes part in selections."""
    row, today = row_of(number), timezone.localdate()
    return act(
        request, row, lambda: services.admit(row.application, today=today),
        done=_("Hakemus on hyväksytty valintaan."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Back to be looked at."""
    row, today = row_of(number), timezone.localdate()
    form = ReasonForm(posted(request))
    return application_form(
        request, row, form,
        lambda: services.send_back(row.application, form.cleaned_data["reason"], today=today),
        heading=_("Palauta käsittelyyn"), done=_("Hakemus on palautettu käsittelyyn."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """The applicant confirmed it, by telephone is enough."""
    row, today = row_of(number), timezone.localdate()
    return act(
        request, row, lambda: services.renew(row.application, today=today),
        done=_("Hakemus on uusittu tästä päivästä."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The applicant does not ask for a home any more."""
    row, today = row_of(number), timezone.localdate()
    form = WithdrawForm(posted(request))
    return application_form(
        request, row, form,
        lambda: services.withdraw(
            row.application, form.end, reason=form.cleaned_data["reason"], today=today
        ),
        heading=_("Peru hakemus"), done=_("Hakemus on peruttu."),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Take a draft away, when that was meant."""
    row, today = row_of(number), timezone.localdate()
    form = DropForm(posted(request), draft=True)

    def save() -> ApplicationRow:
        services.discard(row.application, today=today)
        return row

    return application_form(
        request, row, form, save, heading=_("Poista luonnos"), done=_("Luonnos on poistettu."),
        explain=_("Luonnos poistuu kaikkineen, eikä sitä saa takaisin. Henkilöt jäävät "
                  "rekisteriin."),
        removes=True, to=reverse("applications:list"),
    )  # fmt: skip


# -- papers --------------------------------------------------------------------------------------


def paper_of(row: ApplicationRow, uuid: UUID) -> Attachment:
    """Raises ObjectDenied for a paper of another application."""
    found = Attachment.objects.filter(application=row.application, uuid=uuid).first()
    if found is None:
        raise ObjectDenied(Attachment._meta.db_table)
    found.application = row.application
    return found


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def ask_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a paper."""
    row, today = row_of(number), timezone.localdate()
    form = PaperForm(posted(request), members=row.members)

    def save() -> Attachment:
        given = form.cleaned_data
        whose = member_of(row, given["member"]) if given["member"] else None
        return papers.ask(
            row.application, AttachmentKind(given["kind"]), NeededBy(given["needed_by"]),
            member=whose, due_on=given["due_on"], reason=given["reason"], today=today,
        )  # fmt: skip

    return application_form(
        request, row, form, save, heading=_("Pyydä liite"), done=_("Liite on pyydetty."),
        explain=_("Pyydä liite vasta siinä vaiheessa, jossa sitä tarvitaan."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def paper_arrives(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """A paper that was asked for has come."""
    row, today = row_of(number), timezone.localdate()
    known = paper_of(row, uuid)
    form = FileForm(posted(request), request.FILES or None, initial={"on": today})
    return application_form(
        request, row, form,
        lambda: papers.arrive(
            known, on=form.cleaned_data["on"], file=form.cleaned_data["file"], today=today
        ),
        heading=_("Liite on saapunut"), done=_("Liite on kirjattu saapuneeksi."),
    )  # fmt: skip


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def add_original(request: HttpRequest, number: str) -> HttpResponse:
    """The application as it came."""
    row, today = row_of(number), timezone.localdate()
    form = FileForm(posted(request), request.FILES or None, initial={"on": today})
    return application_form(
        request, row, form,
        lambda: papers.add(
            row.application, AttachmentKind.ORIGINAL, on=form.cleaned_data["on"],
            file=form.cleaned_data["file"], today=today,
        ),
        heading=_("Alkuperäinen hakemus"), done=_("Alkuperäinen hakemus on tallennettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_POST
def see_paper(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """The paper was seen and checked."""
    row, today = row_of(number), timezone.localdate()
    known = paper_of(row, uuid)
    denies = "denies" in request.POST
    return act(
        request, row, lambda: papers.see(known, denies=denies, today=today),
        done=_("Liite on tarkistettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def drop_paper(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """The paper is not needed after all."""
    row, today = row_of(number), timezone.localdate()
    known = paper_of(row, uuid)
    form = ReasonForm(posted(request))
    return application_form(
        request, row, form,
        lambda: papers.drop(known, form.cleaned_data["reason"], today=today),
        heading=_("Liitettä ei tarvita"), done=_("Liite on merkitty tarpeettomaksi."),
    )  # fmt: skip


@access(Action.DELETE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def remove_file(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """The file should not be kept."""
    row, today = row_of(number), timezone.localdate()
    known = paper_of(row, uuid)
    form = ReasonForm(posted(request))
    return application_form(
        request, row, form,
        lambda: papers.remove_file(known, form.cleaned_data["reason"], today=today),
        heading=_("Poista liitteen tiedosto"), done=_("Tiedosto on poistettu."),
        explain=_("Tiedosto poistuu, eikä sitä saa takaisin. Merkintä liitteestä jää."),
        removes=True,
    )  # fmt: skip


@access(Action.DOWNLOAD, Surface.FILE, purposes=PURPOSES, needs=PAPERS)
@require_safe
def paper_file(request: HttpRequest, number: str, uuid: UUID) -> HttpResponse:
    """The file of a paper; each opening is an event of its own. Of a household under turvakielto it
    opens for a stated reason: a paper tells where it lives."""
    row = row_of(number)
    known = paper_of(row, uuid)
    prompts.demand(row.covered, reverse("applications:reason", args=[number]))
    if not known.file:
        raise ObjectDenied(Attachment._meta.db_table)
    with known.file.open() as file:
        answer = HttpResponse(file.read(), content_type=known.mime)
    name = f"liite-{row.application.number}.{SUFFIX[known.mime]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
