"""Steps of a request before and while it is worked on: who asks, by when, and what is decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registry.households.picking import Picked, pick
from registry.rights import services
from registry.rights.forms import (
    ApproveForm,
    AuthorityForm,
    DecideForm,
    ExtendForm,
    MatchForm,
    MoveReceiptForm,
    VerifyForm,
    WayForm,
    WeighForm,
)
from registry.rights.models import Authority, Decision, ExtensionGround, Level, Method, Right, Way
from registry.rights.queries import request_by_number, request_page, todo
from registry.rights.queries.acting import representative_of
from registry.rights.queries.copies import copies_of, unopened
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
from vuokra.policy.roles import Role
from vuokra.ui.pages import UNPROCESSABLE


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take a request to work on."""
    row = request_by_number(number)
    return act_now(
        request, row, lambda version: services.take(row, version=version),
        _("Pyyntö on käsiteltävänäsi."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def move_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Move the day of receipt backwards, with a reason."""
    row = request_by_number(number)
    form = form_of(request, MoveReceiptForm, row)
    return act_page(
        request, row, form,
        lambda: services.move_receipt(
            row, form.cleaned_data["day"], reason=form.cleaned_data["reason"], version=form.of_page
        ),
        heading=_("Siirrä saapumispäivää"), done=_("Saapumispäivä on siirretty."),
        lead=_("Saapumispäivää voi siirtää vain taaksepäin. Määräaika lasketaan uudelleen."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, number: str) -> HttpResponse:
    """Find whose request it is, or say that the register holds nothing."""
    row = request_by_number(number)
    picked = Picked()
    if request.method == "POST":
        picked = pick(request.POST, today=timezone.localdate())
    saving = request.method == "POST" and not picked.searched and not picked.problem
    if saving:
        form = MatchForm(request.POST, version=row.version)
    else:
        form = MatchForm(initial=picked.initial, version=row.version)
    if saving and form.is_valid() and (picked.chosen or form.cleaned_data["nobody"]):
        return act_page(
            request, row, form,
            lambda: services.match(row, picked.chosen, version=form.of_page),
            heading=_("Hae henkilö rekisteristä"), done=_("Haun tulos on kirjattu."),
            template="rights/match.html", context={"picked": picked},
        )  # fmt: skip
    if saving:
        form.add_error("q", _("Valitse henkilö, tai kirjaa ettei häntä ole rekisterissä."))
    context = {"row": row, "form": form, "picked": picked, "back": page_of(row), "meanwhile": []}
    bad = bool(form.errors or picked.problem)
    return render(request, "rights/match.html", context, status=UNPROCESSABLE if bad else 200)


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def authority(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether the authority to act for the person was seen."""
    row = request_by_number(number)
    form = form_of(request, AuthorityForm, row)
    return act_page(
        request, row, form,
        lambda: services.set_authority(
            row, Authority(form.cleaned_data["authority"]), paper=form.cleaned_data["paper"],
            version=form.of_page,
        ),
        heading=_("Tarkista valtuus"), done=_("Valtuus on kirjattu."),
        lead=_("Asiakirja nähdään, ja sen laji kirjataan. Kopiota ei oteta eikä tallenneta."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the requester to prove who he is."""
    row = request_by_number(number)
    form = form_of(request, WayForm, row)
    return act_page(
        request, row, form,
        lambda: services.ask(row, way=Way(form.cleaned_data["way"]), version=form.of_page),
        heading=_("Pyydä tunnistautumaan"), done=_("Tunnistautumispyyntö on kirjattu."),
        lead=_("Pyydä vain, jos on aihetta epäillä. Aika jatkuu: turvallinen päivä ei siirry."),
        button=_("Kirjaa pyydetyksi"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, number: str) -> HttpResponse:
    """Remind the requester of proving who he is."""
    row = request_by_number(number)
    form = form_of(request, WayForm, row)
    return act_page(
        request, row, form,
        lambda: services.remind(row, way=Way(form.cleaned_data["way"]), version=form.of_page),
        heading=_("Muistuta tunnistautumisesta"), done=_("Muistutus on kirjattu."),
        button=_("Kirjaa muistutetuksi"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def lapse(request: HttpRequest, number: str) -> HttpResponse:
    """End a request whose requester was never identified, with the answer that says so."""
    row = request_by_number(number)
    form = form_of(request, WayForm, row)
    return act_page(
        request, row, form,
        lambda: services.lapse(row, way=Way(form.cleaned_data["way"]), version=form.of_page),
        heading=_("Anna pyynnön raueta"), done=_("Pyyntö on rauennut."), danger=True,
        lead=_("Pyytäjälle vastataan, ettei häntä ole tunnistettu, ja kerrotaan valituksesta."),
        button=_("Vastaa ja kirjaa rauenneeksi"),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """State how identity was proved: no more than the right needs, and nothing of it is kept."""
    row = request_by_number(number)
    needed = Level(row.required_level)
    form = form_of(request, VerifyForm, row, needed=needed)
    return act_page(
        request, row, form,
        lambda: services.verify(row, Method(form.cleaned_data["method"]), version=form.of_page),
        heading=_("Varmista henkilöllisyys"), done=_("Henkilöllisyys on varmistettu."),
        template="rights/verify.html",
        context={"needed": needed, "representative": representative_of(row)},
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def verify_too(request: HttpRequest, number: str) -> HttpResponse:
    """State identity as the second handler (T3)."""
    row = request_by_number(number)
    return act_now(
        request, row, lambda version: services.verify_too(row, version=version),
        _("Henkilöllisyys on varmistettu."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: HttpRequest, number: str) -> HttpResponse:
    """Write down an assessment of who asks."""
    row = request_by_number(number)
    form = form_of(request, WeighForm, row, initial={"text": row.assessment})
    return act_page(
        request, row, form,
        lambda: services.weigh(row, form.cleaned_data["text"], version=form.of_page),
        heading=_("Kirjaa arvio"), done=_("Arvio on kirjattu."),
        lead=_("Miten pyytäjän asema ja henkilön oma näkemys on otettu huomioon."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """Make the time longer, and tell why."""
    row = request_by_number(number)
    form = form_of(request, ExtendForm, row)

    def save() -> None:
        given = form.cleaned_data
        services.extend(
            row, ExtensionGround(given["ground"]), reason=given["reason"], way=Way(given["way"]),
            version=form.of_page,
        )  # fmt: skip

    return act_page(
        request, row, form, save, heading=_("Jatka määräaikaa"),
        done=_("Määräaikaa on jatkettu."), button=_("Jatka ja kirjaa kerrotuksi"),
        lead=_("Pyytäjälle kerrotaan syy ennen kuin ensimmäinen määräaika on kulunut."),
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: str, right: str) -> HttpResponse:
    """Decide of one right."""
    row = request_by_number(number)
    if right not in row.rights:
        raise ObjectDenied("registry_rights_decision")
    found = Decision.objects.filter(request=row, right=right).first()
    names = ("outcome", "ground", "reasons", "facts", "fee", "to_supervisor")
    known = {name: getattr(found, name) for name in names} if found else {}
    form = form_of(request, DecideForm, row, initial=known)
    asked = Right(right)
    return act_page(
        request, row, form,
        lambda: services.decide(row, asked, form.ruling, version=form.of_page),
        heading=_("Ratkaise: %(right)s") % {"right": str(asked.label).lower()},
        done=_("Ratkaisu on tallennettu."),
        lead=_("Jos oikeutta ei toteuteta, koottu jäljennös hävitetään heti.")
        if asked in copies_of(row)
        else "",
    )  # fmt: skip


@access(Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=WRITE)
@require_POST
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """Give the answer to be reviewed."""
    row = request_by_number(number)
    return act_now(
        request, row, lambda version: services.submit(row, version=version),
        _("Vastaus odottaa tarkastusta."),
    )  # fmt: skip


@access(
    Action.CHANGE, Surface.FORM, purposes=HANDLING, needs=READ, roles=(Role.REK, Role.JOH)
)  # fmt: skip
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """The second person's page: what was decided, and approve it or give it back."""
    row = request_by_number(number)
    form = form_of(request, ApproveForm, row)
    back = "palauta" in request.POST

    def save() -> None:
        if back:
            services.send_back(row, note=form.cleaned_data["note"], version=form.of_page)
        else:
            services.approve(row, version=form.of_page)

    page = request_page(row)
    return act_page(
        request, row, form, save, heading=_("Tarkasta vastaus"),
        done=_("Vastaus on palautettu.") if back else _("Vastaus on hyväksytty."),
        template="rights/approve.html",
        context={"page": page, "may": todo.allowed(page), "unopened": unopened(row)},
    )  # fmt: skip
