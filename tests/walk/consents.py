"""What the walk does at the addresses of consents and objections."""

from __future__ import annotations

from tests.walk.foundation import admin_pages
from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group

PERSON = {"public_id": "{public_id}"}
RECORDERS = frozenset({Group.STAFF})
SAID = {"manner": "letter", "decided_on": DAY, "proof": ""}
PERMISSION = SAID | {
    "text": "{consent_text}", "channels": "sms", "notice": "{notice}", "expires": "",
}  # fmt: skip
TEXT = {
    "use": "marketing", "code": "2", "valid_from": DAY, "finnish": "Saa lähettää.",
    "english": "May send.",
}  # fmt: skip

CONSENTS: dict[str, Page] = {
    "consents:person": Page((get(also=RECORDERS, why="the history says who recorded it"),), PERSON),
    "consents:forbid": Page(
        (
            post(302, {"kielto": "marketing:post"}),
            post(302, {"kaikki": "1", "tapa": "phone"}),
            post(302),
            post(404, {"kielto": "marketing:survey"}),
            get(405),
        ),
        PERSON,
    ),
    "consents:withdraw": Page(
        (post(302, {"suostumus": "marketing:email"}), post(404), get(405)), PERSON
    ),
    "consents:permit": Page(
        (get(), post(302, PERMISSION), post(422, PERMISSION | {"manner": "phone"})), PERSON
    ),
    "consents:record": Page(
        (
            get(),
            post(302, SAID | {"cells": "marketing:post", "manner": "notice"}),
            post(422, SAID),
        ),
        PERSON,
    ),
    "consents:by_number": Page(
        (
            get(),
            post(302, SAID | {"number": "{customer_number}", "cells": "marketing:post"}),
            post(422, SAID | {"number": "7", "cells": "marketing:post"}),
        )
    ),
    "consents:lift": Page(
        (get(), post(302, SAID), post(422, SAID | {"manner": ""})),
        PERSON | {"use": "marketing", "channel": "phone"},
    ),
    "consents:correct": Page(
        (get(), post(302, {"grounds": "Kirjattiin väärälle henkilölle"}), post(422)),
        PERSON | {"pk": "{consent}"},
    ),
    "consents:order_letter": Page((post(302), get(405)), PERSON),
    "consents:imports": Page(
        (
            get(also=RECORDERS, why="the list of imports says who brought which"),
            post(422, also=RECORDERS, why="no file was chosen"),
        )
    ),
    "consents:import_template": Page(kwargs={"form": "xlsx"}),
    "consents:import_run": Page((get(404),), {"pk": "{import_run}"}),
    "consents:confirm_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "consents:restart_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "consents:discard_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "consents:import_report": Page((get(404),), {"pk": "{import_run}"}),
    **admin_pages(
        "registry_consents_consenttext",
        "{consent_text}",
        {
            "add": (get(), post(302, TEXT), post(200, TEXT | {"code": ""})),
            "change": (get(), post(403, TEXT)),
        },
    ),
}
