"""Deciding on what is others', and handing over: nothing undecided, unread or old leaves."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from registry.copies import packaging, queries, services
from registry.copies.codes import Decision, Reason, Unneeded, What
from registry.copies.models import Copy, CopyKind, Finding, State
from registry.households.models import Membership
from registry.persons.models import Person, StaffLink, TieKind
from tests.people import make_user, system_access
from tests.registry.copies.conftest import (
    FROM,
    NOTE,
    Gathered,
    acting,
    approve,
    ban,
    places,
    remind,
    settle,
)
from tests.registry.persons.conftest import invented
from tests.vuokra.documents.conftest import text_of
from vuokra.access import proofs, verifier
from vuokra.access.errors import FunctionDenied, ObjectDenied
from vuokra.access.models import AccessEvent
from vuokra.accounts.models import User
from vuokra.policy.roles import Role

ROOT = Path(__file__).resolve().parents[3]


def opened(package: bytes, password: str) -> dict[str, bytes]:
    """The attached files of a package by name, and the PDF without its lock as `pdf`."""
    with pikepdf.open(io.BytesIO(package), password=password) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        plain = io.BytesIO()
        pdf.save(plain)
    return files | {"pdf": plain.getvalue()}


def built(copy: Copy, user: User) -> dict[str, bytes]:
    approve(copy)
    with acting(user):
        return opened(*services.build_package(copy, by=user))


def words_at(copy: Copy, user: User) -> dict[int, str]:
    """The words of every place, by its id."""
    with acting(user):
        texts = {place: value.shown for place, _e, value in queries.content_of(copy).values()}
        return {
            one.pk: texts.get(one.place, "")[one.start : one.end or None]
            for one in services.findings(copy)
        }


# -- deciding ------------------------------------------------------------------------------------


def test_DP_A29_a_neighbours_complaint_blocks_until_it_is_decided(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = gathered(person)
    found = places(copy, registrar)
    assert found["Kaarina Esimerkki"].what == What.NAME and found["Eliaksen"].what == What.PERSON
    with acting(registrar):
        assert not services.is_ready(copy)
        with pytest.raises(ValidationError, match="ratkaisematta"):
            services.build_package(copy, by=registrar)
    copy = settle(copy, registrar)
    with acting(registrar):
        assert services.is_ready(copy)
    files = built(copy, registrar)
    everything = text_of(files["pdf"]) + files["tiedot.json"].decode()
    for word in ("Kaarina", "Esimerkki", "555 1234", "Elias"):
        assert word not in everything, word
    assert "peitetty: toisen henkilön tieto" in everything and "valitti metelistä" in everything


def test_DP_A29_texts_that_nobody_has_read_block_too(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = gathered(person)
    with acting(registrar):
        for one in services.findings(copy):
            services.redact(one, Reason.OTHER)
        assert services.missing(copy) == ["3 osaa on lukematta."]
        with pytest.raises(ObjectDenied):
            services.read(copy, "PT-NIMI")  # nothing to read there
        for code in queries.to_read(queries.content_of(copy)):
            services.read(copy, code)
            services.read(copy, code)
        assert services.is_ready(copy)


def test_a_place_may_be_told_with_a_reason(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar, keep=True)
    files = built(copy, registrar)
    assert NOTE.split(",")[0] in text_of(files["pdf"])
    assert "[peitetty" not in files["tiedot.json"].decode()


@pytest.mark.parametrize(
    ("verb", "reason"),
    [(services.redact, Reason.OWN), (services.keep, Reason.OTHER), (services.redact, ""),
     (services.keep, "muu")],
)  # fmt: skip
def test_every_decision_has_a_reason_of_its_own_kind(
    person: Person, registrar: User, gathered: Gathered, verb: Callable[..., None], reason: str
) -> None:
    found = places(gathered(person), registrar)["Kaarina Esimerkki"]
    with acting(registrar), pytest.raises(ValidationError, match="Valitse"):
        verb(found, reason)
    with system_access():
        assert Finding.objects.get(pk=found.pk).decision == Decision.OPEN


def test_the_same_words_are_decided_on_once(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = gathered(person)
    found = places(copy, registrar)["Kaarina Esimerkki"]
    with acting(registrar):
        count = services.decide_alike(found, Decision.REDACTED, Reason.OTHER)
        left = [one for one in services.findings(copy) if one.decision == Decision.OPEN]
    assert count == 2  # in the reminder, and in its change history
    texts = words_at(copy, registrar)
    assert left and all(texts[one.pk] != "Kaarina Esimerkki" for one in left)


def test_words_that_were_not_found_are_marked_by_hand(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    with system_access():
        remind(person, "naapurin kalle soitti, Kalle oli vihainen", registrar)
    copy = gathered(person)
    with acting(registrar):
        place = next(
            where for where, _e, value in queries.content_of(copy).values()
            if value.shown.startswith("naapurin")
        )  # fmt: skip
        with pytest.raises(ValidationError, match="ei löydy"):
            services.mark(copy, place, "pekka", Reason.OTHER)
        with pytest.raises(ValidationError, match="Valitse"):
            services.mark(copy, place, "kalle", "own")
        with pytest.raises(ObjectDenied):
            services.mark(copy, "PT-NIMI/99/x", "kalle", Reason.OTHER)
        assert services.mark(copy, place, "kalle", Reason.OTHER) == 2
    for changes in [one for one in places(copy, registrar).values() if one.place != place]:
        assert changes.what != What.HAND
    with acting(registrar):
        change = next(
            where for where, _e, value in queries.content_of(copy).values()
            if "vihainen" in value.shown and where != place
        )  # fmt: skip
        services.mark(copy, change, "", Reason.SECRET)
    files = built(settle(copy, registrar), registrar)
    data = files["tiedot.json"].decode()
    assert "kalle" not in (data + text_of(files["pdf"])).casefold() and "liikesalaisuus" in data


def test_only_the_registrar_decides(person: Person, registrar: User, gathered: Gathered) -> None:
    found = places(gathered(person), registrar)["Kaarina Esimerkki"]
    other = make_user(Role.SOP)
    with pytest.raises(FunctionDenied), acting(other):
        services.redact(found, Reason.OTHER)


# -- turvakielto ---------------------------------------------------------------------------------


def test_DP_T6_a_protected_household_member_is_never_told(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    with system_access():
        ban(spouse)
        street = "Koulukatu 5 A 2"
        remind(person, f"Elias asuu nyt osoitteessa {street}.", registrar)
    copy = gathered(person)
    found = places(copy, registrar)
    assert found["Eliaksen"].locked and found["Eliaksen"].reason == Reason.PROTECTED
    assert found[street].locked
    with acting(registrar), pytest.raises(ValidationError, match="Turvakiellon"):
        services.keep(found["Eliaksen"], Reason.KNOWN)
    files = built(settle(copy, registrar, keep=True), registrar)
    told = files["tiedot.json"].decode() + text_of(files["pdf"])
    assert "Elias" not in told and "turvakiellon alainen tieto" in told
    notes = [
        field["text"]
        for section in json.loads(files["tiedot.json"])["items"]
        for entry in section["entries"]
        for field in entry["fields"]
        if field["name"] == "text"
    ]
    assert notes and not any(street in note for note in notes)


def test_DP_T6_a_name_that_a_protected_person_shares_is_locked(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    """Of two who have the name, the one who is protected counts, whoever was recorded first."""
    with system_access():
        child = invented("Lehtovaara", "Elias Onni", "010190-903T")
        Membership.objects.create(
            household=person.memberships.get().household, person=child, valid_from=FROM
        )
        ban(child)
    found = places(gathered(person), registrar)
    assert found["Eliaksen"].locked


def test_the_database_lets_nobody_tell_what_is_locked(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    with system_access():
        ban(spouse)
    found = places(gathered(person), registrar)["Eliaksen"]
    found.decision, found.reason = Decision.KEPT, Reason.KNOWN
    with system_access(), pytest.raises(DatabaseError), transaction.atomic():
        found.save()


def test_a_turvakielto_that_begins_meanwhile_refuses_the_package(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    with system_access():
        ban(person)
    with acting(registrar), pytest.raises(ValidationError, match="muuttuneet") as refused:
        services.build_package(copy, by=registrar)
    assert refused.value.code == "changed"
    with system_access():
        still = Copy.objects.get(pk=copy.pk)
    assert still.state == State.REVIEW and not still.package


def test_a_turvakielto_of_somebody_who_is_named_refuses_it_too(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar, keep=True)
    with system_access():
        ban(spouse)
    with acting(registrar), pytest.raises(ValidationError, match="turvakielto"):
        services.build_package(copy, by=registrar)


def test_data_that_changed_are_collected_anew(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    from tests.registry.copies.conftest import collected

    copy = settle(gathered(person), registrar)
    with system_access():
        remind(person, "Uusi muistutus", registrar)
    with acting(registrar):
        with pytest.raises(ValidationError, match="Kokoa jäljennös uudelleen"):
            services.require_current(copy)
        services.restart(copy)
    again = settle(collected(copy), registrar)
    assert "Uusi muistutus" in built(again, registrar)["tiedot.json"].decode()


# -- the package ---------------------------------------------------------------------------------


def test_the_package_opens_with_its_password_alone(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = approve(settle(gathered(person), registrar))
    with acting(registrar) as ctx:
        package, password = services.build_package(copy, by=registrar)
    assert re.fullmatch(r"(?:[2-9a-hjkmnp-z]{4}-){4}[2-9a-hjkmnp-z]{4}", password)
    assert b"Lehtovaara" not in package
    for wrong in ("", password[:-1]):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(package), password=wrong)
    with pikepdf.open(io.BytesIO(package), password=password) as pdf:
        assert pdf.encryption.R == 6 and pdf.allow.accessibility
        assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith("fi")
        metadata = pdf.Root.Metadata.read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata and b"pdfaid:part" not in metadata
    with system_access():
        kept = Copy.objects.get(pk=copy.pk)
        event = AccessEvent.objects.get(access_id=ctx.id)
    assert kept.state == State.PACKED and event.action == "export"
    assert person.pk in event.subjects
    with acting(registrar):
        assert services.package_file(kept) == package
        again, other = services.build_package(kept, by=registrar)
    assert other != password and again != package


def test_a_decision_made_anew_takes_the_package_back(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    copy = settle(gathered(person), registrar)
    built(copy, registrar)
    found = places(copy, registrar)["Kaarina Esimerkki"]
    with acting(registrar):
        services.keep(found, Reason.CONSENT)
        kept = Copy.objects.get(pk=copy.pk)
        assert kept.state == State.REVIEW and not kept.package
        with pytest.raises(ObjectDenied):
            services.package_file(kept)


def test_the_copy_may_be_printed(person: Person, registrar: User, gathered: Gathered) -> None:
    copy = approve(settle(gathered(person, language="en"), registrar))
    with acting(registrar) as ctx:
        pdf = services.printed(copy)
    text = text_of(pdf)
    assert "Whose data" in text and "What the data are used for" in text
    with system_access():
        assert AccessEvent.objects.get(access_id=ctx.id).action == "print"


def test_the_json_keeps_to_the_published_schema(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    schema = json.loads((ROOT / "docs" / "subject-copy.schema.json").read_text("utf-8"))
    copy = settle(gathered(person), registrar)
    with acting(registrar):
        services.allow_names(copy, "Epäily urkinnasta, nimet tarvitaan tutkintapyyntöön.")
    told = json.loads(built(copy, registrar)["tiedot.json"])
    assert told["schema"] == schema["properties"]["schema"]["const"] == packaging.SCHEMA
    assert list(faults(told, schema, schema)) == []
    broken = {**told, "items": [{**told["items"][0], "entries": "x"}], "extra": 1}
    assert len(list(faults(broken, schema, schema))) == 2


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> Any:
    """What in a value is not as a JSON schema says: of the words that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    kinds = {"object": dict, "array": list, "string": str, "integer": int,
             "number": int | float, "boolean": bool}  # fmt: skip
    kind = schema.get("type")
    if kind is not None and not isinstance(value, kinds[kind]):
        yield f"{at}: no {kind}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: none of the list"
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: no {name}"
    if schema.get("additionalProperties") is False:
        for name in set(value) - set(schema["properties"]):
            yield f"{at}: {name} is not of the schema"
    for name, part in schema.get("properties", {}).items():
        if isinstance(value, dict) and name in value:
            yield from faults(value[name], part, root, f"{at}.{name}")
    for number, one in enumerate(value if kind == "array" else ()):
        yield from faults(one, schema["items"], root, f"{at}[{number}]")


def test_what_is_handed_over_holds_no_inner_ids(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    user = make_user(Role.SOP)
    with system_access():
        StaffLink.objects.create(person=person, staff=user, kind=TieKind.CONFLICT, valid_from=FROM)
    files = built(settle(gathered(person), registrar), registrar)
    told = files["tiedot.json"].decode()
    for word in ("connected", '"by"', "person_id", "others", user.full_name):
        assert word not in told, word


def test_the_extract_is_json_and_csv(person: Person, registrar: User, gathered: Gathered) -> None:
    with system_access():
        point = person.contact_points.filter(kind="email").get()
        point.value = "=1+1@example.fi"
        point.save()
    copy = settle(gathered(person, kind=CopyKind.PORTABILITY), registrar)
    files = built(copy, registrar)
    assert set(files) == {"pdf", "tiedot.json", "tiedot.csv"}
    rows = list(csv.DictReader(io.StringIO(files["tiedot.csv"].decode("utf-8-sig"))))
    values = {row["value"] for row in rows}
    assert "Lehtovaara" in values and "'=1+1@example.fi" in values  # DP-A23
    plain = json.loads(files["tiedot.json"])
    assert plain["kind"] == "portability" and "consultations" not in plain


# -- who looked ----------------------------------------------------------------------------------


def test_DP_A31_names_of_those_who_looked_need_the_necessity_test(
    person: Person, registrar: User, gathered: Gathered, signed_in: Callable[[str], Any]
) -> None:
    client = signed_in("SOP")
    client.get(f"/henkilot/{person.public_id}/")
    with system_access():
        name = User.objects.get(username="sop").full_name
    copy = settle(gathered(person), registrar)
    files = built(copy, registrar)
    assert name not in files["tiedot.json"].decode() and name not in text_of(files["pdf"])
    looks = json.loads(files["tiedot.json"])["consultations"]
    assert {"at", "role", "purpose", "what", "id"} == set(looks[0])
    with acting(registrar):
        with pytest.raises(ValidationError, match="10–500"):
            services.allow_names(copy, "lyhyt")
        services.allow_names(copy, "Epäily urkinnasta, nimet tarvitaan tutkintapyyntöön.")
        copy = Copy.objects.select_related("person").get(pk=copy.pk)
    files = built(copy, registrar)
    assert name in files["tiedot.json"].decode() and name in text_of(files["pdf"])
    with acting(registrar):
        services.allow_names(copy, "")
        copy = Copy.objects.select_related("person").get(pk=copy.pk)
    assert name not in built(copy, registrar)["tiedot.json"].decode()


def test_looks_of_one_day_role_and_purpose_are_counted_together(
    person: Person, registrar: User, gathered: Gathered, signed_in: Callable[[str], Any]
) -> None:
    client = signed_in("SOP")
    for _look in range(3):
        client.get(f"/henkilot/{person.public_id}/")
    copy = gathered(person)
    with acting(registrar):
        table = packaging.looks_table(queries.content_of(copy), {})
    (row,) = [row for row in table if "Kortti avattu" in row]
    assert row[-1] == "3" and row[1] == "Asiakas- ja sopimuspalvelija"


def test_the_proofs_go_along_and_what_is_not_sealed_yet_is_counted(
    person: Person, registrar: User, gathered: Gathered, signed_in: Callable[[str], Any]
) -> None:
    signed_in("SOP").get(f"/henkilot/{person.public_id}/")
    bundle = json.loads(built(settle(gathered(person), registrar), registrar)["todisteet.json"])
    assert bundle["format"] == verifier.BUNDLE
    assert bundle["waiting"] >= 1 and bundle["rows"] == []
    assert proofs.EVENTS == "vuokra_access_event"


# -- rows about two people -------------------------------------------------------------------------


def test_a_row_about_two_people_is_decided_on_as_a_whole(
    person: Person, spouse: Person, registrar: User, gathered: Gathered
) -> None:
    from registry.duplicates.models import Candidate

    with system_access():
        first, second = sorted((person.pk, spouse.pk))
        Candidate.objects.create(
            first_id=first, second_id=second, grounds=["same_name"], reason="Samanniminen Elias"
        )
    copy = gathered(person)
    found = places(copy, registrar)
    whole = [one for one in found.values() if one.what == What.ROW]
    assert whole and all(one.other_id == spouse.pk for one in whole)
    told = built(settle(copy, registrar), registrar)["tiedot.json"].decode()
    assert "Samanniminen" not in told


# -- giving up -------------------------------------------------------------------------------------


def test_giving_up_removes_what_was_collected(
    person: Person, registrar: User, gathered: Gathered, files: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    copy = gathered(person)
    assert [one for one in files.rglob("*") if one.is_file()]
    with django_capture_on_commit_callbacks(execute=True), acting(registrar):
        services.discard(copy, Unneeded.WITHDRAWN)
    assert [one for one in files.rglob("*") if one.is_file()] == []
    with acting(registrar), pytest.raises(ObjectDenied):
        services.restart(copy)


def test_the_list_leaves_out_ones_own_people_and_who_is_under_turvakielto(
    gathered: Gathered, person: Person, spouse: Person, registrar: User
) -> None:
    """DP-A2 and 7.3: by number and state alone a list would tell of them."""
    copies = {gathered(person), gathered(spouse)}
    with acting(registrar):
        assert set(queries.latest_copies()) == copies
    with system_access():
        StaffLink.objects.create(person=person, staff=registrar, kind=TieKind.OWN, valid_from=FROM)
    with acting(registrar):
        assert queries.latest_copies() == []  # whoever lives with one is close too
