"""A whole application typed from paper on one page and saved at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from applications.intake.codes import Part, State
from applications.intake.forms.whole import MOST_ROWS
from applications.intake.models import (
    Application,
    Asset,
    Debt,
    Ground,
    Income,
    Member,
    MemberCode,
    Need,
    Permit,
    PresentHome,
    Wish,
    Work,
)
from leases.homes.models import Site
from registry.persons.models import Identity, IdentityKind, Person
from registry.protection.models import Turvakielto
from tests.applications.intake.conftest import TODAY, SignedIn, ban, system_access
from tests.applications.intake.living import MINORS
from tests.applications.intake.paper_form import Paper

pytestmark = pytest.mark.django_db

SAVED = (Member, Ground, Need, PresentHome, Wish, Work, Income, Asset, Debt, Permit)


def begun(client: Client) -> Paper:
    """A form on which whoever applies is told."""
    return Paper(client).type(
        applicant__surname="Uusikivi", applicant__given_names="Uuno",
        applicant__birth_date="3.4.1980", applicant__residence="citizen",
    )  # fmt: skip


def household(paper: Paper) -> Paper:
    """A child moves in too."""
    return paper.press("add", "member").type(
        member_1__surname="Uusikivi", member_1__given_names="Unna", member_1__hetu=MINORS,
        member_1__part="resident", member_1__relation="child",
    )  # fmt: skip


def means(paper: Paper) -> Paper:
    """Two incomes, property and the debt that was taken for it."""
    paper.type(
        work_1__employment="permanent", work_1__employer="Koskivoima Oy",
        income_1__kind="wage", income_1__euros="2 450,50",
    )  # fmt: skip
    for kind in ("income", "asset", "debt"):
        paper.press("add", kind)
    return paper.type(
        income_2__kind="child_benefit", income_2__euros="95", income_2__of="member-1",
        asset_1__kind="dwelling", asset_1__euros="80 000", asset_1__share="50",
        debt_1__kind="mortgage", debt_1__euros="60 000", debt_1__taken_for="asset-1",
        told__income=["applicant"], told__wealth=["applicant", "member-1"],
    )  # fmt: skip


def nothing_saved() -> None:
    with system_access():
        assert not Application.objects.exists()
        assert not Person.objects.filter(surname="Uusikivi").exists()


def test_a_whole_application_is_saved_at_once(signed_in: SignedIn, site: Site) -> None:
    paper = means(household(begun(signed_in("HAK")))).press("add", "permit")
    paper.type(
        permit_1__of="member-1", permit_1__kind="permit", permit_1__granted_from="1.2.2026",
        ground_1__situation="B6", need__own_words="Ahtaus vaivaa\nkovasti",
        home__tenure="rented", home__municipality="Suvanto", home__rooms="1",
        wish__sites=[str(site.pk)], wish__rooms_from="2",
        applicant__assured_on=f"{TODAY:%d.%m.%Y}",
    ).press()  # fmt: skip
    with system_access():
        made = Application.objects.get()
        assert paper.answer["Location"] == reverse("applications:application", args=[made.number])
        assert (made.state, made.assured_on, made.subsidised) == (State.DRAFT, TODAY, True)
        applicant, child = made.members.order_by("pk")
        assert (applicant.person.given_names, applicant.residence) == ("Uuno", "citizen")
        assert (child.part, child.relation) == (Part.RESIDENT, "child")
        assert MemberCode.objects.get().hetu.reveal() == MINORS
        assert (applicant.income_told, child.income_told) == (True, False)
        assert (applicant.wealth_told, child.wealth_told) == (True, True)
        assert Permit.objects.get().member == child
        wage, benefit = Income.objects.order_by("pk")
        assert (wage.member, wage.euros) == (applicant, Decimal("2450.50"))
        assert (benefit.member, benefit.kind) == (child, "child_benefit")
        assert Debt.objects.get().asset == Asset.objects.get()
        assert Work.objects.get().employer == "Koskivoima Oy"
        need = Need.objects.get()
        assert need.own_words is not None
        assert need.own_words.reveal() == "Ahtaus vaivaa\nkovasti"
        assert need.expected_on is None
        assert (Ground.objects.get().situation, Wish.objects.get().sites) == ("B6", [site.pk])
        assert PresentHome.objects.get().municipality == "Suvanto"


def test_what_was_left_empty_is_not_recorded(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK"))
    for kind in ("member", "permit", "asset", "debt"):
        paper.press("add", kind)
    assert paper.press().answer.status_code == 302
    with system_access():
        assert {one.__name__ for one in SAVED if one.objects.exists()} == {"Member"}
        assert Member.objects.get().person.surname == "Uusikivi"


def test_a_bad_row_among_rows_keeps_all_that_was_typed(signed_in: SignedIn) -> None:
    paper = means(household(begun(signed_in("HAK"))))
    paper.type(
        income_2__euros="-5", home__rooms="2", need__own_words="Ahtaus", debt_1__euros="x",
        work_1__employer="Tehdas 010190-903T",
    )  # fmt: skip
    typed = {name: list(values) for name, values in paper.sent.items()}
    wrong = paper.press().wrong()
    assert set(wrong) == {"id_home-tenure", "id_debt-1-euros", "id_work-1-employer"}, "together"
    assert wrong["id_debt-1-euros"].startswith("Velka 1: ")
    assert paper.sent == typed
    nothing_saved()
    paper.type(home__tenure="rented", debt_1__euros="60 000", work_1__employer="Tehdas")
    wrong = paper.type(asset_1__share="101").press().wrong()
    assert set(wrong) == {"id_income-2-euros", "id_asset-1-share"}, "what the services refuse"
    assert wrong["id_income-2-euros"] == "Tulo 2: Määrä, €: Tulo ei voi olla alle nolla."
    assert paper.sent["need-own_words"] == ["Ahtaus"]
    assert paper.sent["member-1-hetu"] == [MINORS]
    nothing_saved()


def test_rows_come_and_go_and_the_rest_stays(signed_in: SignedIn) -> None:
    paper = means(household(begun(signed_in("HAK"))))
    paper.type(applicant__received_on="1.2.", told__wealth=["member-1"], home__rooms="x")
    del paper.sent["applicant-subsidised"]
    typed = {name: list(values) for name, values in paper.sent.items()}
    paper.press("add", "income")
    assert paper.controls.focus == "income-3-of"
    assert {name: paper.sent[name] for name in typed if name != "income"} == {
        name: values for name, values in typed.items() if name != "income"
    }
    assert paper.sent["income"] == ["1", "2", "3"]
    assert "applicant-subsidised" not in paper.sent, "what is not ticked stays so"
    paper.press("drop", "income-1")
    assert paper.sent["income"] == ["2", "3"]
    assert paper.sent["income-2-euros"] == ["95"]
    paper.press("drop", "member-1")
    assert paper.sent["income-2-of"] == [""], "nobody else's"
    paper.type(home__rooms="", applicant__received_on=f"{TODAY:%d.%m.%Y}")
    assert "id_income-2-of" in paper.press().wrong()
    nothing_saved()


def test_there_is_a_most_of_rows(signed_in: SignedIn) -> None:
    paper = Paper(signed_in("HAK"))
    paper.sent["debt"] = [str(one) for one in range(1, 40)]
    paper.press("add", "debt")
    assert paper.sent["debt"] == [str(one) for one in range(1, MOST_ROWS + 1)]
    assert ("add", "debt") not in paper.controls.buttons
    assert "Lomakkeelle ei mahdu enempää rivejä." in paper.page
    for kind in ("member", "permit", "ground", "work", "income", "asset"):
        paper.sent[kind] = paper.sent["debt"]
    typed = sum(map(len, paper.press("stay").sent.values()))
    assert typed < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS * 9 / 10, "with boxes to be ticked"


def test_what_is_unlikely_is_confirmed(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK"))
    paper.type(income_1__kind="wage", income_1__euros="34 000", home__tenure="rented")
    paper.type(home__moved_in="1970")
    wrong = paper.press().wrong()
    assert set(wrong) == {"id_income-1-euros", "id_home-moved_in"}, "before birth"
    paper.type(income_1__confirmed="on").press("add", "income")
    assert paper.sent["income-1-confirmed"] == ["on"]
    assert set(paper.press().wrong()) == {"id_home-moved_in"}
    nothing_saved()
    assert paper.type(home__confirmed="on").press().answer.status_code == 302
    with system_access():
        assert Income.objects.get().euros == 34000


def test_costs_are_compared_with_the_incomes_typed(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).type(income_1__kind="wage", income_1__euros="500")
    wrong = paper.type(home__tenure="rented", home__cost_eur="700").press().wrong()
    assert wrong.keys() == {"id_home-cost_eur"}


def test_a_person_is_searched_within_the_form(signed_in: SignedIn, person: Person) -> None:
    paper = Paper(signed_in("HAK")).type(need__own_words="Ahtaus", applicant__q="Lehtovaara")
    paper.press("stay")
    assert paper.controls.focus == "applicant-q"
    assert f'value="{person.public_id}"' in paper.page
    assert paper.sent["need-own_words"] == ["Ahtaus"]
    paper.sent["applicant-chosen"] = [person.public_id]
    paper.press("add", "member").type(member_1__q=str(person.customer_number))
    paper.type(member_1__part="resident", member_1__relation="child")
    wrong = paper.press().wrong()
    assert wrong["id_member-1-q"].endswith("Henkilö on jo hakemuksella.")
    assert paper.press("drop", "member-1").press().answer.status_code == 302
    with system_access():
        assert Application.objects.get().members.get().person == person


def test_a_name_that_was_taken_away_is_not_searched(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).type(applicant__q="Zzyzzyx").press("stay")
    assert paper.sent["applicant-searched"] == ["Zzyzzyx"]
    paper.type(applicant__q="").press("add", "member")
    assert paper.controls.focus == "member-1-q"
    assert paper.sent["applicant-searched"] == [""]
    assert paper.press().answer.status_code == 302


def test_an_identity_code_that_was_searched_is_not_shown_again(signed_in: SignedIn) -> None:
    paper = Paper(signed_in("HAK")).press("add", "member").type(member_1__q="150685-906N")
    paper.press("member-1-search")
    assert "150685-906N" not in paper.page


def test_what_is_sealed_comes_back_in_the_refused_form_alone(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    paper = begun(client).type(need__own_words="Salainen syy", need__expected_on="x")
    assert "Salainen syy" in paper.press().page
    paper.type(need__expected_on="").press()
    page = client.get(paper.answer["Location"]).content.decode()
    assert "Salainen syy" not in page
    assert "Salainen syy" not in Paper(client).page


def test_somebody_under_turvakielto_is_hidden_from_the_first(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK")).type(applicant__protected="on")
    paper.type(home__tenure="rented", home__municipality="Hillakoski")
    paper.type(work_1__employment="permanent", work_1__place="Hillakoski")
    wrong = paper.press().wrong()
    assert set(wrong) == {"id_work-1-place"}
    assert "kunta ja vuokranantaja salataan" in paper.page
    nothing_saved()
    assert paper.type(work_1__place="").press().answer.status_code == 302
    with system_access():
        assert Turvakielto.objects.get().person.surname == "Uusikivi"
        home = PresentHome.objects.get()
        assert (home.municipality, home.place is not None) == ("", True)


def test_a_protected_member_seals_where_the_household_lives(
    signed_in: SignedIn, other: Person
) -> None:
    with system_access():
        ban(other)
    paper = begun(signed_in("HAK")).press("add", "member")
    paper.type(
        member_1__q=str(other.customer_number), member_1__part="co_applicant",
        member_1__relation="spouse", home__tenure="rented", home__municipality="Hillakoski",
    )  # fmt: skip
    assert paper.press().answer.status_code == 302
    with system_access():
        assert PresentHome.objects.get().municipality == ""


def test_one_form_is_saved_once(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    paper = begun(client)
    first = paper.press().answer["Location"]
    answer = paper.client.post(paper.url, paper.sent | {"home-tenure": ["own"]}, follow=True)
    assert answer.redirect_chain == [(first, 302)]
    assert "on jo tallennettu tälle hakemukselle" in answer.content.decode()
    with system_access():
        assert Application.objects.count() == Person.objects.filter(surname="Uusikivi").count() == 1
        assert not PresentHome.objects.exists()


def test_the_number_of_a_form_that_is_none_is_not_kept(signed_in: SignedIn) -> None:
    paper = begun(signed_in("HAK"))
    for number in ("", "lomake", "9" * 400):
        paper.sent["form"] = [number]
        paper.press("stay")
        assert len(paper.sent["form"][0]) == 32


@pytest.mark.parametrize("role", ["VAL", "SOP", "TAL", "HUO", "REK", "JOH"])
def test_who_takes_no_applications_in_has_no_form(signed_in: SignedIn, role: str) -> None:
    client, url = signed_in(role), reverse("applications:whole")
    assert client.get(url).status_code == 403
    assert client.post(url, {"applicant-surname": "Uusikivi"}).status_code == 403
    nothing_saved()


def test_the_list_leads_to_the_form_and_the_form_to_the_short_way(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    page = client.get(reverse("applications:list")).content.decode()
    assert f'href="{reverse("applications:whole")}"' in page
    assert f'href="{reverse("applications:new")}"' in Paper(client).page


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"permit_1__kind": ""}, {"id_permit-1-kind"}),
        ({"permit_1__of": "applicant"}, {"id_permit-1-of"}),
        ({"permit_1__of": "member-9"}, {"id_permit-1-of"}),
        ({"permit_1__granted_to": "1.1.2025"}, {"id_permit-1-granted_to"}),
    ],
)
def test_a_permit_row_is_never_dropped_in_silence(
    signed_in: SignedIn, typed: Any, wrong: set[str]
) -> None:
    paper = household(begun(signed_in("HAK"))).press("add", "permit")
    paper.type(permit_1__of="member-1", permit_1__kind="permit", permit_1__granted_from="1.2.2026")
    assert set(paper.type(**typed).press().wrong()) == wrong
    nothing_saved()


def test_rows_of_somebody_who_was_refused_wait_for_him(signed_in: SignedIn) -> None:
    paper = means(household(begun(signed_in("HAK")))).type(member_1__hetu="010516A903Y")
    assert set(paper.press().wrong()) == {"id_member-1-hetu"}
    assert paper.type(member_1__hetu=MINORS).press().answer.status_code == 302
    with system_access():
        assert Identity.objects.get(birth_date__year=2016).kind == IdentityKind.BIRTH_DATE


def test_the_short_way_keeps_an_unticked_box_over_a_search(signed_in: SignedIn) -> None:
    client = signed_in("HAK")
    new = reverse("applications:new")
    assert client.get(new).context["form"]["subsidised"].value() is True
    shown = client.post(new, {"q": "Lehto", "searched": "", "chosen": "", "search": "1"})
    assert not shown.context["form"]["subsidised"].value()
