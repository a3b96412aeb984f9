"""What the columns of the room hold (data-protection 4.4: S5-46 and S5-47)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, describe, item, not_personal, technical, via
from vuokra.policy.groups import Group

_SAID = item("MU-LUPA", "MU-KIELTO")

describe(
    "registry_consents_decision",
    group=Group.CONSENT,
    subject=via("person_id"),
    columns={
        "id": KEY,
        "person_id": KEY,
        "use": _SAID,
        "channel": _SAID,
        "kind": _SAID,
        "decided_on": _SAID,
        "source": technical("from whom it came (S6)"),
        "manner": technical("how it reached the company"),
        "text_id": technical("the version of the text that was shown"),
        "notice_id": technical("the version of the privacy notice that was shown"),
        "repeated_back": technical("whether a consent by telephone was repeated back"),
        "proof": item("MU-LUPA", "MU-KIELTO"),
        "expires": _SAID,
        "corrects_id": KEY,
        "reason": item("MU-LUPA", "MU-KIELTO"),
        "recorded_by_id": technical("who recorded it"),
        "recorded_at": technical("when it was recorded"),
    },
)
not_personal("registry_consents_consenttext", "the words by which consent is asked, by version")
not_personal(
    "registry_consents_suppression",
    "keyed hashes of contact points of erased people who had objected: no path leads to a person",
)
