"""The question that every sending asks (data-protection 11.4: M1–M7; A35, A50, RT12, S9-07)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from registry.consents import queries, services
from registry.consents.codes import Channel, Reason, Use
from registry.consents.models import Suppression
from registry.persons import services as persons
from registry.persons.models import (
    Ground,
    IdentityKind,
    Mark,
    MarkKind,
    Person,
    Source,
)
from registry.persons.services import Code, Names
from registry.persons.services.marks import record_death
from registry.protection.services import record_ban
from tests.people import make_user, system_access
from tests.registry.consents.conftest import (
    EMAIL_ADS,
    POST_ADS,
    RESEARCH,
    SAID,
    SURVEYS,
    TODAY,
    forbid,
    permit,
    sharing,
    withdraw,
)
from vuokra.access.errors import FunctionDenied
from vuokra.access.models import AccessEvent
from vuokra.accounts.queries import actor_for
from vuokra.policy.roles import Role

NOT_SERVICE = [use for use in Use if use != Use.SERVICE]


def reason(
    person: Person, use: Use = Use.MARKETING, channel: Channel = Channel.EMAIL, on: date = TODAY
) -> Reason:
    return queries.may_send([person.pk], purpose=use, channel=channel, today=on)[person.pk].reason


def test_by_default_post_and_surveys_pass_and_electronic_marketing_does_not(person: Person) -> None:
    with system_access():
        assert reason(person, channel=Channel.POST) == Reason.LEGITIMATE_INTEREST
        assert reason(person, channel=Channel.PHONE) == Reason.LEGITIMATE_INTEREST
        for channel in (Channel.EMAIL, Channel.SMS, Channel.OTHER):
            assert reason(person, channel=channel) == Reason.NO_CONSENT
        for use in (Use.RESEARCH, Use.SURVEY):
            assert reason(person, use) == Reason.LEGITIMATE_INTEREST
        assert reason(person, Use.PARTNER, Channel.POST) == Reason.OTHER_PURPOSE


def test_an_answer_names_the_decision_that_settles_it_in_both_languages(person: Person) -> None:
    with system_access():
        (row,) = permit(person, Channel.EMAIL)
        answer = queries.may_send(
            [person.pk], purpose=Use.MARKETING, channel=Channel.EMAIL, today=TODAY
        )[person.pk]
        assert (answer.allowed, answer.decision_id, answer.decided_on) == (True, row.pk, SAID)
        assert answer.text == "Suostumus (2.3.2026)"
        with translation.override("en"):
            assert answer.text == "Consent (2.3.2026)"
        (no,) = forbid(person, EMAIL_ADS, on=TODAY)
        answer = queries.may_send(
            [person.pk], purpose=Use.MARKETING, channel=Channel.EMAIL, today=TODAY
        )[person.pk]
        assert (answer.allowed, answer.decision_id) == (False, no.pk)


def test_DP_M1_a_prohibition_between_queueing_and_sending_is_honoured(
    person: Person, other: Person
) -> None:
    both = [person.pk, other.pk]
    with system_access():
        queued = queries.may_send(both, purpose=Use.MARKETING, channel=Channel.POST, today=TODAY)
        assert all(answer.allowed for answer in queued.values())
        forbid(person, POST_ADS, on=TODAY)
        sent = queries.may_send(both, purpose=Use.MARKETING, channel=Channel.POST, today=TODAY)
        assert [one for one in both if sent[one].allowed] == [other.pk]
        assert sent[person.pk].reason == Reason.PROHIBITED


def test_DP_M2_when_one_who_shares_an_address_says_no_nobody_gets_marketing(
    person: Person, other: Person
) -> None:
    with system_access():
        sharing(person, other)
        permit(person, Channel.EMAIL)
        permit(other, Channel.EMAIL)
        assert reason(person) == reason(other) == Reason.CONSENT
        forbid(other, EMAIL_ADS, on=TODAY)
        assert reason(other) == Reason.PROHIBITED
        assert reason(person) == Reason.SHARED
        answer = queries.may_send(
            [person.pk], purpose=Use.MARKETING, channel=Channel.EMAIL, today=TODAY
        )[person.pk]
        assert answer.decision_id is None, "the other's decision is not told"
        assert reason(person, channel=Channel.POST) == Reason.LEGITIMATE_INTEREST
        assert reason(person, Use.SERVICE) == Reason.SERVICE


def test_DP_M2_a_consent_taken_back_counts_as_a_no_of_a_shared_address(
    person: Person, other: Person
) -> None:
    with system_access():
        sharing(person, other)
        permit(person, Channel.EMAIL)
        permit(other, Channel.EMAIL)
        withdraw(other, EMAIL_ADS)
        assert reason(person) == Reason.SHARED


def test_DP_M2_an_address_that_the_other_no_longer_has_is_not_shared(
    person: Person, other: Person
) -> None:
    with system_access():
        sharing(person, other)
        permit(person, Channel.EMAIL)
        forbid(other, EMAIL_ADS)
        point = other.contact_points.latest("id")
        persons.end_contact_point(point, last_day=TODAY - timedelta(days=1))
        assert reason(person) == Reason.CONSENT


def test_DP_M3_turvakielto_excludes_from_marketing_and_surveys(person: Person) -> None:
    with system_access():
        permit(person, Channel.EMAIL)
        record_ban(person, valid_from=SAID, valid_until=None, source=Source.POPULATION_REGISTER,
                   covers_household=True)  # fmt: skip
        for use in NOT_SERVICE:
            assert reason(person, use) == Reason.PROTECTED
        assert reason(person, Use.SERVICE) == Reason.SERVICE


def test_DP_M5_minors_are_excluded(db: None) -> None:
    with system_access():
        child = persons.register_person(
            Names("Lehtovaara", "Leo"), today=TODAY,
            identity=Code(IdentityKind.BIRTH_DATE, "", date(2015, 5, 1)),
        )  # fmt: skip
        nameless = persons.register_person(Names("Tuntematon", "Tero"), today=TODAY)
        for use in NOT_SERVICE:
            assert reason(child, use) == Reason.MINOR
            assert reason(nameless, use) == Reason.AGE_UNKNOWN
        assert reason(child, on=date(2033, 5, 1), channel=Channel.POST) == (
            Reason.LEGITIMATE_INTEREST
        )


def test_DP_M6_a_former_tenant_is_excluded(
    person: Person, other: Person, tenancies: Callable[[dict[int, date | None]], None]
) -> None:
    tenancies({person.pk: date(2025, 11, 21), other.pk: date(2025, 11, 22)})
    with system_access():
        permit(person, Channel.EMAIL)
        for use in NOT_SERVICE:
            assert reason(person, use) == Reason.FORMER_CUSTOMER
        assert reason(other, channel=Channel.POST) == Reason.LEGITIMATE_INTEREST
        assert reason(person, Use.SERVICE) == Reason.SERVICE


def test_DP_M7_nothing_goes_to_the_dead(person: Person) -> None:
    with system_access():
        permit(person, Channel.EMAIL)
        record_death(person, SAID, source=Source.POPULATION_REGISTER, today=TODAY)
        for use in Use:
            assert reason(person, use) == Reason.DECEASED


def test_DP_A35_a_restricted_person_is_left_out_of_a_mailing_and_the_attempt_is_recorded(
    person: Person, other: Person
) -> None:
    with system_access():
        Mark.objects.create(person=person, kind=MarkKind.RESTRICTION, ground=Ground.ACCURACY,
                            valid_from=SAID)  # fmt: skip
    with system_access():
        both = [person.pk, other.pk]
        for use in (Use.SERVICE, Use.SURVEY):
            found = queries.may_send(both, purpose=use, channel=Channel.POST, today=TODAY)
            assert [one for one in both if found[one].allowed] == [other.pk]
            assert found[person.pk].reason == Reason.RESTRICTED
    with system_access():
        event = AccessEvent.objects.latest("id")
    assert set(event.subjects) == set(both)
    assert "restricted:1" in str(event.detail)
    assert "survey:post" in str(event.detail)


def test_a_legal_hold_stops_marketing_and_not_what_belongs_to_the_home(person: Person) -> None:
    with system_access():
        Mark.objects.create(person=person, kind=MarkKind.LEGAL_HOLD, ground=Ground.DISPUTE,
                            valid_from=SAID)  # fmt: skip
        assert reason(person, Use.SURVEY) == Reason.HELD
        assert reason(person, Use.SERVICE) == Reason.SERVICE


def test_DP_A50_what_was_given_for_a_home_serves_no_campaign_of_the_group(
    person: Person, tenancies: Callable[[dict[int, date | None]], None]
) -> None:
    """Not even by post, for an own customer, or with a consent to the company's own marketing."""
    tenancies({person.pk: None})
    with system_access():
        permit(person, Channel.EMAIL, Channel.POST)
        for channel in (Channel.EMAIL, Channel.POST, Channel.PHONE):
            assert reason(person, Use.PARTNER, channel) == Reason.OTHER_PURPOSE
            told = queries.may_disclose_for_marketing([person.pk], channel=channel, today=TODAY)
            assert not told[person.pk].allowed
        permit(person, Channel.EMAIL, use=Use.PARTNER)
        assert reason(person, Use.PARTNER) == Reason.CONSENT
        assert reason(person, Use.PARTNER, Channel.POST) == Reason.OTHER_PURPOSE


def test_S9_07_an_objection_is_one_to_disclosure_too(person: Person, other: Person) -> None:
    with system_access():
        for one in (person, other):
            permit(one, Channel.EMAIL, use=Use.PARTNER)
        forbid(person, EMAIL_ADS, RESEARCH, on=TODAY)
        both = [person.pk, other.pk]
        found = queries.may_disclose_for_marketing(both, channel=Channel.EMAIL, today=TODAY)
        assert [one for one in both if found[one].allowed] == [other.pk]
        assert found[person.pk].reason == Reason.PROHIBITED
        found = queries.may_disclose_for_marketing(
            both, channel=Channel.POST, today=TODAY, purpose=Use.RESEARCH
        )
        assert [one for one in both if found[one].allowed] == [other.pk]
        with pytest.raises(ValueError, match="disclosed"):
            queries.may_disclose_for_marketing(
                both, channel=Channel.POST, today=TODAY, purpose=Use.SURVEY
            )


def test_DP_RT12_what_an_erased_person_forbade_stays_forbidden(
    person: Person, other: Person
) -> None:
    """The hash alone remains; whoever comes with the same address gets no marketing by it."""
    with system_access():
        forbid(person, EMAIL_ADS, RESEARCH)
        assert services.suppress_contacts_of(person, today=TODAY) == 4
        assert services.suppress_contacts_of(person, today=TODAY) == 0
        mail = person.contact_points.get(kind="email")
        persons.end_contact_point(mail, last_day=SAID)
        assert reason(other) == Reason.NO_CONSENT
        persons.add_contact_point(
            other, "email", mail.value.upper(), source=Source.PERSON, valid_from=SAID
        )
        permit(other, Channel.EMAIL)
        assert reason(other) == Reason.SUPPRESSED
        assert reason(other, Use.RESEARCH) == Reason.SUPPRESSED
        assert reason(other, Use.SURVEY) == Reason.LEGITIMATE_INTEREST
        assert reason(other, channel=Channel.POST) == Reason.LEGITIMATE_INTEREST
        kept = list(Suppression.objects.values_list("digest", "use", "channel"))
        assert {len(bytes(digest)) for digest, _use, _channel in kept} == {32}


def test_DP_RT12_an_objection_to_post_is_kept_by_name_and_home(
    person: Person, other: Person
) -> None:
    with system_access():
        forbid(person, POST_ADS)
        assert services.suppress_contacts_of(person, today=TODAY) == 1
        assert reason(person, channel=Channel.POST) == Reason.PROHIBITED
        assert reason(other, channel=Channel.POST) == Reason.LEGITIMATE_INTEREST


def test_soft_opt_in_is_the_companys_choice(
    person: Person, other: Person, tenancies: Callable[[dict[int, date | None]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    tenancies({person.pk: None})
    with system_access():
        assert reason(person) == Reason.NO_CONSENT
        monkeypatch.setattr(queries.sending, "_numbers", lambda today: (12, True))
        assert reason(person) == Reason.EXISTING_CUSTOMER
        assert reason(other) == Reason.NO_CONSENT
        assert reason(person, Use.PARTNER) == Reason.OTHER_PURPOSE


# -- how it is asked -----------------------------------------------------------------------------


def test_nobody_and_unknown_people(person: Person) -> None:
    with system_access():
        assert queries.may_send([], purpose=Use.SURVEY, channel=Channel.EMAIL, today=TODAY) == {}
        found = queries.may_send([0], purpose=Use.SURVEY, channel=Channel.EMAIL, today=TODAY)
        assert found[0].reason == Reason.UNKNOWN
        with pytest.raises(ValueError):
            queries.may_send(
                [person.pk], purpose=Use.MARKETING, channel=Channel.SURVEY, today=TODAY
            )


def test_a_record_that_was_merged_gets_nothing(person: Person, other: Person) -> None:
    with system_access():
        other.merged_into = person
        other.save()
        assert reason(other, Use.SERVICE) == Reason.UNKNOWN


@pytest.mark.parametrize("use", Use)
def test_the_number_of_statements_does_not_grow(use: Use, person: Person, other: Person) -> None:
    with system_access():
        sharing(person, other)
        forbid(person, EMAIL_ADS, SURVEYS, RESEARCH)
        services.suppress(["somebody@example.fi"], [EMAIL_ADS], today=TODAY)

        def statements(*people: Person) -> int:
            with CaptureQueriesContext(connection) as captured:
                queries.may_send(
                    [one.pk for one in people], purpose=use, channel=Channel.EMAIL, today=TODAY
                )
            return len(captured)

        assert statements(person) == statements(person, other) <= 8


def test_a_role_that_opens_no_records_is_told_no_more_than_that(person: Person) -> None:
    """Marketing staff ask the question; that somebody has a turvakielto is not for them."""
    marketer = make_user(Role.MAR, username="mar")
    with system_access():
        record_ban(person, valid_from=SAID, valid_until=None, source=Source.POPULATION_REGISTER,
                   covers_household=True)  # fmt: skip
    with system_access(actor_for(marketer)):
        assert reason(person, Use.SURVEY) == Reason.EXCLUDED
        assert queries.barred_from_marketing(person.pk, TODAY) == Reason.EXCLUDED
    with system_access():
        event = AccessEvent.objects.filter(actor=f"user:{marketer.pk}").latest("id")
    assert person.pk in event.subjects
    assert "protected" not in str(event.detail)


def test_a_role_without_the_right_to_consents_does_not_ask(person: Person) -> None:
    clerk = make_user(Role.TAL, username="tal")
    with system_access(actor_for(clerk)):
        assert reason(person, Use.SERVICE) == Reason.SERVICE
        with pytest.raises(FunctionDenied):
            reason(person, Use.SURVEY)
