"""What the walk does at the addresses of the paper archive."""

from __future__ import annotations

from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

PERSON = {"public_id": "{public_id}"}
LOOKERS = frozenset({Group.STAFF})
LEASES = ((Group.LEASE, Level.READ),)
PAPER = {
    "kind": "lease", "store": "{store}", "label": "", "covers_from": DAY, "covers_to": "",
    "keep_until": "", "origin": "found", "scanned_on": "", "after_scan": "",
}  # fmt: skip
STORE = {"code": "B-1", "kind": "box", "room": "Kellari", "lock": "room", "closed_on": ""}
DESTROY = {"ground": "retention", "method": "shredded", "destroyed_on": DAY, "witness": "{user}"}
WHY_HANDLERS = "a loan and a destruction name who had the papers and who saw it"

ARCHIVE: dict[str, Page] = {
    "archive:list": Page((get(), get(query="rajaus=tuhottavat"), get(query="paikka=99&sivu=x"))),
    "archive:find": Page((post(302, {"number": "{customer_number}"}), post(302, {"number": "x"}))),
    "archive:stores": Page(),
    "archive:new_store": Page((get(), post(302, STORE), post(422, STORE | {"code": "?"}))),
    "archive:edit_store": Page(
        (get(), post(302, STORE), post(422, STORE | {"closed_on": DAY})), {"pk": "{store}"}
    ),
    "archive:person": Page((get(),), PERSON),
    "archive:add": Page(
        (
            get(),
            post(302, PAPER, needs=LEASES, lacking=422),
            post(422, PAPER | {"covers_to": "1.1.1999"}),
        ),
        PERSON,
    ),
    "archive:file": Page(
        (get(also=LOOKERS, why=WHY_HANDLERS, needs=LEASES, lacking=404),),
        PERSON | {"pk": "{destroyed}"},
    ),
    "archive:edit": Page(
        (
            get(needs=LEASES, lacking=404),
            post(302, PAPER, needs=LEASES, lacking=404),
            post(422, PAPER | {"after_scan": "archived"}, needs=LEASES, lacking=404),
        ),
        PERSON | {"pk": "{paper}"},
    ),
    "archive:borrow": Page(
        (
            get(needs=LEASES, lacking=404),
            post(302, {"purpose": "{purpose}", "due": "+7"}, needs=LEASES, lacking=404),
            post(422, {"purpose": "{purpose}", "due": DAY}, needs=LEASES, lacking=404),
        ),
        PERSON | {"pk": "{paper}"},
    ),
    "archive:give_back": Page(
        (post(302, needs=LEASES, lacking=404), get(405)), PERSON | {"pk": "{lent}"}
    ),
    "archive:destroy": Page(
        (
            get(also=LOOKERS, why=WHY_HANDLERS, needs=LEASES, lacking=404),
            post(422, DESTROY, also=LOOKERS, why="a legal hold", needs=LEASES, lacking=404),
        ),
        PERSON | {"pk": "{paper}"},
    ),
    "archive:witness": Page(
        (post(302, needs=LEASES, lacking=404), get(405)), PERSON | {"pk": "{destroyed}"}
    ),
}
