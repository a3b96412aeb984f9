"""Every application of a file against the rules, the rest of the file and the register (koeajo)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from applications.intake.codes import Part
from applications.intake.imports.people import Register
from applications.intake.imports.rows import (
    ImportedApplication,
    ImportedMember,
    RowReader,
    SiteIds,
)
from applications.intake.models import Application
from applications.intake.rule_rows import PARTY_AGE, VALIDITY
from applications.intake.rules import validity
from leases.homes.models import Site
from registry.persons.ages import has_reached
from registry.persons.queries.majority import is_minor
from vuokra.db.bulk import batches
from vuokra.imports.columns import Row, header_key
from vuokra.imports.registry import Plan, Report, Stage, Tell
from vuokra.rules.queries import rule

BATCH: Final = 500
GROWN: Final = (Part.APPLICANT, Part.CO_APPLICANT)


def check(
    rows: Sequence[Row], report: Report, today: date, tell: Tell
) -> Plan[ImportedApplication]:
    """The applications that are new, and how many the register has already; those are not changed.
    One is known by the system that it came from and its id there."""
    plan: Plan[ImportedApplication] = Plan([])
    readers = _grouped(rows, report, today)
    known = _known(list(readers))
    fresh = {key: several for key, several in readers.items() if key not in known}
    plan.known = len(readers) - len(fresh)
    total, done = 2 * len(fresh), 0
    read: list[ImportedApplication] = []
    for key, several in fresh.items():
        if done % BATCH == 0:
            tell(Stage.CHECK, done, total)
        done += 1
        if (one := _application(key, several, today)) is not None:
            read.append(one)
    seen: dict[object, int] = {}
    for batch in batches(read, BATCH):
        _place(batch, seen, report, today)
        done += len(batch)
        tell(Stage.CHECK, done, total)
    plan.new = read
    return plan


def _sites() -> SiteIds:
    found: dict[str, int] = {}
    for pk, number, name in Site.objects.values_list("pk", "number", "name"):
        found |= {header_key(name): pk, header_key(str(number)): pk}
    return found


def _grouped(
    rows: Sequence[Row], report: Report, today: date
) -> dict[tuple[str, str], list[RowReader]]:
    """Rows by their application; those that do not say which are reported."""
    sites, found = _sites(), dict[tuple[str, str], list[RowReader]]()
    for row in rows:
        reader = RowReader(row, report, today, sites)
        key = reader.source()
        if all(key):
            found.setdefault(key, []).append(reader)
    return found


def _known(keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for batch in batches(keys, BATCH):
        rows = Application.objects.filter(
            source__in={source for source, _id in batch}, source_id__in=[one for _s, one in batch]
        )
        found |= set(rows.values_list("source", "source_id"))
    return found


# -- what an application says ------------------------------------------------------------------


def _application(
    key: tuple[str, str], readers: Sequence[RowReader], today: date
) -> ImportedApplication | None:
    """The application of its rows, or None when something in one of them is wrong."""
    applicants = [one for one in readers if one.part == Part.APPLICANT]
    if len(applicants) != 1:
        at = applicants[1] if applicants else readers[0]
        at.wrong(
            "part", _("Hakemuksella on jo hakija.") if applicants
            else _("Hakemuksella ei ole hakijaa."),
        )  # fmt: skip
        return None
    first = applicants[0]
    whole = first.of_whole()
    members: list[ImportedMember] = []
    for reader in (first, *(one for one in readers if one is not first)):
        if reader is not first:
            reader.refuse_whole()
        one = reader.member(
            subsidised=whole.details["subsidised"], received_on=whole.details["received_on"]
        )
        if one is not None:
            members.append(one)
    if not all(reader.good for reader in readers):
        return None
    _warn_over(first, whole.details["received_on"], today)
    return ImportedApplication(first.row.number, *key, members, whole)


def _warn_over(reader: RowReader, received_on: date, today: date) -> None:
    last = validity.valid_until(received_on, rule(VALIDITY, received_on).integer)
    if validity.has_expired(last, today):
        text = _("Hakemuksen voimassaolo on jo päättynyt. Se vanhenee seuraavana yönä.")
        reader.report.warn(reader.row.number, "received_on", text)


# -- who is in it ------------------------------------------------------------------------------


def _place(
    batch: Sequence[ImportedApplication], seen: dict[object, int], report: Report, today: date
) -> None:
    """Find the people of a batch in the register; what may not be goes to the report."""
    register = Register.of([one for whole in batch for one in whole.members], today)
    for application in batch:
        for member in application.members:
            register.find(member, report)
        _refuse_doubles(application, seen, report)
        for member in application.members:
            register.judge(member, report)
        _judge_ages(application, register, report, today)
        _hide(application, register)


def _refuse_doubles(
    application: ImportedApplication, seen: dict[object, int], report: Report
) -> None:
    """Nobody is in two applications of the file, but a child who lives elsewhere; nobody twice in
    one."""
    here: set[object] = set()
    for member in application.members:
        first = seen.get(member.key)
        if member.key in here:
            report.error(member.row, _at(member), _("Henkilö on jo hakemuksella."))
        elif first is not None and member.part != Part.AWAY:
            text = _("Henkilö on jo toisella hakemuksella, rivillä %(row)s.") % {"row": first}
            report.error(member.row, _at(member), text)
        here.add(member.key)
        if member.part != Part.AWAY:
            seen.setdefault(member.key, member.row)


def _at(member: ImportedMember) -> str:
    """The column by which a member was told."""
    if member.customer_number:
        return "customer_number"
    return "hetu" if member.person.code or member.code else "birth_date"


def _judge_ages(
    application: ImportedApplication, register: Register, report: Report, today: date
) -> None:
    """Whether somebody may apply at that age (4.2), whether guardians consented for a child, and
    whether a child elsewhere is a child."""
    born = {id(one): register.born(one) for one in application.members}
    applicant = application.members[0]
    age, day = rule(PARTY_AGE, today).integer, born[id(applicant)]
    grown = any(
        known and not is_minor(known, today)
        for one in application.members
        if one.part in GROWN and (known := born[id(one)])
    )
    if day is not None and not has_reached(day, age, today) and not grown:
        text = _("Alle %(age)s-vuotias ei voi hakea asuntoa yksin.") % {"age": age}
        report.error(applicant.row, _at(applicant), text)
    for one in application.members:
        known = born[id(one)]
        if one.consent_on and (known is None or not is_minor(known, one.consent_on)):
            text = _("Huoltajan suostumus kirjataan vain alaikäiselle.")
            report.error(one.row, "consent_on", text)
        if one.part != Part.AWAY:
            continue
        if known is None or not is_minor(known, today):
            report.error(one.row, "part", _("Muualla asuva lapsi on alaikäinen."))


def _hide(application: ImportedApplication, register: Register) -> None:
    """Where somebody lives or works who is under turvakielto lies sealed, or is not kept (7.3)."""
    for member in application.members:
        if member.work is not None and member.known in register.protected:
            member.work.place = ""
    home = application.whole.home
    if home is None:
        return
    town, landlord = home.municipality, home.landlord
    home.place = f"{town}\n{landlord}" if town or landlord else None
    if any(one.known in register.protected for one in application.members if one.part != Part.AWAY):
        home.municipality = home.landlord = ""
