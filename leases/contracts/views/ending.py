"""Notices, warnings and rescission; an end agreed on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leases.contracts import queries, services
from leases.contracts.forms import LateDayForm, NoticeForm, RescissionForm, ServeForm
from leases.contracts.rules.notice import Method
from leases.contracts.services.ending import effect_of
from leases.contracts.views.common import METHODS, PURPOSES, WRITE, lease_form, row_of
from vuokra.access.codes import Action, Surface
from vuokra.access.views import access
from vuokra.ui.forms import DayForm
from vuokra.ui.pages import form_page, posted


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def record_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a notice or a warning; it takes effect when it is served."""
    row, today = row_of(pk), timezone.localdate()
    form = NoticeForm(posted(request))
    return lease_form(
        request, row, form,
        lambda: services.record_notice(row.lease, form.details, today=today),
        heading=_("Kirjaa ilmoitus"),
        done=_recorded(form),
        explain=_("Irtisanomisaika lasketaan tiedoksiannosta, ei lähettämisestä (AHVL 52 §)."),
    )  # fmt: skip


def _recorded(form: NoticeForm) -> str:
    """What is said of a recorded paper: also that it lacks what the law demands of it."""
    lacking = form.lacking if form.is_bound and form.is_valid() else ()
    if not lacking:
        return _("Ilmoitus on kirjattu. Merkitse se tiedoksi annetuksi, kun siitä on todiste.")
    missing = ", ".join(str(one.label) for one in lacking)
    return _("Ilmoitus on kirjattu tehottomana: %(missing)s.") % {"missing": missing}


@access(Action.CREATE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def record_rescission(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a rescission by the landlord, when nothing stands in its way."""
    row, today = row_of(pk), timezone.localdate()
    form = RescissionForm(posted(request))
    return lease_form(
        request, row, form,
        lambda: services.record_rescission(row.lease, form.details, form.conduct, today=today),
        heading=_("Kirjaa purkaminen"),
        done=_("Purkaminen on kirjattu. Merkitse se tiedoksi annetuksi, kun siitä on todiste."),
        explain=_("Sopimus päättyy heti, kun purkamisilmoitus on annettu tiedoksi (AHVL 61–66 §)."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def rectify(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """A tenant who was warned put matters right."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.notice_of(row.lease, notice)
    form = DayForm(posted(request), initial={"on": today})
    return lease_form(
        request, row, form,
        lambda: services.rectify(known, on=form.cleaned_data["on"], today=today),
        heading=_("Menettely on oikaistu"), done=_("Oikaisu on kirjattu."),
        explain=_(
            "Jos vuokralainen viivytyksettä oikaisee menettelynsä, sopimusta ei voi purkaa "
            "(AHVL 62 §)."
        ),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def serve(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """A paper was served; what it leads to is shown before it is saved."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.notice_of(row.lease, notice)
    form = ServeForm(posted(request), initial={"served_on": today})

    def save() -> object:
        given = form.cleaned_data
        return services.serve(
            known, served_on=given["served_on"], method=Method(given["method"]), today=today,
            reason=given["reason"],
        )  # fmt: skip

    if form.is_bound:
        return lease_form(
            request, row, form, save, heading=_("Merkitse annetuksi tiedoksi"),
            done=_("Tiedoksianto on kirjattu."),
        )  # fmt: skip
    return form_page(
        request, "leases/serve.html", forms=[form], form=form, row=row, notice=known,
        effect=effect_of(known, today), today=today,
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """A paper is taken back."""
    row, today = row_of(pk), timezone.localdate()
    known = queries.notice_of(row.lease, notice)
    form = DayForm(posted(request), initial={"on": today})
    return lease_form(
        request, row, form,
        lambda: services.withdraw(known, on=form.cleaned_data["on"], today=today),
        heading=_("Peru ilmoitus"), done=_("Ilmoitus on peruttu."),
        explain=_("Tiedoksi annetun irtisanomisen voi perua vain toisen osapuolen suostumuksella."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=PURPOSES, needs=WRITE)
@require_http_methods(METHODS)
def agree_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The parties agree on the last day."""
    row, today = row_of(pk), timezone.localdate()
    form = LateDayForm(posted(request))
    form.fields["on"].label = _("Sopimuksen viimeinen päivä")
    return lease_form(
        request, row, form,
        lambda: services.agree_end(
            row.lease, on=form.cleaned_data["on"], today=today, reason=form.cleaned_data["reason"]
        ),
        heading=_("Sovi päättymisestä"), done=_("Päättymispäivä on kirjattu."),
        explain=_("Kirjaa vain kirjallisesti sovittu päättyminen."),
    )  # fmt: skip
