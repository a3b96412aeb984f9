"""What the walk does at every address: the one table in which a new address is registered.

A key is a view's name, or the route of a pattern without one. `{person}` and the like are filled
from what `tests.walk.world.plant` made. Values typed here are nobody's: never a canary, except
where a search is made with one.
"""

from __future__ import annotations

from tests.walk.applying import APPLICATIONS
from tests.walk.archive import ARCHIVE
from tests.walk.consents import CONSENTS
from tests.walk.copies import COPIES
from tests.walk.depositing import DEPOSITS
from tests.walk.disclosures import DISCLOSURES
from tests.walk.doors import DOORS
from tests.walk.foundation import FOUNDATION
from tests.walk.homes import HOMES
from tests.walk.inspecting import INSPECTIONS
from tests.walk.leasing import LEASES
from tests.walk.requests import RIGHTS
from tests.walk.selecting import SELECTIONS
from tests.walk.visits import DAY, Page, get, post
from tests.walk.watching import WATCHING
from vuokra.policy.groups import Group
from vuokra.policy.rights import Level

PERSON = {"public_id": "{public_id}"}
PROTECTED = {"public_id": "{protected_id}"}
OPEN = {"reason": "{purpose}", "reason_text": "Vesivahinko, soitto asukkaalle"}
SEALED = frozenset({Group.PROTECTED_CONTACT})
LOOKERS = frozenset({Group.STAFF})
WHY_COLLEAGUES = "a reminder is addressed to a colleague by name"
REMINDER = {"text": "Soita takaisin", "due": "+7", "recipient": "rooli:SOP"}
WHY_LOOKERS = "the card says who has looked (ui 7), the log says who did what"
WHY_ORDERED = "a document says who ordered it"
LETTERS = ((Group.CONTACT, Level.READ),)
WHY_TIES = "whoever records a tie knows of whom"
OPENED_TRUSTEE = frozenset({Group.GUARDIANSHIP})
OPENED_PAYER = frozenset({Group.COMMITMENT})
REVEALED = frozenset({Group.HETU, Group.IDENTITY})
CODES = ((Group.HETU, Level.MASKED),)
ADDRESS = {
    "kind": "postal", "street": "Hillatie 1", "postal_code": "97999", "town": "Hillakoski",
    "country": "FI", "source": "SRC-ASIAKAS", "valid_from": DAY,
}  # fmt: skip
POINT = {"kind": "phone", "value": "+358490000123", "source": "SRC-ASIAKAS", "valid_from": DAY}
TIE = {"staff": "{user}", "kind": "conflict", "valid_from": DAY, "valid_to": ""}
MARK = {"ground": "18-1-a", "matter": "", "valid_from": DAY, "valid_to": ""}
NOTICE = {"version": "{notice}", "channel": "letter", "given_on": DAY}
NAMES = {"surname": "Uusikivi", "given_names": "Uuno", "call_name": "", "language": "fi"}
MEMBER = {
    "q": "", "searched": "", "surname": "", "given_names": "", "birth_date": "", "hetu": "",
    "ground": "", "ground_text": "", "valid_from": DAY, "source": "SRC-ASIAKAS",
}  # fmt: skip
RELATION = {
    "q": "", "searched": "", "organisation": "", "contact": "", "valid_from": DAY, "valid_to": "",
    "source": "SRC-ASIAKAS",
}  # fmt: skip
WHY_OPENED = "it is opened here, for a recorded reason"
WHY = {"reason": "Sama henkilö on kirjattu kahdesti."}
VERSION = {"name": "1"}
PUBLISHED = {"code": "3", "valid_from": DAY, "summary": "Uusi"}
KEPT = dict.fromkeys(("surname", "given_names", "call_name", "identity"), "keep") | {
    "other_code": "mistake",
}

PAGES: dict[str, Page] = {
    "home": Page(),
    "healthz": Page(),
    "readyz": Page(),
    **FOUNDATION,
    **ARCHIVE,
    **WATCHING,
    **HOMES,
    **INSPECTIONS,
    **APPLICATIONS,
    **DOORS,
    **LEASES,
    **DEPOSITS,
    **SELECTIONS,
    **CONSENTS,
    # -- the desk ---------------------------------------------------------------------------------
    "desk:take": Page((post(404, {"row": "muistutus:{reminder}"}), get(405))),
    "desk:handle": Page(
        (get(404), post(404, {"toimi": "ota"})), {"kind": "muistutus", "key": "{reminder}"}
    ),
    "desk:new_reminder": Page(
        (
            get(also=LOOKERS, why=WHY_COLLEAGUES),
            post(302, REMINDER),
            post(422, REMINDER | {"due": "x"}, also=LOOKERS, why=WHY_COLLEAGUES),
        )
    ),
    "desk:reminder_about": Page(
        (get(also=LOOKERS, why=WHY_COLLEAGUES), post(302, REMINDER)), {"reference": "{public_id}"}
    ),
    "desk:reminder": Page((get(404), post(404, REMINDER)), {"pk": "{reminder}"}),
    "desk:reminder_done": Page((post(404), get(405)), {"pk": "{reminder}"}),
    "desk:reminder_undone": Page((post(404), get(405)), {"pk": "{reminder}"}),
    # -- people ---------------------------------------------------------------------------------
    "persons:list": Page(
        (
            get(),
            get(query="alku=K"),
            get(query="puuttuu=puhelin&sivu=9"),
            get(query="q=Kanariasalo"),
        )
    ),
    "search:search": Page(
        (
            get(),
            get(query="q=Peipposuo"),
            post(200, {"q": "{surname}"}),
            post(200, {"q": "Varpuskuja"}),
            post(200, {"q": "{surname}"}, htmx=True),
            post(200, {"q": "uusi"}, htmx=True),
            post(422, {"q": "k"}, htmx=True),
        )
    ),
    "persons:search": Page(
        (
            get(),
            get(query="q=Peipposuo"),
            post(200, {"q": "{surname}"}),
            post(302, {"q": "{customer_number}"}),
            post(302, {"q": "{hetu}"}, needs=CODES),
            post(422, {"q": "k"}),
        )
    ),
    "persons:chosen": Page(
        (
            post(200, {"toimi": "vienti", "kaikki": "1"}),
            post(200, {"toimi": "vienti", "valittu": "{public_id}"}),
            get(302),
        )
    ),
    "persons:save_view": Page((post(302, {"nimi": "Oma", "alku": "K"}), get(405))),
    "persons:open_view": Page((get(404),), {"pk": "1"}),
    "persons:delete_view": Page((post(404), get(405)), {"pk": "1"}),
    "persons:export": Page((post(200), post(200, {"reason": "", "kieli": "fi"}), get(405))),
    "persons:new": Page(
        (
            get(),
            post(302, {f"person-{name}": value for name, value in NAMES.items()}),
            post(422, {"person-surname": "", "person-language": "fi"}),
        )
    ),
    "persons:imports": Page(
        (
            get(also=LOOKERS, why="the list of imports says who brought which"),
            post(422, also=LOOKERS, why="no file was chosen"),
        )
    ),
    "persons:import_template": Page(kwargs={"form": "xlsx"}),
    "persons:import_run": Page((get(), get(htmx=True)), {"pk": "{import_run}"}),
    "persons:confirm_import": Page((post(302), get(405)), {"pk": "{import_run}"}),
    "persons:restart_import": Page((post(404), get(405)), {"pk": "{import_run}"}),
    "persons:discard_import": Page((post(302), get(405)), {"pk": "{import_run}"}),
    "persons:import_report": Page(kwargs={"pk": "{import_run}"}),
    "persons:card": Page(
        (
            get(also=LOOKERS, why=WHY_LOOKERS),
            get(query="tapahtumat=asiakkuus&kaikki=1", also=LOOKERS, why=WHY_LOOKERS),
        ),
        PERSON,
        others=True,
    ),
    "persons:purpose": Page((get(), post(422, {"reason": "P99"})), PERSON),
    "persons:reveal_hetu": Page(
        (
            post(200, also=REVEALED, why="the code is opened here, for a recorded reason"),
            post(200, also=REVEALED, why="as a fragment", htmx=True),
            get(405),
        ),
        PERSON,
    ),
    "persons:edit": Page(
        (
            get(),
            post(302, NAMES | {"reason": "changed", "used_until": DAY, "name_source": "SRC-DVV"}),
            post(422, {"language": "fi"}),
        ),
        PERSON,
    ),
    "persons:identity": Page(
        (
            get(),
            post(302, {"kind": "birth_date", "birth_date": "1.2.1980", "reason": "mistake"}),
            post(422, {"kind": "hetu", "hetu": "010180-9026", "reason": "changed"}),
        ),
        PERSON,
    ),
    "persons:ties": Page((get(also=LOOKERS, why=WHY_TIES),)),
    "persons:add_tie": Page(
        (
            get(also=LOOKERS, why=WHY_TIES),
            post(302, TIE),
            post(422, TIE | {"valid_to": "1.1.1999"}, also=LOOKERS, why=WHY_TIES),
        ),
        PERSON,
    ),
    "persons:end_tie": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        {"pk": "{tie}"},
    ),
    "persons:death": Page(
        (
            get(),
            post(422, {"died_on": "1.1.2099", "source": "SRC-DVV"}),
            post(302, {"died_on": DAY, "source": "SRC-DVV"}),
        ),
        PERSON,
    ),
    "persons:add_mark": Page(
        (get(), post(302, MARK), post(422, MARK | {"valid_to": "1.1.1999"})), PERSON
    ),
    "persons:restricted": Page(
        (get(), post(302, {"ground": "claims", "reason_text": "Riita"}), post(422)), PERSON
    ),
    "persons:end_mark": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        PERSON | {"pk": "{mark}"},
    ),
    "persons:review_hold": Page(
        (get(), post(302, {"outcome": "on"}), post(422)),
        PERSON | {"pk": "{mark}"},
    ),
    "persons:add_notice": Page(
        (get(), post(302, NOTICE), post(422, NOTICE | {"given_on": "1.1.2099"})), PERSON
    ),
    "persons:history": Page((get(also=LOOKERS, why=WHY_LOOKERS), get(query="sivu=9")), PERSON),
    "persons:add_contact_point": Page(
        (get(), post(302, POINT), post(422, POINT | {"value": "12"})), PERSON
    ),
    "persons:end_contact_point": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        PERSON | {"pk": "{contact_point}"},
    ),
    "persons:add_address": Page(
        (get(), post(302, ADDRESS), post(422, ADDRESS | {"postal_code": "1"})), PERSON
    ),
    "persons:end_address": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "x"})),
        PERSON | {"pk": "{home}"},
    ),
    # -- households -----------------------------------------------------------------------------
    "households:household": Page((get(),), PERSON, others=True),
    "households:add_member": Page(
        (
            get(),
            post(200, MEMBER | {"q": "{surname}", "search": "1"}),
            post(302, MEMBER | {"surname": "Uusikivi", "birth_date": "1.2.2020"}),
            post(422, MEMBER),
        ),
        PERSON,
        others=True,
    ),
    "households:edit_membership": Page(
        (
            get(),
            post(302, {"valid_from": "7.1.2020", "valid_to": DAY}),
            post(422, {"valid_from": DAY, "valid_to": "1.1.2020"}),
            post(302, {"remove": "1"}),
        ),
        PERSON | {"pk": "{membership}"},
        others=True,
    ),
    "households:reveal_ground": Page(
        (post(200, also=REVEALED, why=WHY_OPENED), get(405)), PERSON | {"pk": "{ground}"}
    ),
    "households:add_guardian": Page(
        (
            get(),
            post(200, RELATION | {"q": "{surname}", "search": "1"}),
            post(422, RELATION | {"organisation": "Lastenkoti"}),
        ),
        PERSON,
    ),
    "households:end_guardian": Page((get(404), post(404)), PERSON | {"pk": "0"}),
    "households:reveal_guardian": Page(
        (post(404, {"reason_text": "laskutus"}), get(405)),
        PERSON | {"pk": "0", "name": "organisation"},
    ),
    "households:add_trusteeship": Page(
        (
            get(),
            post(
                302,
                RELATION
                | {"organisation": "Toimisto", "kind": "mandate", "decision": "x", "extent": "y"},
            ),
            post(422, RELATION),
        ),
        PERSON,
    ),
    "households:end_trusteeship": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        PERSON | {"pk": "{trusteeship}"},
    ),
    "households:reveal_trusteeship": Page(
        (
            post(200, {"reason_text": "laskutus"}, also=OPENED_TRUSTEE, why=WHY_OPENED),
            post(200, {"reason_text": "laskutus"}, also=OPENED_TRUSTEE, why="htmx", htmx=True),
            post(404),
            get(405),
        ),
        PERSON | {"pk": "{trusteeship}", "name": "decision"},
    ),
    "households:add_commitment": Page(
        (
            get(),
            post(302, RELATION | {"organisation": "Kunta", "kind": "guarantor"}),
            post(422, RELATION),
        ),
        PERSON,
    ),
    "households:end_commitment": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        PERSON | {"pk": "{payer}"},
    ),
    "households:reveal_commitment": Page(
        (
            post(200, {"reason_text": "lasku"}, also=OPENED_PAYER, why=WHY_OPENED),
            post(404),
            get(405),
        ),
        PERSON | {"pk": "{payer}", "name": "organisation"},
    ),
    # -- turvakielto ----------------------------------------------------------------------------
    "protection:guide": Page(),
    "protection:ban": Page((get(),), PROTECTED, about="protected"),
    "protection:record": Page(
        (
            get(),
            post(302, {"begins": DAY, "until": "1.9.2031", "origin": "SRC-DVV"}),
            post(422, {"begins": DAY, "until": "", "origin": "SRC-DVV"}),
        ),
        PERSON,
    ),
    "protection:reason": Page(
        (get(), get(query="asiakirja=x"), post(422)), PROTECTED, about="protected"
    ),
    "protection:renew": Page(
        (get(), post(302, {"until": ""}), post(422, {"until": "1.1.2020"})),
        PROTECTED,
        about="protected",
    ),
    "protection:propose": Page(
        (get(), post(302, {"grounds": "DVV ilmoitti"}), post(422, {"grounds": ""})),
        PROTECTED,
        about="protected",
    ),
    "protection:approve": Page((get(), post(422)), PROTECTED, about="protected"),
    "protection:withdraw": Page((post(302), get(405)), PROTECTED, about="protected"),
    "protection:finish": Page(
        (post(302), get(405)), PROTECTED | {"pk": "{task}"}, about="protected"
    ),
    "protection:add_point": Page(
        (get(), post(302, POINT), post(422, POINT | {"value": "12"})), PROTECTED, about="protected"
    ),
    "protection:add_address": Page(
        (get(), post(302, ADDRESS), post(422, ADDRESS | {"postal_code": "1"})),
        PROTECTED,
        about="protected",
    ),
    "protection:contact_address": Page(
        (get(), post(302, ADDRESS | {"street": "PL 7"}), post(422, {"street": "PL 7"})),
        PROTECTED,
        about="protected",
    ),
    "protection:reveal": Page(
        (
            post(422, {"reason": "{purpose}"}),
            post(422, {"reason": "P99", "reason_text": "Vesivahinko"}, htmx=True),
            post(200, OPEN, also=SEALED, why="the address is opened here, for a recorded reason"),
            post(200, OPEN, also=SEALED, why="as a fragment", htmx=True),
            get(405),
        ),
        PROTECTED | {"uuid": "{detail}"},
        about="protected",
    ),
    "protection:end_detail": Page(
        (get(), post(302, {"last_day": DAY}), post(422, {"last_day": "1.1.1999"})),
        PROTECTED | {"uuid": "{detail}"},
        about="protected",
    ),
    # -- duplicates -----------------------------------------------------------------------------
    "duplicates:list": Page((get(), get(query="tila=eri"))),
    "duplicates:find": Page((post(302), get(405))),
    "duplicates:merges": Page(),
    "duplicates:merge": Page((get(), post(302, WHY), post(422)), {"pk": "{merge}"}),
    "duplicates:compare": Page((get(), get(query="sailyy=2")), {"pk": "{pair}"}),
    "duplicates:merge_pair": Page(
        (post(302, KEPT | WHY), post(422, KEPT), get(405)), {"pk": "{pair}"}
    ),
    "duplicates:not_same": Page(
        (post(302, {"eri-reason": WHY["reason"]}), post(422)), {"pk": "{pair}"}
    ),
    "duplicates:swap": Page(
        (post(302, {"vaihto-reason": WHY["reason"]}), post(422)), {"pk": "{pair}"}
    ),
    "duplicates:choose": Page(
        (get(), post(302, {"number": "{other_number}"}), post(422, {"number": "x"})),
        PERSON,
        others=True,
    ),
    "duplicates:clash": Page((post(302, {"hetu": "{hetu}"}), get(405)), PERSON, others=True),
    # -- documents ------------------------------------------------------------------------------
    "papers:documents": Page((get(also=LOOKERS, why=WHY_ORDERED),), PERSON),
    "papers:order_details": Page((post(302), get(405)), PERSON),
    "documents:document": Page(
        (
            get(also=LOOKERS, why=WHY_ORDERED, needs=LETTERS, lacking=404),
            get(200, htmx=True, also=LOOKERS, why=WHY_ORDERED, needs=LETTERS, lacking=404),
        ),
        {"uuid": "{document}"},
    ),
    "documents:download": Page((get(needs=LETTERS, lacking=404),), {"uuid": "{document}"}),
    "documents:batch": Page((get(404),), {"batch": "{document}"}),  # ordered by somebody else
    "documents:print_batch": Page((get(404),), {"batch": "{document}"}),
    "documents:retry_batch": Page((post(404), get(405)), {"batch": "{document}"}),
    "documents:retry": Page((post(404), get(405)), {"uuid": "{document}"}),
    **DISCLOSURES,
    **COPIES,
    **RIGHTS,
    # -- the access log -------------------------------------------------------------------------
    "log:list": Page((get(also=LOOKERS, why=WHY_LOOKERS), get(query="pv=365", also=LOOKERS))),
    "log:find": Page((post(302, {"asiakas": "{customer_number}"}), get(405))),
    "log:export": Page(
        (post(200, {"peruste": "P14"}, also=LOOKERS, why=WHY_LOOKERS), post(302), get(405))
    ),
    "log:own": Page(),
    "log:integrity": Page(),
    # -- the register description ---------------------------------------------------------------
    "description:index": Page(),
    "description:publish": Page((get(), post(422, {"code": ""}), post(422, PUBLISHED))),
    "description:notice": Page(kwargs=VERSION),
    "description:record": Page(kwargs={"name": "luonnos"}),
    "description:changes": Page(kwargs={"name": "luonnos"}),
    "description:notice_pdf": Page(kwargs=VERSION | {"language": "en"}),
    "description:record_pdf": Page(kwargs=VERSION | {"language": "fi"}),
    "log:person": Page((get(also=LOOKERS, why=WHY_LOOKERS),), PERSON),
    # -- the frame ------------------------------------------------------------------------------
    "ui:gallery": Page((get(404),)),
    "ui:help": Page(),
    "ui:alive": Page((post(204), get(405))),
    "ui:settings": Page(),
    "ui:end_session": Page((post(404), get(405)), {"pk": "999999"}),
    "ui:language": Page((post(302, {"language": "en"}), get(405))),
    "ui:shortcuts": Page((post(302, {"shortcuts": "off"}), get(405))),
}
