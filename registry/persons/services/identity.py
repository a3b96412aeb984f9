"""Recording and changing what people are identified by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.persons import rules
from registry.persons.models import FormerCode, FormerCodeReason, Identity, IdentityKind, Person
from registry.persons.queries.majority import is_minor
from vuokra.access.context import current
from vuokra.db.constraints import constraint_errors
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


DUPLICATE = gettext_lazy(
    "Tunnusta ei voitu tallentaa. Tarkista, onko henkilö jo rekisterissä: hae henkilötunnuksella."
)
DUPLICATES = {
    "persons_identity_unique_code": DUPLICATE,
    "persons_identity_code_reserved": DUPLICATE,
}
HETU_TEXTS: dict[rules.HetuProblem, StrPromise] = {
    rules.HetuProblem.FORMAT: gettext_lazy("Kirjoita tunnus muodossa PPKKVV-NNNT."),
    rules.HetuProblem.SEPARATOR: gettext_lazy(
        "Seitsemäs merkki on välimerkki tai kirjain, esimerkiksi - tai A. Se on osa tunnusta."
    ),
    rules.HetuProblem.DATE: gettext_lazy("Päivää ei ole olemassa. Tarkista alku ja välimerkki."),
    rules.HetuProblem.FUTURE: gettext_lazy("Syntymäpäivä on tulevaisuudessa."),
    rules.HetuProblem.INDIVIDUAL: gettext_lazy("Yksilönumero ei ole käytössä."),
    rules.HetuProblem.CHECK: gettext_lazy("Tarkistusmerkki ei täsmää. Tarkista numerosarja."),
    rules.HetuProblem.ARTIFICIAL: gettext_lazy(
        "Yksilönumero 900–999 ei ole kenenkään henkilötunnus. Valitse lajiksi keinotunnus."
    ),
}
MINORS_HETU = gettext_lazy(
    "Alaikäisestä kirjataan syntymäaika. Henkilötunnuksen voi kirjata vain perusteesta: "
    "lisää hänet ruokakunnan jäseneksi ja valitse peruste siellä."
)


birth_date_changed = Signal()
"""Sent with `person_id`, `before` and `after` when a birth date was corrected, in the same
transaction: what hangs on an age follows, or refuses with a ValidationError."""


class RealHetuFound(RuntimeError):
    """A database that must hold invented people only holds a code of a real one."""


@dataclass(frozen=True, slots=True)
class Code:
    """An identity to be recorded: a code of some kind, or only a birth date.

    `justified`: the code may be a child's, because a reason for it is recorded beside it.
    """

    kind: IdentityKind
    code: str = field(default="", repr=False)
    birth_date: date | None = None
    justified: bool = False


def record_identity(person: Person, given: Code, *, today: date) -> Identity:
    """Record what identifies a person for the first time (tunnistetiedon kirjaaminen)."""
    current().require(Group.IDENTITY, Level.WRITE)
    identity = Identity(person=person)
    _fill(identity, given, today)
    return _save(identity)


def change_identity(
    person: Person, given: Code, *, reason: FormerCodeReason, today: date
) -> Identity:
    """Change or correct what identifies a person (tunnuksen muutos tai korjaus).

    The person stays the same. The old code goes to history, sealed anew; a code that was officially
    changed stays reserved for its holder, one recorded by mistake becomes free for its owner.
    """
    current().require(Group.IDENTITY, Level.WRITE)
    identity = Identity.objects.select_for_update().get(person=person)
    identity.person = person
    with transaction.atomic():
        if identity.hetu is not None:
            given = replace(given, justified=True)  # a code was held already: it is corrected
            current().require(Group.HETU, Level.MASKED)
            former = FormerCode(person=person, reason=reason, artificial=identity.artificial)
            former.hetu = identity.hetu.reveal()
            former.save(force_insert=True)
        before = identity.birth_date
        _fill(identity, given, today)
        saved = _save(identity)
        if saved.birth_date != before:
            birth_date_changed.send(
                Identity, person_id=person.pk, before=before, after=saved.birth_date
            )
        return saved


def _fill(identity: Identity, given: Code, today: date) -> None:
    identity.kind = given.kind
    if given.kind == IdentityKind.BIRTH_DATE:
        identity.hetu, identity.artificial = None, False
        identity.birth_date = checked_birth_date(given.birth_date, today=today)
        return
    hetu = check_code(given.kind, given.code, today=today, justified=given.justified)
    identity.birth_date, identity.artificial = hetu.birth_date, hetu.artificial
    identity.hetu = hetu.code


def check_code(
    kind: IdentityKind, text: str, *, today: date, justified: bool = False
) -> rules.Hetu:
    """The code in `text` if it may be recorded as this kind; raises ValidationError.

    A child's is refused unless it is `justified`: its birth date is enough (DP-A13).

    Numbers 900–999 are nobody's: they are substitutes, or invented people outside production.
    Outside production the code of a real person is refused (DP-A55).
    """
    substitute = kind == IdentityKind.SUBSTITUTE
    try:
        hetu = rules.parse_hetu(text, today=today, artificial_allowed=substitute or settings.DEMO)
    except rules.HetuError as error:
        raise ValidationError(HETU_TEXTS[error.problem], code=error.problem) from None
    if substitute and not hetu.artificial:
        raise ValidationError(
            _("Keinotunnuksen yksilönumero on 900–999. Tämä on henkilötunnus."),
            code="not_artificial",
        )
    if settings.DEMO and hetu.real:
        raise ValidationError(
            _("Esittelyyn saa kirjata vain keksittyjä henkilöitä (yksilönumero 900–999)."),
            code="real_hetu",
        )
    if not (substitute or justified) and is_minor(hetu.birth_date, today):
        raise ValidationError(MINORS_HETU, code="minors_hetu")
    return hetu


def checked_birth_date(day: date | None, *, today: date) -> date:
    """The birth date if there is one that can be; raises ValidationError."""
    if day is None:
        raise ValidationError(_("Anna syntymäaika."), code="no_birth_date")
    if not date(1850, 1, 1) <= day <= today:
        raise ValidationError(_("Tarkista syntymäaika."), code="birth_date")
    return day


def _save(identity: Identity) -> Identity:
    """Save; a code that somebody else has, or had, is refused without telling who. The refusal
    tells that the code is known here, so the event names whose it is."""
    try:
        with constraint_errors(Identity, DUPLICATES):
            identity.save()
    except ValidationError:
        for codes in (Identity.objects, FormerCode.objects):
            held = codes.filter(hetu_index=identity.hetu_index, hetu_index__isnull=False)
            current().note_subjects(held.values_list("person_id", flat=True))
        raise
    return identity


def refuse_real_hetus() -> None:
    """Raise RealHetuFound when a database for invented people holds a real code (DP-A55)."""
    for model in (Identity, FormerCode):
        if model.objects.filter(hetu_index__isnull=False, artificial=False).exists():
            raise RealHetuFound("This database holds the identity code of a real person.")
