"""What every service of the room shares: locking a request, taking a step, words for refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from registry.persons.queries.standing import may_decide
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from registry.rights import clock, rules
from registry.rights.models import SHORT, Act, DataRequest, State, Step
from registry.rights.models.abouts import about as code_of
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Role

if TYPE_CHECKING:
    from django.db.models import Choices
    from django_stubs_ext import StrOrPromise

APPROVERS: Final = frozenset({Role.REK.value, Role.JOH.value})

REFUSALS: Final[dict[str, StrOrPromise]] = {
    "rights_receipt_future": _("Saapumispäivä on tulevaisuudessa."),
    "rights_receipt_backwards": _("Saapumispäivää voi siirtää vain taaksepäin."),
    "rights_receipt_reason": _("Kirjoita, miksi saapumispäivä siirtyy."),
    "rights_deadline_moves": _("Määräaika ei voi siirtyä myöhemmäksi."),
    "rights_identity_stays": _("Todettua tunnistamisen tasoa ei lasketa."),
    "rights_second_in_own_name": _("Toinen käsittelijä toteaa henkilöllisyyden itse."),
    "rights_request_second_identifier": _("Toisen käsittelijän on todettava henkilöllisyys."),
    "rights_over": _("Pyyntö on päättynyt, eikä sitä voi enää muuttaa."),
    "rights_transition": _("Pyyntöä ei voi siirtää tähän vaiheeseen."),
    "rights_not_asked": _("Tunnistautumista ei ole pyydetty."),
    "rights_not_identified": _(
        "Ota pyyntö käsittelyyn, hae henkilö ja varmista henkilöllisyys ensin."
    ),
    "rights_extension_late": _(
        "Jatkoajasta on kerrottava kirjeellä ennen kuin määräaika on kulunut. "
        "Määräaikaa ei voi enää jatkaa."
    ),
    "rights_undecided": _("Kaikkia oikeuksia ei ole ratkaistu."),
    "rights_no_authority": _("Valtuutta ei ole nähty, joten pyyntöä ei voi toteuttaa."),
    "rights_estate": _("Kuolinpesän pyyntö käsitellään vaatimuksena, ei tietopyyntönä."),
    "rights_approver": _("Vastauksen hyväksyy rekisteriasioiden hoitaja tai toimitusjohtaja."),
    "rights_four_eyes": _("Toisen henkilön on hyväksyttävä vastaus."),
    "rights_objection_by_leader": _(
        "Toimitusjohtaja hyväksyy käsittelyn jatkamisen vastustuksesta huolimatta."
    ),
    "rights_no_proof": _("Kirjaa toimituksen näyttö: tapa, päivä ja saaja."),
    "rights_lapse": _("Muistuta ensin ja vastaa, ettei henkilöä ole tunnistettu."),
    "rights_close": _("Pyyntöä ei voi vielä sulkea."),
    "rights_untold": _("Kaikille vastaanottajille ei ole vielä kerrottu."),
    "rights_decision_stays": _("Ratkaisu on tarkastuksessa tai hyväksytty, eikä sitä voi muuttaa."),
    "rights_attachment_stays": _("Liite kuuluu asiaan, joka on säilytyspidossa tai päättynyt."),
    "rights_delivery_stays": _("Toimituksen näyttöä ei voi muuttaa."),
    "rights_copy_unneeded": _("Oikeutta ei toteuteta, joten jäljennöstä ei voi antaa."),
    "rights_clock": _("Palvelimen kello on jäljessä edellisestä kirjauksesta. Ilmoita ylläpitoon."),
}
"""Words for what the triggers of migrations refuse."""


class Changed(ValidationError):
    """Another has changed the request meanwhile; `steps` are what was done, the oldest first."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__(_("Pyyntöä on muutettu sillä välin."), code="changed")
        self.steps = steps


def require_keeper() -> None:
    """Whoever keeps requests may work on them."""
    current().require(Group.RIGHTS, Level.WRITE)


def refuse_tied(row: DataRequest) -> None:
    """Raise ValidationError when a tie bars the user from deciding on the person (DP-A3)."""
    if row.person is not None and not may_decide(row.person, today=clock.today()):
        raise ValidationError(
            _("Olet esteellinen tässä asiassa. Toisen henkilön on ratkaistava se."), code="barred"
        )


@contextmanager
def refusals(model: type[models.Model] = DataRequest) -> Iterator[None]:
    """Run a save; what the database refuses is told in words."""
    with constraint_errors(model, REFUSALS):
        yield


@contextmanager
def changing(
    known: DataRequest,
    act: Act,
    *,
    version: int | None = None,
    about: Choices | None = None,
    note: str = "",
) -> Iterator[DataRequest]:
    """The request, locked; what the body sets is saved with a step that says who did what.

    `version` is that of the page which was worked on; without one nothing is compared. Raises
    Changed when another was there first, and ValidationError for what the database refuses.
    """
    with transaction.atomic():
        row = DataRequest.objects.select_for_update(of=("self",)).get(pk=known.pk)
        if version is not None and row.version != version:
            raise Changed(list(row.steps.filter(version__gt=version)))
        before = row.state
        yield row
        with refusals():
            row.save(force_update=True)
        row.version += 1  # as the trigger set it
        take_step(row, act, before=before, about=about, note=note)
    known.__dict__.update(row.__dict__)


def take_step(
    row: DataRequest, act: Act, *, before: str = "", about: Choices | None = None, note: str = ""
) -> Step:
    """Write down what was done to the request, in the version that it made: what it was `about` as
    a code, and in the note what somebody wrote."""
    step = Step(
        request=row, version=row.version, act=act, before=before, after=row.state,
        about=code_of(about) if about is not None else "", note=note[:SHORT],
        by_id=current().actor.user_id,
    )  # fmt: skip
    with refusals(Step):
        step.save(force_insert=True)
    return step


def move_on(row: DataRequest, state: State) -> None:
    """Set the next state. Raises ValidationError when there is no such transition (6.8)."""
    if not rules.may_become(row.state, state):
        raise ValidationError(REFUSALS["rights_transition"], code="rights_transition")
    row.state = state


def plain(text: str, demanded: StrOrPromise = "") -> str:
    """Free text as it is kept, without an identity code (DP-A12). Raises ValidationError with the
    words of `demanded` when nothing was written."""
    cleaned = clean_text(text)
    refuse_hetu_in_text(cleaned)
    if demanded and not cleaned:
        raise ValidationError(demanded, code="empty")
    return cleaned


def refuse(code: str) -> ValidationError:
    """The refusal of the database, said before it has to."""
    return ValidationError(REFUSALS[code], code=code)
