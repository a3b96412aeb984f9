"""Recording what was disclosed. Every room that gives data out calls `record_disclosure`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.disclosures import queries, rule_rows, rules
from registry.disclosures.models import (
    Category,
    Channel,
    DisclosedCopy,
    Disclosure,
    Recipient,
    RestrictionGround,
)
from registry.disclosures.texts import why_not
from registry.households.queries import homes_among
from registry.persons.rules import clean_text
from registry.persons.services import refuse_hetu_in_text
from vuokra.access.context import current
from vuokra.access.stated import bulk_write, raw_sql
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level
from vuokra.policy.roles import Purpose
from vuokra.rules.queries import rule
from vuokra.rules.services import note_use

WHY = "the people of one disclosure"
LINK = """
INSERT INTO registry_disclosures_disclosedperson (disclosure_id, person_id)
SELECT %s, unnest(%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy that left: SHA-256 of its bytes, in hexadecimal, and how many they were."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given out. `recipient` None is the company's own use.

    `statute` and `section` are those of an authority's request; `approved_by` is the user who
    approved. `irregular` was given without a basis already, and is recorded as that. `origin`
    names what records it, such as `leases:collection`.
    """

    recipient: Recipient | None
    people: Sequence[int]
    codes: Collection[str]
    purpose: Purpose
    channel: Channel
    origin: str
    at: datetime | None = None
    statute: str = ""
    section: str = ""
    approved_by: int | None = None
    asked_by: str = ""
    call_back: str = ""
    reference: str = ""
    note: str = ""
    irregular: bool = False
    as_protected: bool = False
    restriction: RestrictionGround = RestrictionGround.NONE
    copy: Copy | None = None


def record_disclosure(given: Given, *, today: date) -> Disclosure:
    """Record a disclosure (luovutuksen kirjaaminen) after asking whether it is allowed.

    Raises ValidationError whose code names what is wrong: `recipient` (no basis, A60), `codes`,
    `people` (somebody must be left out: ask `queries.screen` first; or a list to a contractor,
    A19), `approval` (another must approve), `reference`, `statute` (an authority without its law).
    """
    current().require(Group.PERSON, Level.READ)
    basis = None
    if given.recipient is not None and not given.irregular:
        basis = _allowed(given, given.recipient, today)
    with transaction.atomic():
        row = write(given, basis=basis)
    ctx = current()
    ctx.note_subjects(given.people)
    if given.irregular:
        ctx.alarm = True
    return row


def _allowed(given: Given, recipient: Recipient, today: date) -> int | None:
    """The basis of a disclosure to somebody outside; None when the statute of a request is it."""
    category = Category(recipient.category)
    _approved(given, category, today)
    _whole(given, category, today)
    if category == Category.AUTHORITY:
        refuse_without_law(given.statute, given.section)
        return None
    found = queries.may_disclose(recipient, given.codes, today, given.purpose)
    if not found.allowed:
        over = found.refusal in (rules.Refusal.CODES, rules.Refusal.HETU)
        raise ValidationError(why_not(found), code="codes" if over else "recipient")
    return found.basis


def refuse_without_law(statute: str, section: str) -> None:
    """Raise ValidationError (`statute`) where an authority would get data by no law (S7-05)."""
    if not statute.strip() or not section.strip():
        raise ValidationError(
            _("Kirjoita säädös ja pykälä. Ilman niitä tietoja ei anneta."), code="statute"
        )


def _approved(given: Given, category: Category, today: date) -> None:
    """Four eyes, where they are needed. An authority's request goes its own way (A18)."""
    limit = rule(rule_rows.APPROVED_PEOPLE, today)
    note_use(limit)
    needed = rules.needs_approval(
        given.codes, people=len(given.people), limit=limit.integer, category=category
    )
    if not needed:
        return
    by = current().actor.user_id
    if given.approved_by is None or given.approved_by == by:
        if category == Category.AUTHORITY and given.approved_by is None:
            raise ValidationError(
                _("Viranomaiselle annetaan tietoja vain kirjatun pyynnön perusteella, kun toinen "
                  "henkilö on hyväksynyt sen. Kirjaa pyyntö viranomaispyyntöihin."),
                code="recipient",
            )  # fmt: skip
        raise ValidationError(_("Luovutus tarvitsee toisen henkilön hyväksynnän."), code="approval")


def _whole(given: Given, category: Category, today: date) -> None:
    """Nobody is in it who must be left out."""
    homes = homes_among(given.people, today) if category in rules.PER_ORDER else 0
    if not rules.flat_level(
        category, people=len(given.people), households=homes, reference=given.reference
    ):
        if not given.reference.strip():
            raise ValidationError(
                _("Kirjoita työmääräyksen numero: huollolle ja ovenavaukseen annetaan tietoja "
                  "vain yhtä asuntoa koskevaan tilaukseen."),
                code="reference",
            )  # fmt: skip
        raise ValidationError(
            _("Asukasluetteloa ei anneta. Huollolle ja ovenavaukseen annetaan vain yhden asunnon "
              "asukkaat yhtä tilausta varten."),
            code="people",
        )  # fmt: skip
    found = queries.screen(
        given.people, codes=given.codes, category=category, purpose=given.purpose, today=today
    )
    if found.protected:
        raise ValidationError(
            _("Turvakiellon alaisia tietoja ei anneta tälle vastaanottajalle."), code="people"
        )
    if found.objecting:
        text = ngettext(
            "%(count)s henkilö on kieltänyt tietojensa luovuttamisen tähän tarkoitukseen.",
            "%(count)s henkilöä on kieltänyt tietojensa luovuttamisen tähän tarkoitukseen.",
            len(found.objecting),
        )
        raise ValidationError(text % {"count": len(found.objecting)}, code="people")
    if found.restricted and not given.restriction:
        raise ValidationError(
            _("Tietojen käsittelyä on rajoitettu (18 artikla). Luovuttamiseen tarvitaan peruste."),
            code="restriction",
        )


def write(given: Given, *, basis: int | None, corrects: Disclosure | None = None,
          void: bool = False, by: int | None = None) -> Disclosure:  # fmt: skip
    """Write a disclosure that was found allowed, its people and its copy; in the actor's own name,
    or in that of `by`, who proposed what the actor approves.

    Raises ValidationError for nobody, for an item that is none, or an identity code in a text.
    """
    people = list(dict.fromkeys(given.people))
    if not people:
        raise ValidationError(_("Valitse ainakin yksi henkilö."), code="people")
    if unknown := frozenset(given.codes) - rules.known_codes():
        raise ValueError(f"No register items: {sorted(unknown)}")
    row = Disclosure(
        at=given.at or timezone.now(), recipient=given.recipient, basis_id=basis,
        purpose=given.purpose, codes=sorted(given.codes), person_count=len(people),
        channel=given.channel, by_id=by or current().actor.user_id,
        approved_by_id=given.approved_by,
        irregular=given.irregular, as_protected=given.as_protected, restriction=given.restriction,
        corrects=corrects, void=void, origin=given.origin, **texts(given),
    )  # fmt: skip
    row.save(force_insert=True)
    _link(row, people)
    if given.copy is not None:
        keep_copy(row, given.copy)
    current().note("disclosure", str(row.pk))
    return row


def texts(given: Given) -> dict[str, str]:
    """The words of a disclosure, cleaned. Raises ValidationError for an identity code in them."""
    names = ("statute", "section", "asked_by", "call_back", "reference", "note")
    texts = {name: clean_text(getattr(given, name)) for name in names}
    for text in texts.values():
        refuse_hetu_in_text(text)
    return texts


def _link(row: Disclosure, people: Sequence[int]) -> None:
    """One statement, however many people: a list of ten thousand leaves without a wait."""
    with bulk_write(WHY), raw_sql(WHY), connection.cursor() as cursor:
        cursor.execute(LINK, [row.pk, list(people)])


def keep_copy(row: Disclosure, copy: Copy) -> None:
    """Keep the digest of the copy that left whole."""
    DisclosedCopy.objects.create(disclosure=row, sha256=copy.sha256, size=copy.size)
