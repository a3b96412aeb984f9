"""What the log's own tables hold: ids and codes of who saw and changed what (SY-02)."""

from __future__ import annotations

from vuokra.policy.catalogue import KEY, Column, item, log_table, not_personal, technical

LOG = item("LOKI")
WHEN = technical("when it was logged")
DIGEST = technical("digest of the values, which lie in the payload table")


def _columns(keys: str, logged: str, **more: Column) -> dict[str, Column]:
    return dict.fromkeys(keys.split(), KEY) | dict.fromkeys(logged.split(), LOG) | more


log_table(
    "vuokra_access_event",
    columns=_columns(
        "id access_id actor_id actor case_id",
        "kind role purpose case_kind action surface route method outcome status address session "
        "subjects subject_count detail alarm",
        at=WHEN,
        payload_digest=DIGEST,
    ),
)
log_table(
    "vuokra_access_change",
    columns=_columns(
        "id access_id actor_id actor content_type_id object_pk object_id subject",
        "object_repr action cid",
        at=WHEN,
        payload_digest=DIGEST,
    ),
)
log_table(
    "vuokra_access_rowchange",
    columns=_columns(
        "id access_id actor row_id subject",
        "table_name operation bulk",
        at=WHEN,
        payload_digest=DIGEST,
    ),
)
log_table(
    "vuokra_access_payload",
    columns={"digest": KEY, "salt": technical("random"), "body": LOG, "subject": KEY},
    key="digest",
)
not_personal("vuokra_access_seal_queue", "ids of log rows that wait for a seal")
not_personal("vuokra_access_seal", "row ids, hashes and signatures of the seals")
