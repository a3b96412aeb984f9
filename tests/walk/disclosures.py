"""What the walk does at the addresses of disclosures."""

from __future__ import annotations

from tests.walk.visits import DAY, Page, get, post
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

PERSON = {"public_id": "{public_id}"}
SEES_GIVEN = ((Group.DISCLOSURE, Level.READ),)
GIVEN = {
    "recipient": "{recipient}", "asked_by": "Päivystäjä", "call_back": "049 000 0000",
    "numbers": "{customer_number}", "codes": "PT-NIMI", "purpose": "P6", "reference": "TM 9",
    "channel": "phone", "day": DAY,
}  # fmt: skip
RECIPIENT = {"name": "Lukko Oy", "category": "LUO-AVAUS", "country": "FI", "contact": ""}
BASIS = {
    "kind": "art28", "reference": "L-1", "valid_from": DAY, "valid_to": "1.10.2027",
    "purposes": "P6", "codes": "PT-NIMI",
}  # fmt: skip
CALL = {
    "channel": "phone", "authority": "Kela", "caller": "Etuuskäsittelijä", "asked": "Osoite",
    "numbers": "{customer_number}",
}  # fmt: skip
CORRECTED = {
    "codes": "PT-NIMI", "purpose": "P6", "channel": "phone", "day": DAY, "note": "Vain nimi",
}  # fmt: skip

DISCLOSURES: dict[str, Page] = {
    "disclosures:list": Page(
        (get(), get(query="minne=ulos&ryhma=LUO-AVAUS"), get(query="vastaanottaja=x&alku=y"))
    ),
    "disclosures:file": Page((post(200), get(405))),
    "disclosures:disclosure": Page((get(),), {"pk": "{disclosure}"}),
    "disclosures:correct": Page(
        (get(), post(302, CORRECTED), post(422, CORRECTED | {"note": ""})), {"pk": "{disclosure}"}
    ),
    "disclosures:approve_correction": Page((post(302), get(405)), {"pk": "{proposed}"}),
    "disclosures:refuse_correction": Page(
        (post(302, {"note": "Oli oikein"}), post(422), get(405)), {"pk": "{proposed}"}
    ),
    "disclosures:give": Page((get(), post(302, GIVEN), post(422, GIVEN | {"call_back": ""}))),
    "disclosures:give_about": Page(
        (get(), post(302, GIVEN), post(422, GIVEN | {"purpose": "P5"})), PERSON
    ),
    "disclosures:person": Page((get(), get(query="sivu=9")), PERSON),
    "disclosures:notified": Page(
        (get(), post(302, {"state": "notified"}), post(422, {"state": "impossible"})),
        PERSON | {"pk": "{telling}"},
    ),
    "disclosures:recipients": Page(),
    "disclosures:new_recipient": Page(
        (get(), post(302, RECIPIENT), post(422, RECIPIENT | {"country": "US"}))
    ),
    "disclosures:recipient": Page((get(),), {"pk": "{recipient}"}),
    "disclosures:edit_recipient": Page(
        # one that has bases stays who it is
        (get(), post(422, RECIPIENT), post(422, RECIPIENT | {"category": "LUO-VIRAN"})),
        {"pk": "{recipient}"},
    ),
    "disclosures:add_basis": Page(
        (get(), post(302, BASIS), post(422, BASIS | {"valid_to": ""})), {"pk": "{recipient}"}
    ),
    "disclosures:end_basis": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        {"pk": "{basis}"},
    ),
    "disclosures:exports": Page((get(), get(query="sivu=9"))),
    "disclosures:export": Page((get(needs=SEES_GIVEN, lacking=404),), {"pk": "{export}"}),
    "disclosures:approve_export": Page((post(302), get(405)), {"pk": "{export}"}),
    "disclosures:refuse_export": Page(
        (post(302, {"note": "Rajaa"}), post(422), get(405)), {"pk": "{export}"}
    ),
    "disclosures:take_export": Page((post(404), get(405)), {"pk": "{export}"}),
    "disclosures:requests": Page((get(), get(query="tila=valmiit"))),
    "disclosures:new_request": Page((get(), post(302, CALL), post(422, CALL | {"authority": ""}))),
    "disclosures:new_request_about": Page(
        (get(), post(302, CALL), post(422, CALL | {"caller": ""})), PERSON
    ),
    "disclosures:request": Page((get(),), {"pk": "{request}"}),
    "disclosures:verify": Page(
        (
            get(),
            post(302, {"how": "callback", "switchboard": "0295 440 000"}),
            post(422, {"how": "document"}),
        ),
        {"pk": "{request}"},
    ),
    "disclosures:grant": Page(
        (get(), post(422, {"recipient": "{recipient}", "statute": "x"})), {"pk": "{request}"}
    ),
    "disclosures:refuse": Page(
        (get(), post(302, {"note": "Ei säädöstä"}), post(422)), {"pk": "{request}"}
    ),
    "disclosures:approve": Page((post(302), get(405)), {"pk": "{request}"}),
    "disclosures:answer": Page(
        (get(), post(422, {"channel": "letter", "day": DAY})), {"pk": "{request}"}
    ),
}
