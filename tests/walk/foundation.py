"""What the walk does at the addresses of the foundation: sign-in, one's own account, the admin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.walk.visits import Page, Visit, get, post

ADMIN = "hallinta/"
NEW_ACCOUNT = {
    "username": "uusi", "full_name": "Uuno Uusi", "email": "uuno@example.fi", "language": "fi",
}  # fmt: skip
COMPANY = {
    "name": "Hillakosken Vuokra-asunnot Oy",
    "officehours_set-TOTAL_FORMS": "0",
    "officehours_set-INITIAL_FORMS": "0",
}
VERSION = {
    "value": "30", "valid_from": "1.1.2030", "valid_until": "", "source": "Hallitus", "note": "",
}  # fmt: skip
RULES = "admin:vuokra_rules_ruleversion"
RULE = {"key": "retention.R2"}
LIMITS = {"cards_per_hour": "90", "reveals_per_day": "10", "blocks_colleagues": "on"}


def admin_pages(model: str, pk: str, visits: Mapping[str, Sequence[Visit]]) -> dict[str, Page]:
    """The pages that Django's admin has for a model."""
    name, path = f"admin:{model}", f"{ADMIN}{model.replace('_', '/', 1)}/"
    app, _, last = model.rpartition("_")
    path = f"{ADMIN}{app}/{last}/"
    known = {"object_id": pk}
    return {
        f"{name}_changelist": Page(visits.get("list", (get(),))),
        f"{name}_add": Page(visits.get("add", (get(),))),
        f"{name}_change": Page(visits.get("change", (get(),)), known),
        f"{name}_act": Page(visits.get("act", (get(404),)), known | {"action": "sulje"}),
        f"{path}<path:object_id>/": Page((get(302),), path=f"/{path}{pk}/"),
    }


FOUNDATION: dict[str, Page] = {
    # -- sign-in and one's own account ----------------------------------------------------------
    "account_login": Page(
        (
            get(302, anonymous=200),
            post(302, {"login": "nobody", "password": "wrong"}, anonymous=200),
        )
    ),
    "mfa_login_webauthn": Page((get(302), post(302))),
    "mfa_authenticate": Page((get(302), post(302))),
    "account_logout": Page((get(anonymous=302), post(302))),
    "account_activate": Page(
        (
            get(),
            post(422, {"password": "short", "again": "other"}),
        ),
        {"token": "{token}"},
    ),
    "account_reauthenticate": Page((get(), post(200, {"password": "wrong"}))),
    "account_change_password": Page((get(), post(200, {"oldpassword": "wrong"}))),
    "mfa_index": Page(),
    "mfa_reauthenticate": Page((get(302), post(302, {"code": "000000"}))),
    "mfa_activate_totp": Page((get(), post(200, {"code": "000000"}))),
    "mfa_deactivate_totp": Page((get(404), post(404))),
    "mfa_view_recovery_codes": Page((get(404),)),
    "mfa_generate_recovery_codes": Page((get(), post(200))),
    "mfa_list_webauthn": Page(),
    "mfa_add_webauthn": Page((get(), post(200, {"name": "Avain", "credential": "{{}}"}))),
    "mfa_reauthenticate_webauthn": Page((get(302), post(302, {"credential": "{{}}"}))),
    "mfa_edit_webauthn": Page((get(404), post(404, {"name": "Oma"})), {"pk": "{passkey}"}),
    "mfa_remove_webauthn": Page((get(404), post(404)), {"pk": "{passkey}"}),
    # -- the main user's admin ------------------------------------------------------------------
    "admin:login": Page((get(302), post(302))),
    "admin:logout": Page((get(anonymous=302), post(302))),
    "admin:index": Page(),
    "admin:autocomplete": Page((get(403),)),
    "admin:jsi18n": Page(),
    "admin:view_on_site": Page((get(404),), {"content_type_id": "1", "object_id": "1"}),
    "admin:app_list": Page(kwargs={"app_label": "vuokra_accounts"}),
    f"{ADMIN}(?P<url>.*)$": Page((get(404),), path=f"/{ADMIN}jotain/muuta/"),
    **admin_pages(
        "vuokra_accounts_user",
        "{user}",
        {
            "list": (get(), get(query="q=kuikka")),
            "add": (get(), post(302, NEW_ACCOUNT), post(200, {"username": "x"})),
            "change": (get(), post(302, NEW_ACCOUNT)),
            "act": (get(), post(302)),
        },
    ),
    **admin_pages(
        "vuokra_accounts_rolegrant",
        "{grant}",
        {
            "list": (get(), get(query="tila=voimassa")),
            "add": (
                get(),
                post(
                    302,
                    {
                        "user": "{user}",
                        "role": "TAL",
                        "valid_from": "1.10.2026",
                        "valid_to": "1.10.2027",
                        "reason": "Uusi tehtävä",
                    },
                ),
                post(200, {"user": "{user}"}),
            ),
        },
    ),
    **admin_pages(
        "vuokra_company_company",
        "{company}",
        {
            "add": (get(403),),
            "change": (get(), post(200, COMPANY)),
        },
    ),
    **admin_pages(
        "vuokra_company_limits",
        "1",
        {
            "add": (get(403),),
            "change": (get(), post(302, LIMITS), post(200, {"cards_per_hour": "0"})),
        },
    ),
    **admin_pages(
        "vuokra_company_noticeversion",
        "{notice}",
        {
            "add": (get(403),),
            "change": (get(), post(403, {"code": "1"})),
        },
    ),
    **admin_pages(
        "vuokra_documents_templateversion",
        "{template_version}",
        {"add": (get(403),), "change": (get(), post(403, {"number": "9"}))},
    ),
    f"{RULES}_changelist": Page((get(), get(query="tila=vahvistamatta"))),
    f"{RULES}_rule": Page(kwargs=RULE),
    f"{RULES}_new": Page(
        (
            get(),
            post(200, VERSION),
            post(422, VERSION | {"value": "x"}),
            post(302, VERSION | {"tallenna": "1"}),
        ),
        RULE,
    ),
    f"{RULES}_confirm": Page((post(302), get(405)), {"pk": "{rule}"}),
    f"{RULES}_withdraw": Page((post(302), get(405)), {"pk": "{rule}"}),
    **admin_pages(
        "vuokra_rules_holiday",
        "{holiday}",
        {
            "add": (
                get(),
                post(302, {"day": "1.2.2037", "name_fi": "x", "name_en": "x", "rolls": "on"}),
                post(200, {"day": "x"}),
            ),
            "change": (get(), post(302, {"name_fi": "jouluaatto", "name_en": "Christmas Eve"})),
        },
    ),
}
