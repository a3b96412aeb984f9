"""What the acts of selection share: the right, the row under lock, words for what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.intake.codes import Part
from applications.intake.models import Member
from applications.intake.services.common import plain, refused_at
from applications.selection.models import REASON_LENGTH, Compared, Decision, Round, RoundState
from applications.selection.queries.changes import barred_since
from applications.selection.queries.comparison import applicants_of, asked_of
from applications.selection.rules.findings import Reason
from registry.persons.models import Mark, MarkKind, StaffLink, TieKind
from registry.persons.queries import in_force
from registry.persons.queries.standing import near
from vuokra.access.context import current
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TIES: Final = (TieKind.OWN, TieKind.HOUSEHOLD, TieKind.CONFLICT)
"""By which somebody decides on nobody's behalf (esteellisyys); a colleague is no such tie."""
TEXTS: Final[dict[str, StrOrPromise]] = {
    "selection_round_kept": gettext_lazy("Asukasvalinta on päättynyt, eikä sitä muuteta."),
    "selection_round_offered": gettext_lazy(
        "Asunto on tarjottu. Peruuta tarjous ennen kuin keskeytät valinnan."
    ),
    "selection_round_let": gettext_lazy("Kukaan ei ole hyväksynyt asuntoa."),
    "selection_due": gettext_lazy("Hakemuksia arvioidaan uudelleen. Yritä hetken kuluttua."),
    "selection_marked": gettext_lazy(
        "Joku ruokakunnasta on kuollut, tai hänen tietojensa käsittely on rajoitettu. "
        "Asuntoa ei voi antaa ennen kuin hakemus on korjattu."
    ),
    "selection_decision_permitted": gettext_lazy(
        "Poikkeuslupa ei ole voimassa, ei koske kohdetta, tai sen asunnot on käytetty."
    ),
    "selection_decision_day": gettext_lazy("Valinta kirjataan sille päivälle, jona se tehdään."),
    "selection_near": gettext_lazy(
        "Olet esteellinen: joku ruokakunnista on sinuun sidottu. Toinen käsittelee asian."
    ),
    "selection_decision_other": gettext_lazy("Toinen henkilö hyväksyy päätöksen."),
    "selection_decision_passed": gettext_lazy(
        "Ohituksen on kirjannut joku, joka on sidottu vertailtuun ruokakuntaan. Peru ohitus, ja "
        "kirjaa se itse, jos se on perusteltu."
    ),
    "selection_decision_pending": gettext_lazy(
        "Asuntoon on jo valittu. Tarjoa se, tai ohita valittu ennen uutta valintaa."
    ),
    "selection_decision_offered": gettext_lazy(
        "Asunto on tarjottu. Kirjaa vastaus, tai peruuta tarjous ennen uutta valintaa."
    ),
    "selection_decision_lapsed": gettext_lazy(
        "Valinta on rauennut: hakija ohitettiin tai hakemus päättyi. Valitse uudelleen."
    ),
    "selection_decision_kept": gettext_lazy("Päätös on tehty, eikä sitä muuteta."),
    "selection_decision_skipped": gettext_lazy(
        "Hakija on ohitettu tässä valinnassa. Peru ohitus ensin."
    ),
    "selection_household_changed": gettext_lazy(
        "Ruokakunta on muuttunut valinnan jälkeen. Peruuta tarjous, jos se on tehty, ja valitse "
        "uudelleen."
    ),
    "selection_skip_offered": gettext_lazy(
        "Asunto on tarjottu hakijalle. Kirjaa vastaus, tai peruuta tarjous."
    ),
    "selection_skip_unweighed": gettext_lazy(
        "Tällä perusteella ohitetaan vain, kun luottotiedot on tarkistettu ja joku on arvioinut, "
        "ettei vuokrasopimusta tehdä."
    ),
    "selection_skip_kept": gettext_lazy("Ohitus on jo peruttu."),
    "selection_skip_state": gettext_lazy("Hakija ei ole mukana valinnassa."),
    "selection_offer_decided": gettext_lazy(
        "Asuntoa ei voi tarjota: valintaa ei ole päätetty ja hyväksytty, tai se on keskeytetty."
    ),
    "selection_offer_let": gettext_lazy(
        "Vuokrasopimus on allekirjoitettu. Tarjousta ei enää peruta: sopimus päätetään."
    ),
    "selection_offer_raced": gettext_lazy("Asunto on vuokrattu sillä välin. Keskeytä valinta."),
    "selection_offer_kept": gettext_lazy("Tarjoukseen on jo vastattu, eikä sitä muuteta."),
}
"""What the database refuses, in words."""


def require() -> None:
    """The right to choose residents. Raises FunctionDenied."""
    current().require(Group.SELECTION, Level.WRITE)


def acting() -> int | None:
    """The user who acts, None for the system."""
    return current().actor.user_id


def locked(round_: Round) -> Round:
    """The selection as it is now, kept from others until the transaction ends. Raises
    ValidationError when it is over."""
    row = (
        Round.objects.select_for_update(of=("self",))
        .select_related("flat__stair__building__site")
        .get(pk=round_.pk)
    )
    if row.state != RoundState.OPEN:
        raise ValidationError(TEXTS["selection_round_kept"], code="over")
    return row


def reasoned(text: str, field: str, refusal: StrOrPromise) -> str:
    """A reason as it is kept. Raises ValidationError at the field when there is none, and as
    `plain`."""
    words = plain(text, field, REASON_LENGTH)
    if not words:
        raise refused_at(field, refusal, "reason")
    return words


def refuse_tied(applications: Iterable[int | None], today: date) -> None:
    """Raises ValidationError when the user is tied to anybody of the households: another decides
    (A3), hallintolaki 434/2003 27 §; two statements, none for the system."""
    if acting() is None:
        return
    members = Member.objects.filter(application__in=applications)
    ties = StaffLink.objects.filter(
        in_force(today), staff_id=acting(), person__in=members.values("person")
    )
    if ties.exists() or members.filter(near(today)).exists():
        raise ValidationError(TEXTS["selection_near"], code="tied")


def refuse_tied_to_any(round_: Round, today: date, *others: int) -> None:
    """The same of everybody whom the flat of a selection suits today, and of the `others`: whoever
    passes over those before one's own decides for one's own. Raises RuleMissing."""
    asked = asked_of(round_, today)
    suited = applicants_of(round_, asked, today).values_list("pk", flat=True) if asked else []
    refuse_tied(suited, today)
    refuse_tied(others, today)


def refuse_tied_to_compared(decision: Decision, today: date) -> None:
    """The same of everybody who was compared for a decision."""
    refuse_tied(decision.compared.values_list("application", flat=True), today)


def refuse_tied_to_choice(application: int, today: date) -> None:
    """The same of everybody compared for a flat that is about to be given to a household: by what
    becomes of its application the choice stands or falls. Raises ValidationError."""
    if acting() is not None:
        chosen = Decision.objects.filter(application=application, round__state=RoundState.OPEN)
        refuse_tied(
            Compared.objects.filter(decision__in=chosen).values_list("application", flat=True),
            today,
        )


def household_of(application: int | None) -> QuerySet[Any]:
    """Those who will live in the home, as ids of people for a subquery."""
    living = Member.objects.filter(application=application).exclude(part=Part.AWAY)
    return living.values("person")


def refuse_marked(application: int | None, today: date, *kinds: MarkKind) -> None:
    """Raises ValidationError when somebody of the household is dead or under restriction (article
    18), or has the mark that is asked about: the application is corrected first."""
    marks = Mark.objects.filter(
        in_force(today), kind__in=kinds or (MarkKind.RESTRICTION, MarkKind.DECEASED),
        person__in=household_of(application),
    )  # fmt: skip
    if marks.exists():
        raise ValidationError(TEXTS["selection_marked"], code="marked")


def refuse_barred_now(decision: Decision) -> None:
    """Raises ValidationError when what was told of the household has changed so that it does not
    meet what the flat asks, and nothing lets that by: it is chosen anew, or another."""
    barring = barred_since(decision)
    if barring:
        what = [str(Reason(one.reason).label) or str(one.test.label) for one in barring]
        text = _("Hakijan tiedot ovat muuttuneet niin, etteivät valinnan edellytykset täyty: "
                 "%(what)s Peruuta tarjous, jos se on tehty, tai ohita hakija.")  # fmt: skip
        raise ValidationError(text, code="barred", params={"what": " ".join(what)})


def refuse_changed(decision: Decision) -> None:
    """Raises ValidationError when somebody came into the chosen household, left it or got another
    part in it since it was compared: the choice is made anew. What is offered is what was decided,
    and whoever was not compared gets no home by it."""
    if Decision.objects.filter(pk=decision.pk, household_changed_at__isnull=False).exists():
        raise ValidationError(TEXTS["selection_household_changed"], code="household")
