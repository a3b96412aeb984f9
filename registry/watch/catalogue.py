"""What the columns of the room hold (SY-02, SY-07, SY-15)."""

from __future__ import annotations

from vuokra.policy.catalogue import (
    KEY,
    Subject,
    describe,
    item,
    log_table,
    not_personal,
    staff_table,
    technical,
    through,
    via,
)
from vuokra.policy.groups import Group

GLASS, LOG, LISTED = item("SY-07"), item("LOKI"), item("SEURANTA")

# Whether a break-glass is open and reviewed is asked of the user's own: keys and times, no content.
describe(
    "registry_watch_breakglass",
    group=Group.WATCH,
    subject=via("subject_id"),
    columns={
        "id": KEY,
        "subject_id": KEY,
        "staff_id": technical("who opened it"),
        "tie": GLASS,
        "reason": GLASS,
        "wants_special": technical("whether class D was asked for"),
        "opened_at": technical("when it began"),
        "ends_at": technical("when it ends at the latest"),
        "session": technical("mark of the web session that it opens the record in"),
    },
)


def _of_glass(table: str) -> Subject:
    """Of rows that belong to a break-glass: the person whose record it opened."""
    joined = f"{table} r JOIN registry_watch_breakglass g ON g.id = r.glass_id"
    return through(
        f"SELECT g.subject_id FROM {joined} WHERE r.id = ANY(%s)",  # noqa: S608  (no value)
        rows=f"SELECT r.id FROM {joined} WHERE g.subject_id = ANY(%s)",  # noqa: S608  (no value)
    )


describe(
    "registry_watch_glassapproval",
    group=Group.WATCH,
    subject=_of_glass("registry_watch_glassapproval"),
    columns={
        "id": KEY,
        "glass_id": KEY,
        "approver_id": technical("who let class D be opened"),
        "approved_at": technical("when"),
    },
)

describe(
    "registry_watch_glassend",
    group=Group.WATCH,
    subject=_of_glass("registry_watch_glassend"),
    columns={
        "id": KEY,
        "glass_id": KEY,
        "ended_at": technical("when its user ended it"),
    },
)

describe(
    "registry_watch_glassreview",
    group=Group.WATCH,
    subject=_of_glass("registry_watch_glassreview"),
    columns={
        "id": KEY,
        "glass_id": KEY,
        "reviewer_id": technical("who reviewed it"),
        "reviewed_at": technical("when"),
        "judgement": GLASS,
        "text": GLASS,
    },
)

describe(
    "registry_watch_listed",
    group=Group.WATCH,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "why": LISTED,
        "valid_from": technical("from which day it is watched"),
        "valid_to": technical("until which day"),
        "set_by_id": technical("who listed the person"),
        "recorded_at": technical("when it was recorded"),
    },
)

staff_table(
    "registry_watch_duty",
    subject=via("staff_id"),
    columns={
        "id": KEY,
        "staff_id": KEY,
        "starts_at": technical("when the duty begins"),
        "ends_at": technical("when it ends"),
        "recorded_by_id": technical("who entered it"),
        "recorded_at": technical("when it was entered"),
    },
)

log_table(
    "registry_watch_alert",
    columns={
        "id": KEY,
        "rule": LOG,
        "actor": KEY,
        "staff_id": KEY,
        "day": LOG,
        "part": technical("counts the alerts of a day"),
        "threshold": technical("the value that was passed"),
        "version": technical("of which version of the rule"),
        "raised_at": technical("when it was raised"),
    },
)
log_table(
    "registry_watch_alertevent",
    columns={
        "id": KEY,
        "alert_id": KEY,
        "rule": LOG,
        "event_id": KEY,
        "event_at": technical("when the event was logged"),
    },
)
log_table(
    "registry_watch_disposition",
    columns={
        "id": KEY,
        "alert_id": KEY,
        "decided_by_id": technical("who decided"),
        "decided_at": technical("when"),
        "outcome": LOG,
        "text": LOG,
    },
)
log_table(
    "registry_watch_suspicion",
    columns={
        "id": KEY,
        "alert_id": KEY,
        "review_id": KEY,
        "delivery_id": KEY,
        "reference": technical("the number of the request whose answer went wrong"),
        "aware_at": technical("when it was suspected"),
    },
)
log_table(
    "registry_watch_passing",
    columns={
        "id": KEY,
        "suspicion_id": KEY,
        "where": LOG,
        "passed_by_id": technical("who took it on"),
        "passed_at": technical("when"),
    },
)
log_table(
    "registry_watch_sample",
    columns={
        "id": KEY,
        "week": technical("the Monday of the week"),
        "seed": technical("the seed of the draw"),
        "population": technical("from how many events it was drawn"),
        "event_ids": LOG,
        "drawn_at": technical("when it was drawn"),
    },
)
log_table(
    "registry_watch_samplereview",
    columns={
        "id": KEY,
        "sample_id": KEY,
        "reviewer_id": technical("who went through it"),
        "reviewed_at": technical("when"),
        "text": LOG,
    },
)
not_personal("registry_watch_round", "up to when the log has been gone through")
