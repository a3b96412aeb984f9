"""A small register in which every value is a canary, and who walks through it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from django.utils import timezone

from leases.homes.models import Stair
from registry.archive.models import Destruction, Loan, PaperFile, Store
from registry.consents.codes import BY_CODE, Channel, Manner, Use
from registry.consents.models import ConsentText, Decision
from registry.consents.services import Evidence, forbid, permit
from registry.copies import services as copies
from registry.copies.models import Copy
from registry.copies.models import Finding as Place
from registry.description.services import publish
from registry.disclosures import services as disclosures
from registry.disclosures.models import (
    BasisKind,
    Category,
    ExportRequest,
    NotifyReason,
    Recipient,
)
from registry.disclosures.models import Channel as GivenBy
from registry.disclosures.models import Correction as Proposed
from registry.disclosures.services import Asked, Given, Terms, Wish
from registry.duplicates.models import Candidate, Merge
from registry.households.models import (
    Commitment,
    CommitmentKind,
    GroundCode,
    HetuGround,
    Household,
    Membership,
    TrusteeKind,
    Trusteeship,
)
from registry.papers import details
from registry.persons.models import (
    Address,
    ContactKind,
    ContactPoint,
    FormerCode,
    FormerCodeReason,
    FormerName,
    Ground,
    Identity,
    IdentityKind,
    Mark,
    MarkKind,
    Person,
    Source,
    StaffLink,
    TieKind,
)
from registry.persons.outgoing import Taking
from registry.protection.models import Turvakielto
from registry.protection.services import record_ban
from registry.rights.models import (
    Attachment,
    Correction,
    DataRequest,
    Method,
    Right,
    Target,
)
from registry.rights.models import Channel as CameBy
from registry.rights.papers import Paper
from registry.rights.services import Intake, matters, take_in, verify
from registry.rights.services.attaching import keep
from registry.rights.services.matters import Dispute
from tests.people import make_user, system_access
from tests.walk import canaries
from tests.walk.applying import plant_application
from tests.walk.canaries import Bird
from tests.walk.depositing import plant_deposits
from tests.walk.doors import plant_doors
from tests.walk.homes import plant_homes
from tests.walk.inspecting import plant_inspection
from tests.walk.leasing import plant_leases
from tests.walk.selecting import plant_selection
from tests.walk.watching import plant_watch
from vuokra.access.codes import Action, Surface
from vuokra.access.context import open_access
from vuokra.accounts import services
from vuokra.accounts.models import ActivationLink, RoleGrant, User
from vuokra.accounts.queries import actor_for
from vuokra.company.models import Company, Limits, NoticeVersion
from vuokra.company.services import save_company, save_limits
from vuokra.desk.models import Reminder
from vuokra.documents.models import Document
from vuokra.documents.tasks import make
from vuokra.imports.models import Finding, ImportRun, Progress, State
from vuokra.policy.roles import Purpose, Role
from vuokra.rules.models import Holiday, RuleVersion

FROM = dt.date(2020, 1, 7)
FORMER = "010160-9992"
"""A code that the walked person had before; found by search still."""


def plant() -> tuple[dict[str, str], dict[str, int]]:
    """Fill the register: (what addresses and forms are filled with, row ids of the persons)."""
    with system_access():
        person, other = plant_person(canaries.PERSON), plant_person(canaries.OTHER)
        membership = plant_household(person, other)
        trusteeship, payer = plant_relations(person)
        ground = HetuGround.objects.create(
            person=person, situation="vuokrasuhde", code=GroundCode.CLAIM, text=canaries.GROUND
        )
        point = person.contact_points.get(kind=ContactKind.PHONE)
        address = person.addresses.get()
        save_company(
            Company(
                name="Hillakosken Vuokra-asunnot Oy", business_id="0000001-9",
                street_address="Koskikatu 1", postal_code="97999", city="Hillakoski",
                phone="+358490000001", email="toimisto@example.fi", contact_person="Meri Mallikas",
                contact_phone="+358490000002", contact_email="rekisteri@example.fi",
            )
        )  # fmt: skip
        save_limits(Limits(cards_per_hour=1000, reveals_per_day=1000))
    staff = plant_staff()
    document = plant_document(person, staff)
    with system_access():
        mark = Mark.objects.create(
            person=person, kind=MarkKind.LEGAL_HOLD, ground=Ground.DISPUTE,
            matter=canaries.MATTER, valid_from=FROM,
            # the complaint of the walk keeps a hold without an end from being ended
            valid_to=timezone.localdate() + dt.timedelta(days=30),
        )  # fmt: skip
        protected = plant_person(canaries.PROTECTED)
        ban = protect(protected)
        tie = StaffLink.objects.create(
            person=other, staff=staff, kind=TieKind.CONFLICT, valid_from=canaries.TIED_FROM
        )
        newcomer = services.create_account(username="tulokas", full_name="Tuomo Tulokas", by=None)
        token = services.make_activation_link(newcomer, ActivationLink.Channel.PRINT, by=None)
        passkey = Authenticator.objects.create(
            user=staff, type=Authenticator.Type.WEBAUTHN, data={"name": "Avain", "credential": {}}
        )
        remind(staff, person)
        reminder = Reminder.objects.get(user=staff)
        first, second = sorted((person.pk, other.pk))
        consent = plant_consents(person)
        pair = Candidate.objects.create(first_id=first, second_id=second, grounds=["same_name"])
        merge = Merge.objects.create(survivor=other, merged=person, reason="Sama henkilö.")
        publish(code="2", valid_from=FROM, summary="Laadittu", today=timezone.localdate())
        store, here, out, gone = plant_papers(person, staff, newcomer)
        given = plant_disclosures(person, protected)
        export = plant_export(person, other)
    asked, working, correction, attachment = plant_requests(person)
    proposed = plant_correction(person, given["recipient"])
    with system_access():
        copy = plant_copy(working, staff)
        words = {
            **plant_watch(person, other, staff, newcomer),
            **plant_homes(person),
            **(leases := plant_leases(person, Stair.objects.get())),
            **plant_deposits(person, Stair.objects.get(), staff, newcomer),
            **plant_inspection(leases["lease"], person),
            **plant_doors(leases["lease"], person),
            **(applied := plant_application(person, timezone.localdate())),
            **given,
            "export": export.pk,
            "proposed": proposed.pk,
            "store": store.pk,
            "paper": here.pk,
            "lent": out.pk,
            "destroyed": gone.pk,
            "public_id": person.public_id,
            "asked": asked.slug,
            "working": working.slug,
            "correction": correction.uuid,
            "attachment": attachment.uuid,
            "pair": pair.pk,
            "merge": merge.pk,
            "other_number": canaries.OTHER.customer_number,
            "reminder": reminder.pk,
            "copy": copy.uuid,
            "copy_place": "VS-YHTEYS/0/text",
            "copy_finding": copy.findings.first().pk,
            "document": document.uuid,
            "template_version": document.template_id,
            "consent": consent.pk,
            "consent_text": ConsentText.objects.get(use=Use.MARKETING).pk,
            "import_run": plant_import(staff).pk,
            "protected_id": protected.public_id,
            "protected_number": canaries.PROTECTED.customer_number,
            "protected_hetu": canaries.PROTECTED.hetu,
            "detail": ban.person.protected_details.get(kind="home").uuid,
            "task": ban.follow_ups.first().pk,
            "contact_point": point.pk,
            "home": address.pk,
            "membership": membership.pk,
            "trusteeship": trusteeship.pk,
            "payer": payer.pk,
            "ground": ground.pk,
            "user": staff.pk,
            "tie": tie.pk,
            "notice": NoticeVersion.objects.get(code="1").pk,
            "rule": RuleVersion.objects.get(key="retention.R2").pk,
            "holiday": Holiday.objects.get(day=dt.date(2026, 12, 24)).pk,
            "mark": mark.pk,
            "grant": RoleGrant.objects.get(user=staff).pk,
            "company": Company.objects.get().pk,
            "token": token,
            "passkey": passkey.pk,
            "surname": canaries.PERSON.surname,
            "customer_number": canaries.PERSON.customer_number,
            "hetu": canaries.PERSON.hetu,
        }
        words |= plant_selection(applied["application"], timezone.localdate())
    look_at(person, staff)  # the last: a card shows the latest looks
    ids = {"person": person.pk, "other": other.pk, "protected": protected.pk}
    return {name: str(value) for name, value in words.items()}, ids


def plant_person(bird: Bird) -> Person:
    """A person in the open context, with a row in every table of the room."""
    person = Person.objects.create(
        surname=bird.surname,
        given_names=bird.given_names,
        call_name=bird.call_name,
        customer_number=bird.customer_number,
        customer_since=FROM,
    )
    Identity.objects.create(
        person=person,
        kind=IdentityKind.SUBSTITUTE,
        hetu=bird.hetu,
        artificial=True,
        birth_date=bird.born,
    )
    for kind, value in ((ContactKind.PHONE, bird.phone), (ContactKind.EMAIL, bird.email)):
        ContactPoint.objects.create(person=person, kind=kind, value=value, valid_from=FROM)
    Address.objects.create(
        person=person,
        street=bird.street,
        postal_code=bird.postal_code,
        town=bird.town,
        valid_from=FROM,
    )
    if bird is canaries.PERSON:
        FormerName.objects.create(
            person=person, surname=canaries.FORMER_NAME, given_names=bird.given_names
        )
        FormerCode.objects.create(
            person=person, reason=FormerCodeReason.MISTAKE, artificial=True, hetu=FORMER
        )
    return person


def plant_household(person: Person, other: Person) -> Membership:
    """A household of two; the membership of the other."""
    household = Household.objects.create()
    since = canaries.MOVED_IN
    Membership.objects.create(household=household, person=person, valid_from=since)
    return Membership.objects.create(household=household, person=other, valid_from=since)


def plant_relations(person: Person) -> tuple[Trusteeship, Commitment]:
    """A guardianship office and a payer, whose every word is a canary."""
    trusteeship = Trusteeship.objects.create(
        person=person,
        kind=TrusteeKind.GUARDIANSHIP,
        organisation=canaries.TRUSTEE,
        contact=canaries.TRUSTEE_PHONE,
        decision=canaries.DECISION,
        extent=canaries.EXTENT,
        valid_from=FROM,
    )
    payer = Commitment.objects.create(
        person=person, kind=CommitmentKind.PAYER, organisation=canaries.PAYER, valid_from=FROM
    )
    return trusteeship, payer


def plant_papers(
    person: Person, staff: User, other: User
) -> tuple[Store, PaperFile, PaperFile, PaperFile]:
    """A box with leases: one that lies there and should go, one on loan, one that waits for its
    witness."""
    store = Store.objects.create(code="A-12", kind="box", room="Arkistohuone", lock="room")
    here, out, gone = (
        PaperFile.objects.create(
            person=person, store=store, kind="lease", label=canaries.FOLDER, covers_from=FROM,
            keep_until=FROM,
        )
        for _ in range(3)
    )  # fmt: skip
    Loan.objects.create(file=out, borrower=staff, purpose=Purpose.SOPIMUS, due=FROM)
    Destruction.objects.create(
        file=gone, ground="retention", method="shredded", destroyed_on=FROM, destroyed_by=staff,
        witness=other,
    )  # fmt: skip
    return store, here, out, gone


def plant_consents(person: Person) -> Decision:
    """A consent whose proof is a canary, and an objection; the consent."""
    evidence = Evidence(canaries.CONSENTED, Manner.FORM, canaries.PROOF)
    today = timezone.localdate()
    forbid(person, [BY_CODE["marketing:phone"]], evidence, today=today)
    (consent,) = permit(
        person, [Channel.EMAIL], evidence, text=ConsentText.objects.get(use=Use.MARKETING),
        notice=NoticeVersion.objects.get(code="1"), today=today,
    )  # fmt: skip
    return consent


def protect(person: Person) -> Turvakielto:
    """A turvakielto until further notice: what the person was reached by is sealed now."""
    return record_ban(
        person, valid_from=FROM, valid_until=None, source=Source.POPULATION_REGISTER,
        covers_household=True,
    )  # fmt: skip


def plant_disclosures(person: Person, protected: Person) -> dict[str, int]:
    """A recipient with a basis, what it was given, a request of an authority, somebody to tell."""
    recipient = disclosures.save_recipient(
        Recipient(), name="Avain ja Vartio Oy", category=Category.DOORS, country="FI", contact="",
        collects=False,
    )  # fmt: skip
    basis = disclosures.add_basis(
        recipient,
        Terms(
            kind=BasisKind.PROCESSING, reference="AV-31", section="", codes=["PT-NIMI", "PT-PUH"],
            purposes=[Purpose.KUNNOSSAPITO, Purpose.OIKEUDET], valid_from=FROM,
            valid_to=dt.date(2099, 1, 1),
        ),
    )  # fmt: skip
    row = disclosures.record_disclosure(
        Given(
            recipient=recipient, people=[person.pk], codes=["PT-NIMI", "PT-PUH"],
            purpose=Purpose.KUNNOSSAPITO, channel=GivenBy.PHONE, origin="walk",
            asked_by=canaries.ASKER, note=canaries.TOLD, reference="TM 1",
        ),
        today=timezone.localdate(),
    )  # fmt: skip
    asked = Asked(
        authority="Pohjolan poliisilaitos", caller=canaries.CALLER, channel=GivenBy.PHONE,
        asked="Uusi osoite",
    )  # fmt: skip
    (task,) = disclosures.notify_recipients(person, ["PT-PUH"], NotifyReason.RECTIFIED, "TP 1")
    return {
        "recipient": recipient.pk,
        "basis": basis.pk,
        "disclosure": row.pk,
        "request": disclosures.receive_request(asked, [person, protected]).pk,
        "telling": task.pk,
    }


def plant_export(person: Person, other: Person) -> ExportRequest:
    """An export that somebody asked for, waiting for another to approve it."""
    taking = Taking("persons:list", (person.pk, other.pk), frozenset({"PT-NIMI"}), "csv")
    wish = Wish(recipient=None, purpose=Purpose.SOPIMUS, reason="Kirjeet")
    return disclosures.ask_export(taking, wish, disclosures.fit(taking, wish, today=FROM))


def plant_correction(person: Person, recipient: int) -> Proposed:
    """A correction of what another approved, waiting for another to approve it."""
    leader = make_user(Role.JOH, username="hyvaksyja")
    with system_access(actor_for(User.objects.get(username="kirjaaja"))):
        given = Given(
            recipient=Recipient.objects.get(pk=recipient), people=[person.pk], codes=["PT-NIMI"],
            purpose=Purpose.KUNNOSSAPITO, channel=GivenBy.LETTER, origin="walk",
            approved_by=leader.pk, reference="TM 2", note=canaries.TOLD,
        )  # fmt: skip
        today = timezone.localdate()
        row = disclosures.record_disclosure(given, today=today)
        made = disclosures.correct_disclosure(row, given, void=False, today=today)
        assert isinstance(made, Proposed)
        return made


def plant_requests(person: Person) -> tuple[DataRequest, DataRequest, Correction, Attachment]:
    """An objection that just came, and a request that is worked on, with all it may hold."""
    registrar = make_user(Role.REK, username="kirjaaja")
    day = timezone.localdate()
    with system_access(actor_for(registrar)):
        asked = take_in(Intake(day, CameBy.EMAIL, [Right.MARKETING], person=person))
        working = take_in(
            Intake(
                day, CameBy.LETTER, [Right.ACCESS, Right.RECTIFICATION, Right.ERASURE],
                wish=canaries.WISH, sender=canaries.REQUESTER, sender_contact=canaries.DISPUTED,
                person=person,
            )
        )  # fmt: skip
        verify(working, Method.PHOTO_ID, version=working.version)
        dispute = Dispute(Target.ADDRESS, canaries.DISPUTED, "Väärä", canaries.DISPUTED)
        correction = matters.add_correction(
            working, dispute, restrict=False, version=working.version
        )
        attachment = keep(working, Paper("text/plain", canaries.WISH.encode()), "liite.txt")
    return asked, working, correction, attachment


def plant_import(staff: User) -> ImportRun:
    """A file that the clerk has brought, checked and waiting to be confirmed."""
    run = ImportRun.objects.create(
        kind="persons", user=staff, actor=f"user:{staff.pk}", purpose=Purpose.SOPIMUS,
        language="fi", digest="0" * 64, size=1, state=State.READY, rows=2, new=1, warnings=1,
    )  # fmt: skip
    Progress.objects.create(run=run)
    Finding.objects.create(run=run, row=2, column="Sukunimi", text="Tarkista.", warning=True)
    return run


def plant_document(person: Person, staff: User) -> Document:
    """A letter to the person, ordered by the clerk and made."""
    with open_access(
        actor_for(staff), purpose=Purpose.SOPIMUS, action=Action.CREATE, surface=Surface.FORM
    ):
        document = details.order(person, by=staff)
    make.func(document.pk, staff.pk, str(document.purpose))
    with system_access():
        return Document.objects.get(pk=document.pk)


def plant_copy(working: DataRequest, staff: User) -> Copy:
    """The copy of the request that is worked on, with a place to decide on."""
    person = Person.objects.get(pk=working.person_id)
    copy = copies.collect_now(person, language="fi", kind="access", reference=working.number)
    copy.names_reason, copy.names_by = canaries.NECESSITY, staff
    copy.save()
    Place.objects.get_or_create(
        copy=copy, person=person, place="VS-YHTEYS/0/text", start=0, end=1,
        defaults={"what": "name"},
    )  # fmt: skip
    return copy


def plant_staff() -> User:
    """A clerk of whom others should see no more than that he has looked."""
    staff = make_user(Role.SOP, username=canaries.STAFF_USER)
    with system_access():
        staff.full_name, staff.email = canaries.STAFF_NAME, canaries.STAFF_MAIL
        staff.save(update_fields=["full_name", "email"])
    return staff


def look_at(person: Person, staff: User) -> None:
    """One look of the clerk at the person, from an address and for a reason that are canaries."""
    with open_access(
        actor_for(staff),
        purpose=Purpose.SOPIMUS,
        action=Action.REVEAL,
        surface=Surface.DETAIL,
        route="persons:card",
        reason=canaries.REASON,
    ) as ctx:
        ctx.address = canaries.STAFF_ADDRESS
        Person.objects.get(pk=person.pk)


def remind(staff: User, person: Person) -> None:
    """Two reminders about the person: one of the clerk's own, one for a role."""
    for addressee in ({"user": staff}, {"role": Role.SOP}):
        Reminder.objects.create(
            text=canaries.REMINDER, due=timezone.localdate(), subject_id=person.pk,
            created_by=staff, **addressee,
        )  # fmt: skip


def walker(role: Role | None) -> User:
    """A clerk with one role, or with none yet."""
    user = make_user(*([role] if role else []), username=f"vaeltaja{role or ''}".lower())
    with system_access():
        user.full_name, user.last_login = "Ville Vaeltaja", timezone.now()
        user.save(update_fields=["full_name", "last_login"])
    return user


def filled(template: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Values of a fixture with the planted ids in their places."""
    return {name: value.format(**words) for name, value in template.items()}
