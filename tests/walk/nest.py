"""Homes of the protected person, planted: one that is lived in by a lease, one that was chosen,
offered and accepted. Whatever of them tells where they are is a canary; none may stand where the
person is told too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from applications.intake import services as intake
from applications.intake.models import Application
from applications.selection import services as selection
from applications.supervision.models import Authority, Complaint
from leases.homes.models import Building, BuildingKind, Flat, Site, Stair
from leases.homes.services.stock import set_address
from registry.persons.models import Person
from tests.people import system_access
from tests.walk.applying import plant_application
from tests.walk.canaries import COMPLAINED, PROTECTED, find
from tests.walk.inspecting import plant_inspection
from tests.walk.leasing import plant_leases
from tests.walk.reading import read
from tests.walk.routes import Route
from tests.walk.selecting import check_of, decision_of, order_of, round_of
from tests.walk.visits import Page
from tests.walk.walker import Answer, Walk, undone
from tests.walk.world import filled

STREET, LETTER = "Varpuspesäntie 31", "Ö"
SITE, POSTAL_CODE = "Varpusharju", "98719"
CHOSEN, ORDERED = 97, 98
"""Numbers of the flats that were chosen for the person; those of leases are 11 to 13."""
OF_PERSON = frozenset(
    {"public_id", "application", "application_member", "lease", "draft", "unsigned", "lease_party",
     "draft_party", "unsigned_party", "draft_part", "order", "decision", "complaint",
     "credit_check", "inspection", "paper_file", "paper_asked"}
)  # fmt: skip
"""Words in an address that tell of the person."""
LISTS_SITES = frozenset({"applications:change_wish"})
"""Pages that offer every site to choose from."""


@dataclass(frozen=True)
class Nest:
    """What fills addresses about the person's homes, and what tells where they are."""

    words: Mapping[str, str]
    tells: tuple[str, ...]
    rounds: tuple[str, ...]
    heard: set[str] = field(default_factory=set)
    """What was told somewhere, so that silence elsewhere means something."""

    def leaks(self, walk: Walk, route: Route, page: Page) -> Iterator[str]:
        """The visits of a page about the person and the homes; where both are told together."""
        words = walk.words | dict(self.words)
        url = page.path.format(**words) if page.path else ""
        url = url or reverse(route.key, kwargs=filled(page.kwargs, words))
        names = set(re.findall(r"\{(\w+)", " ".join([page.path, *page.kwargs.values()])))
        for visit in page.visits:
            with undone():
                answer = walk.request(url, visit, words)
            told = whole(answer)
            of_person = bool(names & OF_PERSON) or bool(find(PROTECTED.canaries, told))
            by_round = names & {"round", "decided_round"}
            tells = [*self.tells, *(() if by_round else self.rounds)]
            found = {one for one in tells if one in told}
            self.heard.update(found)
            if route.key in LISTS_SITES:
                found.discard(SITE)
            if of_person and found:
                yield f"{walk.name_of(visit)} {url} ({answer.status}): {sorted(found)}"


def whole(answer: Answer) -> str:
    """All that an answer says, its head, the log and the events included; nothing typed."""
    content = read(answer.body, answer.headers.get("Content-Type", ""))
    events = "\n".join(f"{event.route} {event.detail}" for event in answer.events)
    head = "\n".join(answer.headers.values())
    told = re.sub(r"[\s\u00a0]+", " ", f"{content.text} {head} {answer.log} {events}")
    for one in filter(None, answer.typed.split("\n")):
        told = told.replace(one, "")
    return told


def plant_nest(protected: int) -> Nest:
    """Plant the homes of the protected person."""
    with system_access():
        person, today = Person.objects.get(pk=protected), timezone.localdate()
        site = Site.objects.create(number=197, name=SITE, postal_code=POSTAL_CODE, town="Pesälä")
        street, house = STREET.split()
        building = Building.objects.create(
            site=site, street=street, house=house, kind=BuildingKind.BLOCK
        )
        stair = Stair.objects.create(building=building, letter=LETTER)
        leases = plant_leases(person, stair)
        words: dict[str, object] = {
            **leases,
            **plant_inspection(leases["lease"], person, serial="V31"),
            **plant_application(person, today),
        }
        application = intake.admit(
            Application.objects.get(number=words["application"]), today=today
        )
        selection.assess_again([application.pk], today)
        chosen, accepted = (round_of(_flat(stair, number), today) for number in (CHOSEN, ORDERED))
        decision, order = (
            decision_of(chosen, application, today),
            order_of(accepted, application, today),
        )
        complaint = Complaint.objects.create(
            application=application, decision=decision, authority=Authority.MUNICIPALITY,
            authority_name="Hillakoski", received_on=today, answer_by=today, about=COMPLAINED,
        )  # fmt: skip
        words |= {
            "public_id": person.public_id, "flat": lived_in(stair, 13),
            "round": accepted.pk, "decided_round": chosen.pk, "round_flat": chosen.flat_id,
            "decision": decision.uuid, "order": order.uuid, "complaint": complaint.uuid,
            "credit_check": check_of(decision, today).uuid,
        }  # fmt: skip
        flats = Flat.objects.filter(stair=stair).values_list("pk", flat=True)
        pages = [reverse("homes:flat", args=[one]) for one in flats]
    return Nest(
        {name: str(value) for name, value in words.items()},
        (STREET, SITE, POSTAL_CODE, *pages),
        tuple(reverse("selection:round", args=[one.pk]) for one in (chosen, accepted)),
    )


def lived_in(stair: Stair, number: int) -> int:
    """The flat in which the person lives."""
    return Flat.objects.get(stair=stair, number=number).pk


def _flat(stair: Stair, number: int) -> Flat:
    flat = Flat(stair=stair, number=number, rooms=2, kitchen="k", area=50)
    set_address(flat)
    flat.save()
    return flat
