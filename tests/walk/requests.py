"""What the walk does at the addresses of requests of data subjects."""

from __future__ import annotations

from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group

PERSON = {"public_id": "{public_id}"}
SEALED = frozenset({Group.PROTECTED_CONTACT})
WHY_OPENED = "it is opened here, for a recorded reason"
ASKED, WORKING = {"number": "{asked}"}, {"number": "{working}"}
COPY = WORKING | {"right": "15"}
V = {"version": "3"}
"""What the pages of the request that is worked on post: it was recorded, verified, and disputed."""
INTAKE = {
    "received_on": DAY, "channel": "phone", "rights": "15", "wish": "", "behalf": "", "sender": "",
    "sender_contact": "", "language": "fi",
}  # fmt: skip
PROOF = {
    "way": "handed", "delivered_on": DAY, "receiver": "person", "confirmed_on": "", "proof": "Nimi",
}  # fmt: skip

RIGHTS: dict[str, Page] = {
    "rights:list": Page((get(), get(query="tila=kaikki&oikeus=15&vuosi=2026&sivu=9"))),
    "rights:new": Page((get(), post(200, {"q": "{surname}", "search": "1"}))),
    "rights:new_unknown": Page(
        (get(), post(302, INTAKE | {"sender": "Uuno Uusikivi"}), post(422, INTAKE))
    ),
    "rights:new_of": Page((get(), post(302, INTAKE | {"rights": "20"}), post(422)), PERSON),
    "rights:person": Page((get(),), PERSON),
    "rights:request": Page((get(),), WORKING),
    "rights:take": Page((post(302), get(405)), WORKING),
    "rights:move_receipt": Page(
        (
            get(),
            post(302, {"version": "1", "day": "1.9.2026", "reason": "Väärä laatikko"}),
            post(422, {"version": "1", "day": "1.1.2099", "reason": "x"}),
        ),
        ASKED,
    ),
    "rights:match": Page(
        (
            get(),
            post(200, {"version": "1", "q": "{surname}", "search": "1"}),
            post(302, {"version": "1", "chosen": "{public_id}"}),
            post(422, {"version": "1"}),
        ),
        ASKED,
    ),
    "rights:authority": Page(
        (get(), post(422, {"version": "1", "authority": "seen", "paper": "Valtakirja"})), ASKED
    ),
    "rights:confirm_receipt": Page(
        (get(), post(302, {"version": "1", "way": "email"}), post(422)), ASKED
    ),
    "rights:verify": Page(
        (get(), post(302, {"version": "1", "method": "known"}), post(422)), ASKED
    ),
    "rights:verify_too": Page((post(302), get(405)), ASKED),
    "rights:ask": Page((get(), post(302, {"version": "1", "way": "letter"}), post(422)), ASKED),
    "rights:remind": Page((get(), post(422, {"version": "1", "way": "letter"})), ASKED),
    "rights:lapse": Page((get(), post(422, {"version": "1", "way": "letter"})), ASKED),
    "rights:reveal_sender": Page(
        (
            post(200, also=SEALED, why=WHY_OPENED),
            post(200, htmx=True, also=SEALED, why="htmx"),
            get(405),
        ),
        WORKING,
    ),
    "rights:weigh": Page((get(), post(302, V | {"text": "Arvioitu"}), post(422, V)), WORKING),
    "rights:extend": Page(
        (
            get(),
            post(302, V | {"way": "letter", "ground": "complex", "reason": "Laaja"}),
            post(422, V),
        ),
        WORKING,
    ),
    "rights:decide": Page(
        (
            get(),
            post(302, V | {"outcome": "granted"}),
            post(422, V | {"outcome": "refused"}),
            post(409, {"version": "1", "outcome": "granted"}),
        ),
        WORKING | {"right": "15"},
    ),
    "rights:submit": Page((post(302, V), get(405)), WORKING),
    "rights:approve": Page((get(), post(422, V)), WORKING),
    "rights:preview": Page((get(),), WORKING),
    "rights:deliver": Page((get(), post(422, V | PROOF), post(422, V)), WORKING),
    "rights:missent": Page((get(404), post(404)), WORKING | {"pk": "0"}),
    "rights:recipients": Page((get(), post(422, V | {"note": "Ei ketään"})), WORKING),
    "rights:close": Page((post(302, V), get(405)), WORKING),
    "rights:withdraw": Page((get(), post(302, V | {"note": "Soitti"}), post(422, V)), WORKING),
    "rights:complain": Page((get(), post(422, V | {"note": "TSV"})), WORKING),
    "rights:resolve": Page((get(), post(422, V | {"note": "TSV"})), WORKING),
    "rights:add_correction": Page(
        (
            get(),
            post(302, V | {"target": "name", "proposed": "Uusi", "grounds": "Väärä"}),
            post(422, V),
        ),
        WORKING,
    ),
    "rights:correction": Page(
        (
            get(),
            post(302, V | {"result": "no_ground", "note": "Oikea"}),
            post(422, V | {"result": "corrected"}),
        ),
        WORKING | {"uuid": "{correction}"},
    ),
    "rights:reveal_value": Page(
        (post(200, also=SEALED, why=WHY_OPENED), get(405)),
        WORKING | {"uuid": "{correction}", "name": "ehdotus"},
    ),
    "rights:restrict": Page((get(), post(302, V | {"ground": "18-1-c"}), post(422, V)), WORKING),
    "rights:lift": Page((get(), post(422, V | {"way": "letter"})), WORKING),
    "rights:compute_erasure": Page((post(302, V), get(405)), WORKING),
    "rights:object": Page(
        (get(), post(302, {"version": "1", "forbid": "marketing:post"}), post(422)), ASKED
    ),
    "rights:confirm": Page((get(), post(302, {"version": "1", "way": "email"}), post(422)), ASKED),
    "rights:collect": Page((post(302, V), get(405)), COPY),
    "rights:copy": Page((get(),), COPY),
    "rights:pack": Page((post(302, V), get(405)), COPY),
    "rights:package": Page((post(404), get(405)), COPY),
    "rights:print_copy": Page((post(302, V), get(405)), COPY),
    "rights:attach": Page((get(), post(422, V)), WORKING),
    "rights:download": Page((get(),), WORKING | {"uuid": "{attachment}"}),
    "rights:detach": Page((post(302, V), get(405)), WORKING | {"uuid": "{attachment}"}),
}
