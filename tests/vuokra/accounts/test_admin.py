"""The admin: the main user alone, services behind every form, nothing deleted, nobody's data."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.vuokra.accounts.conftest import PASSWORD, MakeUser, acting_as, events, sign_in
from vuokra.access.stated import bulk_write
from vuokra.accounts import services
from vuokra.accounts.models import RoleGrant, User
from vuokra.company.models import Company
from vuokra.policy.roles import Role

pytestmark = pytest.mark.django_db

NEW = {"username": "uusi", "full_name": "Uuno Uusi", "email": "", "language": "fi"}


def admin_pages() -> list[str]:
    """Every address of the admin that takes no argument, and some with one."""
    found = []

    def walk(patterns: list[Any], prefix: str) -> None:
        for entry in patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns, route)
            elif isinstance(entry, URLPattern) and entry.name not in ("login", "logout"):
                found.append("/" + re.sub(r"<path:\w+>|<int:\w+>", "1", route))

    resolver = next(r for r in get_resolver().url_patterns if str(r.pattern) == "hallinta/")
    walk(resolver.url_patterns, "hallinta/")
    return [page for page in found if "(" not in page and "<" not in page]


def test_there_are_pages_to_test() -> None:
    assert len(admin_pages()) > 10


def test_outsiders_are_sent_to_the_one_door(client: Client) -> None:
    for page in admin_pages():
        answer = client.get(page)
        assert answer.status_code == 302, page
        assert answer["Location"].startswith("/kirjaudu/?next="), page
    assert client.get("/hallinta/login/")["Location"] == "/kirjaudu/?next=%2Fhallinta%2F"
    assert client.post("/hallinta/login/", {"username": "paa"}).status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PAA])
def test_only_the_main_user_enters(client: Client, make_user: MakeUser, role: Role) -> None:
    sign_in(client, make_user("muu", role))
    for page in admin_pages()[:4]:
        assert client.get(page).status_code == 403, page
    assert any(event.outcome == "denied" for event in events(action="setting"))


def test_only_our_own_tables_without_person_content() -> None:
    registered = {model._meta.db_table for model in admin.site._registry}
    assert registered <= {
        "vuokra_accounts_user", "vuokra_accounts_role_grant", "vuokra_company_company",
        "vuokra_company_limits", "vuokra_company_notice_version", "vuokra_rules_version",
        "vuokra_documents_templateversion", "vuokra_rules_holiday", "registry_consents_consenttext",
        "applications_selection_wealthtable", "applications_selection_exemptionpermit",
        "leases_contracts_houserules",
    }  # fmt: skip


def test_no_permission_flag_opens_it(client: Client, sop: User) -> None:
    sop.is_superuser = True
    assert not sop.is_staff
    assert not sop.has_perm("vuokra_accounts.change_user")
    assert not sop.has_module_perms("vuokra_accounts")


def test_main_user_has_admin_permissions_only(paa: User) -> None:
    assert paa.has_perm("vuokra_company.change_company")
    assert not paa.has_perm("registry_persons.view_person")


def test_pages_of_the_admin_open(as_paa: Client, paa: User, sop: User) -> None:
    grant = sop.grants.get()
    for page in (
        "/hallinta/", "/hallinta/vuokra_accounts/", "/hallinta/vuokra_accounts/user/",
        "/hallinta/vuokra_accounts/user/add/", f"/hallinta/vuokra_accounts/user/{sop.pk}/change/",
        "/hallinta/vuokra_accounts/rolegrant/?tila=tarkista",
        "/hallinta/vuokra_accounts/rolegrant/?tila=odottaa",
        "/hallinta/vuokra_accounts/rolegrant/add/",
        f"/hallinta/vuokra_accounts/rolegrant/{grant.pk}/change/",
        "/hallinta/vuokra_company/company/add/",
    ):  # fmt: skip
        answer = as_paa.get(page)
        assert answer.status_code == 200, page
        title = re.search(r"<title>(.*?)</title>", answer.text, re.S)
        assert title is not None
        assert "sop" not in title[1], page
        assert "style=" not in answer.text, page


def test_account_is_made_by_the_service(as_paa: Client, paa: User) -> None:
    answer = as_paa.post("/hallinta/vuokra_accounts/user/add/", NEW)
    made = User.objects.get(username="uusi")
    assert answer["Location"] == f"/hallinta/vuokra_accounts/user/{made.pk}/change/"
    assert made.created_by == paa
    assert not made.is_active
    assert not made.has_usable_password()
    assert any(event.action == "create" for event in events(actor_id=paa.pk))
    with acting_as(None):
        assert LogEntry.objects.get().user_id == paa.pk


def test_DP_A5_extra_fields_are_ignored_and_logged(as_paa: Client, paa: User) -> None:
    extra = {"is_admin": "1", "is_active": "on", "role": "TAR", "is_superuser": "1"}
    as_paa.post("/hallinta/vuokra_accounts/user/add/", NEW | extra)
    made = User.objects.get(username="uusi")
    assert not made.is_active
    assert made.role_codes == frozenset()
    (event,) = [e for e in events(actor_id=paa.pk) if "extra_fields" in str(e.detail)]
    assert all(name in str(event.detail) for name in extra)


def test_DP_A5_read_only_fields_stay(as_paa: Client, sop: User) -> None:
    page = f"/hallinta/vuokra_accounts/user/{sop.pk}/change/"
    posted = {"full_name": "Sanni Sopija", "email": "", "language": "en", "username": "pomo"}
    as_paa.post(page, posted | {"is_active": "", "session_epoch": "99"})
    sop.refresh_from_db()
    assert (sop.full_name, sop.language) == ("Sanni Sopija", "en")
    assert (sop.username, sop.is_active, sop.session_epoch) == ("sop", True, 0)


def grant_form(user: User, role: Role) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "user": user.pk,
        "role": role.value,
        "valid_from": today.strftime("%d.%m.%Y"),
        "valid_to": (today + dt.timedelta(days=30)).strftime("%d.%m.%Y"),
        "reason": "Uusi tehtävä",
    }


def test_role_is_granted_by_the_service(as_paa: Client, paa: User, sop: User) -> None:
    answer = as_paa.post("/hallinta/vuokra_accounts/rolegrant/add/", grant_form(sop, Role.TAL))
    assert answer.status_code == 302
    assert RoleGrant.objects.get(user=sop, role="TAL").approver == paa


def test_DP_A6_refused_in_the_form_and_logged(as_paa: Client, paa: User) -> None:
    answer = as_paa.post("/hallinta/vuokra_accounts/rolegrant/add/", grant_form(paa, Role.TAR))
    assert answer.status_code == 200
    assert "Sama henkilö ei voi olla" in answer.text
    assert not RoleGrant.objects.filter(role="TAR").exists()
    assert any(
        event.outcome == "denied" and "roles_apart" in str(event.detail)
        for event in events(actor_id=paa.pk)
    )


def test_DP_A6_own_role_waits_in_the_admin(as_paa: Client, paa: User, paa2: User) -> None:
    as_paa.post("/hallinta/vuokra_accounts/rolegrant/add/", grant_form(paa, Role.SOP))
    asked = RoleGrant.objects.get(user=paa, role="SOP")
    assert asked.approved_at is None
    approve = f"/hallinta/vuokra_accounts/rolegrant/{asked.pk}/toimi/hyvaksy/"
    as_paa.post(approve)
    asked.refresh_from_db()
    assert asked.approved_at is None
    other = Client()
    sign_in(other, paa2)
    other.post(approve)
    asked.refresh_from_db()
    assert asked.approver == paa2


def test_DP_A6_main_user_reads_no_people(as_paa: Client) -> None:
    for page in ("/henkilot/", "/kayttoloki/"):
        assert as_paa.get(page).status_code in (403, 404)


def test_revoking_asks_why(as_paa: Client, sop: User) -> None:
    page = f"/hallinta/vuokra_accounts/rolegrant/{sop.grants.get().pk}/toimi/poista/"
    assert "Syy" in as_paa.get(page).text
    as_paa.post(page, {"reason": ""})
    assert sop.grants.get().revoked_at is None
    as_paa.post(page, {"reason": "Tehtävä päättyi"})
    assert sop.grants.get().revoke_reason == "Tehtävä päättyi"


def test_printed_link_is_shown_once(as_paa: Client, sop: User) -> None:
    page = f"/hallinta/vuokra_accounts/user/{sop.pk}/toimi/linkki/"
    assert "/kirjaudu/aktivointi/" not in as_paa.get(page).text
    shown = as_paa.post(page).text
    path = re.search(r"(/kirjaudu/aktivointi/[\w-]+/)", shown)
    assert path is not None
    assert Client().get(path[1]).status_code == 200


def test_account_is_closed_in_the_admin(as_paa: Client, sop: User, paa: User) -> None:
    as_paa.post(f"/hallinta/vuokra_accounts/user/{sop.pk}/toimi/sulje/")
    sop.refresh_from_db()
    assert sop.closed_by == paa
    answer = as_paa.post(
        f"/hallinta/vuokra_accounts/user/{sop.pk}/change/",
        {"full_name": "Toinen", "email": "", "language": "fi"},
    )
    assert answer.status_code == 403
    own = as_paa.post(f"/hallinta/vuokra_accounts/user/{paa.pk}/toimi/sulje/")
    assert own.status_code == 404


@pytest.mark.parametrize("page", ["delete/", "history/"])
def test_nothing_is_deleted_here(as_paa: Client, sop: User, page: str) -> None:
    answer = as_paa.post(f"/hallinta/vuokra_accounts/user/{sop.pk}/{page}", {"post": "yes"})
    assert answer.status_code in (302, 404)
    assert User.objects.filter(pk=sop.pk).exists()


def test_no_bulk_actions(as_paa: Client, sop: User) -> None:
    page = as_paa.get("/hallinta/vuokra_accounts/user/").text
    assert "delete_selected" not in page
    as_paa.post(
        "/hallinta/vuokra_accounts/user/",
        {"action": "delete_selected", "_selected_action": [sop.pk], "post": "yes"},
    )
    assert User.objects.filter(pk=sop.pk).exists()


def test_changes_ask_for_the_password_again(as_paa: Client, paa: User) -> None:
    session = as_paa.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 16 * 60
    session.save()
    answer = as_paa.post("/hallinta/vuokra_accounts/user/add/", NEW)
    assert answer["Location"].startswith("/kirjaudu/uudelleen/")
    assert not User.objects.filter(username="uusi").exists()
    assert "Uuno" not in str(dict(as_paa.session.items()))
    as_paa.post("/kirjaudu/uudelleen/", {"password": PASSWORD})
    assert as_paa.get("/hallinta/vuokra_accounts/user/add/").status_code == 200


def test_company_is_one_row_with_a_true_business_id(as_paa: Client) -> None:
    company = {
        "name": "Esimerkin Vuokra-asunnot Oy", "business_id": "2345678-9",
        "street_address": "Keskuskatu 1", "postal_code": "94900", "city": "Kemi",
        "phone": "016 123 456", "email": "", "register_name": "asiakastietorekisteri",
        "contact_person": "Reetta Rekivaara", "contact_phone": "", "contact_email": "",
        "protection_officer": "", "protection_officer_phone": "", "protection_officer_email": "",
        "contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0",
        "office_hours-TOTAL_FORMS": "1", "office_hours-INITIAL_FORMS": "0",
        "office_hours-0-weekday": "1", "office_hours-0-opens": "9.00",
        "office_hours-0-closes": "16.00",
    }  # fmt: skip
    assert (
        "Y-tunnus ei ole oikea"
        in as_paa.post("/hallinta/vuokra_company/company/add/", company).text
    )
    answer = as_paa.post(
        "/hallinta/vuokra_company/company/add/", company | {"business_id": "2077474-0"}
    )
    assert answer.status_code == 302
    saved = Company.objects.get()
    assert saved.pk == 1
    assert saved.office_hours.get().weekday == 1
    assert as_paa.get("/hallinta/vuokra_company/company/add/").status_code == 403
    assert not [e for e in events(action="setting") if "extra_fields" in str(e.detail)]


def test_admin_log_is_append_only(as_paa: Client) -> None:
    as_paa.post("/hallinta/vuokra_accounts/user/add/", NEW)
    with acting_as(None), bulk_write("test of a trigger"):
        for change in (LogEntry.objects.all().delete, lambda: LogEntry.objects.update(object_id=1)):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert LogEntry.objects.get().object_repr == "uusi"


def test_services_refuse_what_forms_do_not_offer(paa: User) -> None:
    with acting_as(paa), pytest.raises(services.Refused):
        services.close_account(paa, by=paa)
