"""What the walk does at the addresses of copies of a person's data."""

from __future__ import annotations

from tests.walk.visits import Page, get, post
from vuokra.policy.groups import Group

COPY = {"uuid": "{copy}"}
IN_COPY = frozenset(Group)
WHY_COPY = "article 15 gives the person everything; whoever makes the copy reads it"
NEEDED = "Epäily urkinnasta: nimet tarvitaan tutkintapyyntöön"

COPIES: dict[str, Page] = {
    "copies:list": Page(),
    "copies:copy": Page((get(), get(200, htmx=True)), COPY),
    "copies:preview": Page((get(302),), COPY),  # not before everything is decided
    "copies:attachment": Page((get(404),), COPY | {"name": "ei.pdf"}),
    "copies:restart": Page((post(302), get(405)), COPY),
    "copies:names": Page((get(), post(302, {"reason": NEEDED}), post(422, {"reason": "x"})), COPY),
    "copies:mark": Page(
        (
            post(
                302,
                {"place": "{copy_place}", "words": "", "reason": "other"},
            ),
            post(
                422,
                {"place": "{copy_place}", "words": "ei ole", "reason": "other"},
                also=IN_COPY,
                why=WHY_COPY,
            ),
            post(404),
            get(405),
        ),
        COPY,
        others=True,
    ),
    "copies:decide": Page(
        (
            post(302, {"choice": "peita:other"}),
            post(422, {"choice": ""}, also=IN_COPY, why=WHY_COPY),
            get(405),
        ),
        COPY | {"pk": "{copy_finding}"},
        others=True,
    ),
    "copies:part": Page(
        (get(also=IN_COPY, why=WHY_COPY),), COPY | {"code": "VS-YHTEYS"}, others=True
    ),
    "copies:read": Page((post(302), get(405)), COPY | {"code": "VS-YHTEYS"}),
}
