"""One statement tells which of the rarely filled tables have anything of a person."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.households.models import Commitment, Guardian
from registry.persons import services
from registry.persons.models import FormerName, Language, Mark, NoticeGiven, Person
from registry.persons.queries import former_names, person_by_public_id
from registry.persons.queries.presence import known_empty, look_through
from registry.persons.services import Names
from tests.people import system_access
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.policy.roles import Purpose


def test_what_was_not_looked_through_is_not_known(person: Person) -> None:
    with system_access():
        assert not known_empty(person, FormerName)
        look_through(person)
        assert known_empty(person, FormerName) and known_empty(person, Mark)
        assert known_empty(person, Guardian) and known_empty(person, Commitment)
        with CaptureQueriesContext(connection) as captured:
            look_through(person)
            assert former_names(person) == []
        assert not captured


def test_what_is_there_is_read(person: Person) -> None:
    with system_access():
        changed = Names("Petäjäsuo", person.given_names, person.call_name)
        services.change_person(
            person,
            changed,
            language=Language(person.language),
            customer_since=person.customer_since,
        )
        again = person_by_public_id(person.public_id)
        look_through(again)
        assert not known_empty(again, FormerName)
        assert [name.surname for name in former_names(again)] == ["Lehtovaara"]


def test_it_is_recorded_that_the_tables_were_asked(person: Person) -> None:
    with system_access() as ctx:
        look_through(person)
        assert (Mark._meta.db_table, "probe") in ctx.seen
        assert (Guardian._meta.db_table, "probe") in ctx.seen


def test_a_role_asks_nothing_of_a_field_group_it_may_not_know_of(person: Person) -> None:
    actor = Actor(key="user:1", user_id=1, roles=frozenset({"HUO"}))
    with open_access(
        actor, purpose=Purpose.KUNNOSSAPITO, action=Action.VIEW, surface=Surface.DETAIL
    ) as ctx:
        look_through(person)
        assert known_empty(person, NoticeGiven)
        assert not known_empty(person, Guardian) and not known_empty(person, Commitment)
        assert (Guardian._meta.db_table, "probe") not in ctx.seen
