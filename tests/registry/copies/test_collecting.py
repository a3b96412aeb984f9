"""What is collected: every column of every built item, of every record, through every path."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from registry.copies import collecting, finding, queries, services
from registry.copies.collecting import DERIVED, is_attached, is_told, personal_tables
from registry.copies.content import CHANGES, CopyContent, dumped, loaded
from registry.copies.finding import find
from registry.copies.gathering import collect, fingerprint
from registry.copies.models import Copy, CopyKind, State
from registry.households.models import Commitment, CommitmentKind, TrusteeKind, Trusteeship
from registry.papers import details
from registry.persons.models import Person, StaffLink, TieKind
from registry.rights.models import Right
from registry.rights.services import move_receipt
from tests.people import make_user, system_access
from tests.registry.copies.conftest import FROM, NOTE, Gathered, acting, ban, remind
from tests.registry.persons.conftest import invented
from tests.registry.rights.conftest import take_in
from tests.walk import canaries, world
from vuokra.access.errors import FunctionDenied, TiedDenied
from vuokra.access.models import AccessEvent
from vuokra.access.stated import raw_sql
from vuokra.accounts.models import User
from vuokra.documents.tasks import make
from vuokra.policy.catalogue import ColumnRole
from vuokra.policy.items import ITEMS
from vuokra.policy.roles import Role
from vuokra.ui import formatting


def collected_of(person: Person, kind: str = CopyKind.ACCESS) -> CopyContent:
    with system_access():
        return collect(person, kind=kind, language="fi", tell=lambda done, total: None)


def texts(content: CopyContent) -> str:
    values = [f"{value.label}: {value.shown}" for _place, _entry, value in content.values()]
    return "\n".join([*values, *(one.title for one in content.attachments)])


# -- nothing can be missing ------------------------------------------------------------------------


def test_no_column_of_a_built_item_is_left_out() -> None:
    """The test of the catalogue: a new column comes along by itself, or fails here."""
    left = [
        f"{table.name}.{column.name}"
        for table, model in personal_tables()
        for column in model._meta.concrete_fields
        if (described := table.columns[str(column.column)]).role is ColumnRole.ITEM
        and ITEMS[described.code].built
        and not is_told(table, column)
        and not is_attached(table, column)
        and not isinstance(column, DERIVED)
        and (table.name, column.name) not in collecting._left_out
    ]
    assert left == []


def test_what_is_left_out_as_derived_stands_beside_what_it_is_made_of() -> None:
    for table, model in personal_tables():
        derived = [f for f in model._meta.concrete_fields if isinstance(f, DERIVED)]
        for column in derived:
            code = table.columns[str(column.column)].code
            told = [
                one.name
                for one in model._meta.concrete_fields
                if table.columns[str(one.column)].code == code and is_told(table, one)
            ]
            assert told, f"{table.name}.{column.name}"


def test_every_value_of_a_whole_register_comes_along(
    db: None, settings: object, tmp_path: object
) -> None:
    """The register in which every value is a canary: all of the person's are in the copy."""
    settings.MEDIA_ROOT = tmp_path / "walk"  # type: ignore[attr-defined,operator]
    words, ids = world.plant()
    with system_access():
        person = Person.objects.get(pk=ids["person"])
    bird, told = canaries.PERSON, texts(collected_of(person))
    for value in (
        bird.surname, bird.given_names, bird.call_name, str(bird.customer_number), bird.hetu,
        bird.phone, bird.email, bird.street, bird.postal_code, bird.town, world.FORMER,
        canaries.FORMER_NAME, canaries.TRUSTEE, canaries.TRUSTEE_PHONE, canaries.DECISION,
        canaries.EXTENT, canaries.PAYER, canaries.REMINDER, canaries.MATTER,
    ):  # fmt: skip
        assert value in told, value
    assert canaries.OTHER.street not in told and canaries.OTHER.phone not in told
    assert canaries.PROTECTED.street not in told
    assert words["public_id"] not in told


def test_every_longer_path_leads_there_and_back(
    db: None, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path / "walk"  # type: ignore[attr-defined,operator]
    world.plant()
    tried = 0
    for table, model in personal_tables():
        if table.subject is None or not table.subject.sql:
            continue
        with system_access(), raw_sql("test of the paths"), connection.cursor() as cursor:
            for key in model._base_manager.values_list("pk", flat=True):
                cursor.execute(table.subject.sql, [[key]])
                persons = [row[0] for row in cursor.fetchall() if row[0] is not None]
                for person in persons:
                    cursor.execute(table.subject.rows, [[person]])
                    assert key in {row[0] for row in cursor.fetchall()}, table.name
                    tried += 1
    assert tried > 5


# -- whose rows ------------------------------------------------------------------------------------


def test_rows_that_name_the_person_in_another_ones_data_are_told(
    person: Person, spouse: Person
) -> None:
    with system_access():
        Trusteeship.objects.create(
            person=spouse, other=person, kind=TrusteeKind.MANDATE, decision="Päätös 17",
            extent="Talous", valid_from=FROM,
        )  # fmt: skip
        Commitment.objects.create(
            person=spouse, kind=CommitmentKind.PAYER, other=person, valid_from=FROM
        )
    content = collected_of(person)
    for code in ("HK-EDUNV", "HK-TAKAUS"):
        (section,) = [one for one in content.sections if code in one.code.split("+")]
        (entry,) = section.entries
        assert entry.others == [spouse.pk] and "toisen henkilön tiedoissa" in entry.title
    assert spouse.pk in content.connected
    with system_access():
        about = {one.mark.person for one in find(content)}
    assert spouse.pk in about and person.pk not in about  # one's own name is nobody else's
    assert "Päätös 17" not in texts(content)  # sealed for the other
    told = texts(collected_of(spouse))
    assert "Lehtovaara Marjukka" in told and "Päätös 17" in told


def test_records_that_were_merged_come_along(person: Person, registrar: User) -> None:
    from registry.duplicates.services import merging

    with system_access():
        other = invented("Lehtovaara", "Marjukka", "290296-9059")
        remind(other, "Tietueen muistutus", registrar)
        Person.with_merged.filter(pk=other.pk)
        assert merging is not None
        other.merged_into = person
        other.save()
    assert "Tietueen muistutus" in texts(collected_of(person))


def test_the_household_tells_with_whom_and_only_while_together(
    person: Person, spouse: Person
) -> None:
    content = collected_of(person)
    (entry,) = content.section("HK-TALOUSLKM+HK-TALOUSNIMI").entries
    shown = next(value.shown for value in entry.values if value.name == "household")
    assert shown == "2 henkilöä, Lehtovaara Elias" and spouse.pk in content.connected
    with system_access():
        membership = spouse.memberships.get()
        membership.valid_from, membership.valid_to = dt.date(2020, 1, 1), dt.date(2020, 2, 1)
        membership.save()
    (entry,) = collected_of(person).section("HK-TALOUSLKM+HK-TALOUSNIMI").entries
    assert "1 henkilö" in [value.shown for value in entry.values]


def test_documents_go_along_as_files(person: Person, registrar: User) -> None:
    with acting(registrar):
        document = details.order(person, by=registrar)
    make.func(document.pk, registrar.pk, document.purpose)
    content = collected_of(person)
    (attachment,) = content.attachments
    assert attachment.title == "Tarkista yhteystietosi" and attachment.others == []
    assert queries.attached(content)[attachment.name].startswith(b"%PDF")
    assert "Tarkista yhteystietosi" in texts(content)


def test_class_c_and_d_are_opened_and_recorded(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    with system_access():
        ban(person)
    copy = gathered(person)
    with acting(registrar):
        told = texts(queries.content_of(copy))
    assert "Koulukatu 5 A 2" in told and "150685-906N" in told
    with system_access():
        event = AccessEvent.objects.filter(route="copies:gather").latest("id")
    revealed = {part["table"] for part in event.detail if part["kind"] == "reveal"}
    assert {"registry_persons_identity", "registry_protection_protecteddetail"} <= revealed
    assert event.actor_id == registrar.pk and event.purpose == "P14"
    assert person.pk in event.subjects


def test_what_nobody_can_open_any_more_says_so(person: Person) -> None:
    from vuokra.crypto import subjects

    with system_access():
        ban(person)
        subjects.destroy(person.pk)
    assert "(poistettu)" in texts(collected_of(person))


def test_staff_who_made_the_rows_are_not_named(person: Person, registrar: User) -> None:
    assert registrar.full_name not in texts(collected_of(person))


def test_a_tie_names_a_member_of_staff_as_a_value_of_its_own(person: Person) -> None:
    user = make_user(Role.SOP)
    with system_access():
        StaffLink.objects.create(person=person, staff=user, kind=TieKind.CONFLICT, valid_from=FROM)
    (entry,) = collected_of(person).section("SIDONNAISUUS").entries
    (named,) = [value for value in entry.values if value.staff]
    assert named.staff == user.pk and named.shown == user.full_name


def test_changes_are_told_without_who_made_them(person: Person, registrar: User) -> None:
    content = collected_of(person)
    changes = content.section(CHANGES).entries
    assert any(NOTE in value.shown for one in changes for value in one.values)
    assert changes == content.changes and CHANGES not in [one.code for one in content.items]


def test_statements_do_not_grow_with_the_rows(
    person: Person, registrar: User, django_assert_max_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            collected_of(person)
        return len(found)

    few = count()
    with system_access():
        for number in range(30):
            remind(person, f"Muistutus {number}", registrar)
    assert count() <= few + 1


def test_a_snapshot_comes_back_as_it_was(person: Person) -> None:
    content = collected_of(person)
    assert loaded(dumped(content)) == content


# -- article 20 ------------------------------------------------------------------------------------


def test_the_extract_has_what_the_person_gave_and_nothing_else(
    person: Person, registrar: User
) -> None:
    with system_access():
        point = person.contact_points.filter(kind="phone").get()
        point.source = "SRC-DVV"
        point.save()
    content = collected_of(person, CopyKind.PORTABILITY)
    codes = {section.code for section in content.sections}
    assert {"PT-NIMI", "PT-HETU", "PT-OSOITE"} <= codes
    assert not codes & {"VS-YHTEYS", "SY-04", "MU-TURVA", CHANGES}
    told = texts(content)
    assert point.value not in told and "example.fi" in told
    assert content.looks == [] and content.blocks == [] and content.attachments == []


# -- twelve points ---------------------------------------------------------------------------------


def test_all_twelve_points_are_told(person: Person) -> None:
    with system_access():
        point = person.contact_points.filter(kind="phone").get()
        point.source = "SRC-DVV"
        point.save()
    content = collected_of(person)
    assert sorted({block.point for block in content.blocks}) == list(range(1, 13))
    told = {block.point: block for block in content.blocks}
    assert ["Digi- ja väestötietovirasto", "Puhelinnumerot, sähköpostiosoitteet"] in told[8].rows
    assert any("vuokrasuhteen päättyminen + 3 v" in row[2] for row in told[5].rows)
    assert any("Asiakkuuden ja vuokrasuhteen hoito" in row[0] for row in told[2].rows)
    assert all(block.text or block.rows for block in content.blocks)


def test_a_room_adds_recipients(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from registry.copies import blocks
    from registry.copies.blocks import Told

    monkeypatch.setattr(blocks, "_blocks", {})
    told = Told(head=["Päivä", "Saaja"], rows=[["1.3.2026", "Lukkoliike Oy"]])
    blocks.register("recipients", blocks.RECIPIENTS, "Luovutukset", lambda ids, day: told)
    blocks.register("none", blocks.AUTOMATED, "Ei mitään", lambda ids, day: None)
    found = [block for block in collected_of(person).blocks if block.point == 4]
    assert [block.rows for block in found] == [[], told.rows] and found[0].text == ""
    with pytest.raises(ValueError):
        blocks.register("recipients", 4, "Taas", lambda ids, day: None)
    with pytest.raises(ValueError):
        blocks.register("x", 13, "Ei", lambda ids, day: None)


def test_looks_tell_day_role_and_purpose_and_names_stay_behind(
    person: Person, registrar: User, signed_in: object
) -> None:
    client = signed_in("SOP")  # type: ignore[operator]
    client.get(f"/henkilot/{person.public_id}/")
    (look,) = [one for one in collected_of(person).looks if one.what == "Kortti avattu"]
    assert look.role == "Asiakas- ja sopimuspalvelija"
    assert look.purpose == "Asiakkuuden ja vuokrasuhteen hoito" and look.by is not None
    assert look.at.endswith("Z")


# -- who may, and what happens on the way ----------------------------------------------------------


def test_only_the_registrar_starts_a_copy(person: Person) -> None:
    user = make_user(Role.SOP)
    with pytest.raises(FunctionDenied), acting(user):
        services.start_copy(person, language="fi", reference="x", by=user)


def test_DP_A2_nobody_starts_a_copy_of_ones_own_record(person: Person, registrar: User) -> None:
    with system_access():
        StaffLink.objects.create(person=person, staff=registrar, kind=TieKind.OWN, valid_from=FROM)
    with pytest.raises(TiedDenied), acting(registrar):
        services.start_copy(person, language="fi", reference="x", by=registrar)


def test_a_right_that_ended_meanwhile_collects_nothing(person: Person, registrar: User) -> None:
    from registry.copies import tasks
    from vuokra.accounts.models import RoleGrant
    from vuokra.accounts.services import revoke_role

    with acting(registrar):
        copy = services.start_copy(person, language="fi", reference="x", by=registrar)
    main = make_user(Role.PAA)
    with system_access():
        revoke_role(RoleGrant.objects.get(user=registrar), by=main, reason="testi")
    with pytest.raises(Exception):  # noqa: B017  (whichever guard is first)
        tasks.gather.func(copy.pk, registrar.pk)
    with system_access():
        failed = Copy.objects.get(pk=copy.pk)
    assert failed.state == State.FAILED and not failed.content


def test_a_worker_that_was_stopped_leaves_it_waiting(
    person: Person, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.registry.copies.conftest import collected

    class Killed(BaseException):
        pass

    def killed(*args: object) -> None:
        raise Killed

    with acting(registrar):
        copy = services.start_copy(person, language="fi", reference="x", by=registrar)
    with monkeypatch.context() as patch, pytest.raises(Killed), system_access():
        patch.setattr(finding, "find", killed)
        services.proceed(copy.pk, lambda done, total: None)
    with system_access():
        assert Copy.objects.get(pk=copy.pk).state == State.QUEUED
    assert collected(copy).state == State.REVIEW


def test_the_fingerprint_knows_every_change_but_paperwork(
    person: Person, registrar: User, gathered: Gathered
) -> None:
    with acting(registrar):
        before = fingerprint(person)
    gathered(person)
    with acting(registrar):
        details.order(person, by=registrar)
        assert fingerprint(person) == before
        person.call_name = "Marja"
        person.save()
        assert fingerprint(person) != before


def test_the_change_history_is_told_in_words_and_kept_as_it_is_for_machines(
    person: Person, registrar: User
) -> None:
    with acting(registrar):
        row = take_in(person, Right.ACCESS, Right.PORTABILITY)
        move_receipt(row, row.received_on - dt.timedelta(days=1), reason="Kirje", version=1)
    content = collected_of(person)
    values = [value for entry in content.changes for value in entry.values]
    rights = next(one for one in values if one.label == "Oikeudet")
    assert rights.shown == "Tarkastusoikeus, Siirto järjestelmästä toiseen"
    assert "15" in rights.value[1] and "Tarkastus" not in rights.value[1]
    moved = next(one for one in values if one.label == "Saapunut" and one.value[0])
    before, after = moved.shown.split(" → ")
    assert before == formatting.date(row.received_on + dt.timedelta(days=1))
    assert after == formatting.date(row.received_on)
    assert moved.value[1] == row.received_on.isoformat()
