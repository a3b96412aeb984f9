"""The table of rights agrees with what the register description says of its readers."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from vuokra.policy.groups import Group
from vuokra.policy.items import ALL_ITEMS, ItemKind
from vuokra.policy.rights import PURPOSES, RIGHTS, Level, allows, level, purposes, role_for
from vuokra.policy.roles import Purpose, Role

COLUMNS = [item for item in ALL_ITEMS if item.kind is ItemKind.COLUMN]

# A role that the register description does not name for an item, yet reaches its field group.
BEYOND: dict[tuple[Role, Group], str] = {
    (Role.HAK, Group.SELECTION): "sees how the application it prepared was compared (S5-26)",
    (Role.VAL, Group.CONTACT): "section 3.1: sees as HAK does",
    (Role.VAL, Group.IDENTITY): "section 3.1: sees as HAK does; age is a ground of selection",
    (Role.VAL, Group.PERSON): "the start of the customership stands in the row of the name",
    (Role.HUO, Group.PERSON): "the start of the customership stands in the row of the name",
    (Role.HUO, Group.CONTACT): "masked only: the phone of one order, beside the e-mail",
    (Role.ASN, Group.PERSON): "the start of the customership stands in the row of the name",
    (Role.MAR, Group.PERSON): "masked only: names are used through sending",
    (Role.JOH, Group.PERSON): "the start of the customership stands in the row of the name",
    (Role.REK, Group.PERSON): "rectification (art. 16)",
    (Role.REK, Group.IDENTITY): "rectification (art. 16) and identity of a requester",
    (Role.REK, Group.HETU): "rectification of a wrong code (art. 16, DP-A58); masked like all",
    (Role.REK, Group.CONTACT): "rectification (art. 16); an answer goes to a confirmed address",
    (Role.REK, Group.HOUSEHOLD): "whom a turvakielto covers is found by the household",
    (Role.MAR, Group.CONTACT): "masked only: phone and e-mail, but not address, through sending",
    (Role.TAL, Group.CONTACT): "named for the address; phone and e-mail lie in the same rows",
    (Role.TAL, Group.GUARDIANSHIP): "named for guardianship as payee; masked, opened one by one",
    (Role.PER, Group.GUARDIANSHIP): "named for guardianship; masked, opened one by one",
    (Role.TAL, Group.COMMITMENT): "named for payment commitments, which guarantees lie beside",
    (Role.TAL, Group.COLLECTION): "named for debts in collection, which adjustments lie beside",
    (Role.TAL, Group.LEASE): "named for leases and their end; warnings lie in the same group",
    (Role.PER, Group.LEASE): "named for leases and their end; deposit and warnings beside them",
    (Role.JOH, Group.LEASE): "named for measures; 3.1: decisions, so the lease they concern",
    (Role.JOH, Group.SELECTION): "named for the decision, whose ground is the comparison",
    (Role.JOH, Group.DISCLOSURE): "named for breaches, which lie beside disclosures",
    (Role.ASN, Group.COMMUNICATION): "named for notes of contacts; messages by thread",
    (Role.HAK, Group.RIGHTS): "masked only: takes in a request that reached it, and sees no more",
    (Role.SOP, Group.RIGHTS): "masked only: takes in a request that reached it, and sees no more",
    (Role.SOP, Group.CONSENT): "named for permissions and prohibitions, in the same group",
}  # fmt: skip

# A role that is named for an item but sees it elsewhere than in a field group of the item.
ELSEWHERE: dict[tuple[str, Role], str] = {
    ("S5-41", Role.SOP): "in an emergency only: break-glass, no standing right to support data",
}


def reaches(role: Role, groups: tuple[Group, ...]) -> bool:
    return any(level([role], group) >= Level.MASKED for group in groups)


def test_roles_named_as_readers_reach_the_item() -> None:
    short = {
        (item.id, role)
        for item in COLUMNS
        for role in item.seen_by
        if not reaches(role, item.groups)
    }
    assert short == ELSEWHERE.keys()


def test_roles_not_named_have_no_right_or_a_reason() -> None:
    over = {
        (role, item.group)
        for item in COLUMNS
        if item.group
        for role in set(Role) - set(item.seen_by)
        if level([role], item.group) > Level.NONE
    }
    assert over == BEYOND.keys()


def test_special_groups_are_reached_by_few() -> None:
    """Class D is for ASN, VAL and REK (3.2); permits are entered by HAK, dated for SOP. A
    turvakielto is recorded by HAK and SOP too (T8), who open what it hides one field at a time."""
    special = {item.group for item in COLUMNS if item.protection == "D"} - {Group.PERMIT}
    for group in special - {Group.PROTECTION}:
        assert {role for role in Role if level([role], group)} <= {Role.ASN, Role.VAL, Role.REK}
    keepers = {Role.HAK, Role.SOP, Role.REK}
    for group in (Group.PROTECTION, Group.PROTECTED_CONTACT):
        assert {role for role in Role if level([role], group)} == keepers
    clerks = (
        level([Role.SOP], Group.PROTECTED_CONTACT),
        level([Role.HAK], Group.PROTECTED_CONTACT),
    )
    assert clerks == (Level.MASKED, Level.MASKED)


def test_marketing_and_maintenance_never_reach_an_identity_code() -> None:
    for role in (Role.MAR, Role.HUO, Role.ASN, Role.TAR, Role.JOH, Role.PAA):
        assert level([role], Group.HETU) is Level.NONE


def test_the_main_user_has_accounts_only_and_the_log_reviewer_no_content() -> None:
    assert RIGHTS[Role.PAA].keys() == {Group.STAFF}
    watched = {Group.LOG, Group.STAFF, Group.CUSTOMER}
    assert RIGHTS[Role.TAR].keys() == watched | {Group.WATCH}
    assert {RIGHTS[Role.TAR][group] for group in watched} == {Level.READ}


def test_somebody_can_enter_every_kind_of_data_and_nobody_the_log() -> None:
    used = set(chain.from_iterable(item.groups for item in COLUMNS))
    unwritten = {
        group for group in used if not any(allows([role], group, Level.WRITE) for role in Role)
    }
    assert unwritten == {Group.LOG, Group.CUSTOMER}  # both are made by the software


def test_every_role_may_state_a_purpose() -> None:
    """Every read carries a purpose, so a role without one could read nothing."""
    assert PURPOSES.keys() == RIGHTS.keys() == set(Role)
    assert all(PURPOSES.values())


def test_no_role_reads_persons_for_the_group_of_companies() -> None:
    assert all(Purpose.KONSERNI not in held for held in PURPOSES.values())


@given(st.sets(st.sampled_from(list(Role))), st.sampled_from(list(Group)))
def test_rights_of_several_roles_are_their_union(roles: set[Role], group: Group) -> None:
    together = level(roles, group)
    assert together == max((level([role], group) for role in roles), default=Level.NONE)
    assert all(allows(roles, group, needed) == (together >= needed) for needed in Level)


def test_purposes_of_several_roles_are_their_union() -> None:
    for one, other in combinations(Role, 2):
        assert purposes([one, other]) == PURPOSES[one] | PURPOSES[other]


def test_the_log_names_the_roles_under_which_a_purpose_was_used() -> None:
    assert role_for(["SOP", "MAR", "TAL"], Purpose.PAATTAMINEN) == "SOP+TAL"
    assert role_for(["MAR"], Purpose.HAKEMUS) == "MAR"
