"""Every way to alter the log that the verifier must see, done as the database superuser.

DP-A38: an administrator edits a row, deletes the last day, rebuilds the chain.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.vuokra.access.sealed import SealedLog
from vuokra.access import merkle, sealing, verifier

SEAL = "vuokra_access_seal"


def kinds(report: verifier.Report) -> set[str]:
    return {finding.kind for finding in report.findings}


@pytest.mark.smoke
def test_an_untouched_log_is_intact(log: SealedLog) -> None:
    log.write_and_seal(5)
    log.write_and_seal(2)
    log.write(1)

    report = log.verify()

    assert report.finding_count == 0
    assert report.findings == report.notices == []
    assert (report.seals, report.heads, report.waiting) == (2, 2, 1)
    assert report.rows["vuokra_access_event"] == 8


@pytest.mark.smoke
def test_DP_A38_a_changed_row_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(5)
    assert log.tamper("UPDATE vuokra_access_event SET subjects = '{1}' WHERE id = %s", ids[2]) == 1

    report = log.verify()

    assert report.finding_count == 1
    assert report.first == verifier.Finding(
        "changed_row", "vuokra_access_event", ids[2], log.time_of(ids[2]), 1,
        "the row is not the one sealed",
    )  # fmt: skip


def test_a_changed_time_is_named_even_across_partitions(log: SealedLog) -> None:
    ids = log.write_and_seal(3)
    log.tamper("UPDATE vuokra_access_event SET at = '2026-01-01' WHERE id = %s", ids[1])

    first = log.verify().first

    assert first and (first.kind, first.id) == ("changed_row", ids[1])


def test_times_that_look_alike_are_told_apart(log: SealedLog) -> None:
    ids = log.write_and_seal(2)
    log.tamper(
        "UPDATE vuokra_access_event SET at = (to_char(at, 'YYYY-MM-DD HH24:MI:SS.US') || ' BC')"
        "::timestamptz WHERE id = %s",
        ids[0],
    )

    assert kinds(log.verify()) == {"changed_row"}


@pytest.mark.smoke
def test_DP_A38_a_deleted_row_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(5)
    log.tamper("DELETE FROM vuokra_access_event WHERE id = %s", ids[3])

    report = log.verify()

    assert report.finding_count == 1
    assert report.first and report.first[:3] == ("deleted_row", "vuokra_access_event", ids[3])
    assert report.first.time


@pytest.mark.smoke
def test_an_inserted_row_is_named(log: SealedLog) -> None:
    log.write_and_seal(3)
    with log.tampering("vuokra_access_event") as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_event (access_id, kind, actor, action, outcome) VALUES "
            "(gen_random_uuid(), 'request', 'user:9', 'view', 'ok') RETURNING id"
        )
        inserted = cursor.fetchone()[0]
    log.write_and_seal(2)

    report = log.verify()

    assert report.finding_count == 1
    assert report.first and report.first[:3] == ("inserted_row", "vuokra_access_event", inserted)
    assert report.first.time == log.time_of(inserted)


def test_a_row_put_straight_into_a_partition_is_named(log: SealedLog) -> None:
    log.write_and_seal(1)
    with log.superuser.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_event_rest (id, at, access_id, kind, actor, action, outcome)"
            " OVERRIDING SYSTEM VALUE VALUES (999, '2020-02-02T02:02:02Z', gen_random_uuid(), "
            "'request', 'user:9', 'view', 'ok')"
        )

    report = log.verify()

    assert report.first and report.first[:4] == (
        "inserted_row", "vuokra_access_event", 999, "2020-02-02T02:02:02.000000Z",
    )  # fmt: skip


def test_a_row_with_the_id_of_another_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(2)
    with log.tampering("vuokra_access_event") as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_event (id, access_id, kind, actor, action, outcome) "
            "OVERRIDING SYSTEM VALUE VALUES (%s, gen_random_uuid(), 'task', 'x', 'run', 'ok')",
            [ids[0]],
        )

    report = log.verify()

    assert report.finding_count == 1
    assert report.first and report.first[:3] == ("inserted_row", "vuokra_access_event", ids[0])


def test_rows_altered_while_they_wait_are_named(log: SealedLog) -> None:
    changed, deleted = log.write(2)
    log.tamper("UPDATE vuokra_access_event SET at = at + interval '1 s' WHERE id = %s", changed)
    log.tamper("DELETE FROM vuokra_access_event WHERE id = %s", deleted)
    found = {(finding.kind, finding.id) for finding in log.verify().findings}
    assert found == {("changed_row", changed), ("deleted_row", deleted)}

    assert log.seal() == 2  # the sealer does not hide what it did not find

    assert ("deleted_row", deleted) in {(f.kind, f.id) for f in log.verify().findings}


@pytest.mark.smoke
def test_DP_A38_a_deleted_last_hour_is_named(log: SealedLog) -> None:
    log.write_and_seal(3)
    lost = log.write_and_seal(4)
    lost_time = log.time_of(lost[0])
    log.write(1)
    log.tamper("DELETE FROM vuokra_access_event WHERE id >= %s", lost[0])
    log.tamper("DELETE FROM vuokra_access_seal WHERE number > 1", table=SEAL)
    with log.superuser.cursor() as cursor:
        cursor.execute("DELETE FROM vuokra_access_seal_queue")

    report = log.verify()

    assert kinds(report) == {"tail_missing"}
    assert report.first and report.first[1:5] == ("vuokra_access_event", lost[0], lost_time, 2)
    assert log.verify(heads=False).notices[0]["kind"] == "no_heads"


def test_everything_deleted_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(3)
    log.tamper("DELETE FROM vuokra_access_event")
    log.tamper("DELETE FROM vuokra_access_seal", table=SEAL)

    first = log.verify().first

    assert first and first[:3] == ("tail_missing", "vuokra_access_event", ids[0])


def test_a_seal_missing_in_the_middle_is_named(log: SealedLog) -> None:
    log.write_and_seal(2)
    ids = log.write_and_seal(2)
    log.write_and_seal(2)
    log.tamper("DELETE FROM vuokra_access_event WHERE id = ANY(%s)", ids)
    log.tamper("DELETE FROM vuokra_access_seal WHERE number = 2", table=SEAL)

    report = log.verify()

    assert "seal_missing" in kinds(report)
    assert report.first and report.first[1:3] == ("vuokra_access_event", ids[0])


def rebuild(log: SealedLog, key: Path) -> None:
    """Seal everything again from number 1, as if nothing had been there."""
    with log.superuser.cursor() as cursor:
        log.tamper("DELETE FROM vuokra_access_seal", table=SEAL)
        cursor.execute(
            "INSERT INTO vuokra_access_seal_queue (table_name, row_id, at) "
            "SELECT 'vuokra_access_event', id, at FROM vuokra_access_event ORDER BY id"
        )
    forger = sealing.Sealer(
        log.sealer.connection, sealing.load_key(key), sealing.HeadStore(log.folder / "elsewhere")
    )
    forger.limit = 3
    forger.seal_waiting()


def test_DP_A38_a_rebuilt_chain_is_named_though_signed_with_the_key(log: SealedLog) -> None:
    log.write_and_seal(3)
    ids = log.write_and_seal(3)
    log.tamper("UPDATE vuokra_access_event SET actor_id = 8 WHERE id = %s", ids[1])
    rebuild(log, log.key_file)

    report = log.verify()

    assert "chain_rebuilt" in kinds(report)
    assert report.first and report.first.table == "vuokra_access_event"
    assert report.first.id == 1  # every head is another: the origin differs
    assert log.verify(heads=False).finding_count == 0  # which only the exported heads can tell


def test_a_chain_rebuilt_from_one_seal_on_is_named_there(log: SealedLog) -> None:
    """The forger keeps the first seals, alters a row and recomputes all that follows."""
    log.write_and_seal(3)
    ids = log.write_and_seal(3)
    time = log.time_of(ids[0])
    log.tamper("UPDATE vuokra_access_event SET actor_id = 8 WHERE id = %s", ids[1])
    log.tamper("DELETE FROM vuokra_access_seal WHERE number = 2", table=SEAL)
    with log.superuser.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_seal_queue (table_name, row_id, at) "
            "SELECT 'vuokra_access_event', id, at FROM vuokra_access_event WHERE id = ANY(%s)",
            [ids],
        )
    forger = sealing.Sealer(
        log.sealer.connection, log.sealer.key, sealing.HeadStore(log.folder / "elsewhere")
    )
    assert forger.seal_waiting() == 3

    report = log.verify()

    assert kinds(report) == {"chain_rebuilt"}
    assert report.first and report.first[1:5] == ("vuokra_access_event", ids[0], time, 2)


@pytest.mark.smoke
def test_a_chain_rebuilt_without_the_key_is_named(log: SealedLog) -> None:
    log.write_and_seal(3)
    forged = log.folder / "forged.pem"
    sealing.make_key(forged)
    rebuild(log, forged)

    report = log.verify()

    assert kinds(report) == {"chain_rebuilt"}
    assert report.first and "not signed with the key" in report.first.text
    assert kinds(log.verify(heads=False)) == {"bad_signature"}


@pytest.mark.smoke
def test_a_restored_old_copy_is_named_and_not_sealed_over(log: SealedLog) -> None:
    log.write_and_seal(3)
    with log.superuser.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT * FROM vuokra_access_event")
    lost = log.write_and_seal(3)
    log.tamper("DELETE FROM vuokra_access_event WHERE id NOT IN (SELECT id FROM kept)")
    log.tamper("DELETE FROM vuokra_access_seal WHERE number > 1", table=SEAL)

    first = log.verify().first
    assert first and first[:3] == ("tail_missing", "vuokra_access_event", lost[0])

    with pytest.raises(sealing.SealingRefused, match="reanchor_log"):
        log.sealer.reconcile()


def test_an_altered_seal_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(3)
    log.write_and_seal(1)
    for column, value in (
        ("at", "2026-01-01T00:00:00Z"), ("total", 77), ("origin", "vuokra.log/x"),
        ("month", "2020-01-01"), ("counts", [2, 1]), ("row_ids", [1, 2, 4]), ("note", "x"),
    ):  # fmt: skip
        with log.superuser.cursor() as cursor:
            cursor.execute("CREATE TABLE before AS SELECT * FROM vuokra_access_seal")
        log.tamper(
            f"UPDATE vuokra_access_seal SET {column} = %s WHERE number = 1", value, table=SEAL
        )
        report = log.verify()
        assert "seal_altered" in kinds(report), column
        assert report.first and report.first.table == "vuokra_access_event", column
        assert report.first.id in (ids[0], ids[2]), column
        with log.tampering(SEAL) as connection, connection.cursor() as cursor:
            cursor.execute("DELETE FROM vuokra_access_seal")
            cursor.execute("INSERT INTO vuokra_access_seal SELECT * FROM before")
            cursor.execute("DROP TABLE before")
    assert log.verify().finding_count == 0


def test_an_altered_seal_is_seen_without_exported_heads_too(log: SealedLog) -> None:
    log.write_and_seal(2)
    log.tamper("UPDATE vuokra_access_seal SET total = 5", table=SEAL)

    assert kinds(log.verify(heads=False)) == {"seal_altered"}


def test_a_wrong_signature_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(2)
    log.tamper(
        "UPDATE vuokra_access_seal SET signature = set_byte(signature, 0, "
        "(get_byte(signature, 0) + 1) %% 256)",
        table=SEAL,
    )

    report = log.verify()

    assert kinds(report) == {"bad_signature"}
    assert report.first and report.first[1:3] == ("vuokra_access_event", ids[0])


def test_an_altered_leaf_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(4)
    log.tamper(
        "UPDATE vuokra_access_seal SET leaves = set_byte(leaves, 70, "
        "(get_byte(leaves, 70) + 1) %% 256)",
        table=SEAL,
    )

    report = log.verify()

    assert report.finding_count == 1
    assert report.first and report.first[:4] == (
        "leaf_altered", "vuokra_access_event", ids[2], log.time_of(ids[2]),
    )  # fmt: skip


def test_a_row_altered_together_with_its_leaf_is_named(log: SealedLog) -> None:
    ids = log.write_and_seal(3)
    log.tamper("UPDATE vuokra_access_event SET actor_id = 8 WHERE id = %s", ids[1])
    form = verifier.FORMS["vuokra_access_event", 1].sql
    with log.superuser.cursor() as cursor:
        cursor.execute(f"SELECT {form} FROM vuokra_access_event r WHERE id = %s", [ids[1]])
        leaf = merkle.leaf_hash(cursor.fetchone()[0].encode())
    log.tamper(
        "UPDATE vuokra_access_seal SET leaves = overlay(leaves PLACING %s FROM 33)",
        leaf, table=SEAL,
    )  # fmt: skip

    report = log.verify()

    assert kinds(report) == {"leaf_altered"}
    assert report.first and report.first.seal == 1


def test_two_heads_with_one_number_are_named(log: SealedLog) -> None:
    log.write_and_seal(2)
    other = log.folder / "elsewhere"
    rebuild(log, log.key_file)
    with next(log.heads.glob("heads-*.txt")).open("a") as file:
        file.write(next(other.glob("heads-*.txt")).read_text())

    assert "heads_conflict" in kinds(log.verify())


def test_lost_exported_heads_are_named(log: SealedLog) -> None:
    log.write_and_seal(1)
    log.write_and_seal(1)
    path = next(log.heads.glob("heads-*.txt"))
    notes = path.read_text().split("\n\n")
    path.write_text("\n\n".join(notes[2:]))
    assert kinds(log.verify()) == {"head_missing"}

    shutil.rmtree(log.heads)
    log.heads.mkdir()
    assert kinds(log.verify()) == {"head_missing"}


def test_the_administrators_log_is_sealed_too(log: SealedLog) -> None:
    with log.superuser.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no account is needed here
        cursor.execute(
            "INSERT INTO django_admin_log (action_time, user_id, object_repr, action_flag, "
            "change_message) VALUES (now(), 1, 'sop', 2, '[]') RETURNING id"
        )
        row = cursor.fetchone()[0]
        cursor.execute("RESET session_replication_role")
    assert log.seal() == 1
    assert log.verify().finding_count == 0

    log.tamper(
        "UPDATE django_admin_log SET object_repr = 'tal' WHERE id = %s", row,
        table="django_admin_log",
    )  # fmt: skip

    first = log.verify().first
    assert first and first[:3] == ("changed_row", "django_admin_log", row)


def test_verification_sees_one_moment_while_the_log_grows(log: SealedLog) -> None:
    """Heads are read before the database, so a seal made meanwhile is no alarm."""
    log.write_and_seal(2)
    folder = verifier.HeadFolder.at(log.heads)
    log.write_and_seal(2)
    connection = verifier.connect(os.environ["DATABASE_AUDITOR_URL"])
    log_keys = verifier.load_keys(sealing.public_key_path(log.key_file))

    report = verifier.Check(connection, log_keys, folder).run()
    connection.close()

    assert report.finding_count == 0
    assert report.notices == [{"kind": "unexported", "seals": [2]}]


@pytest.mark.parametrize("wrong", ["array_replace(row_ids, row_ids[1], NULL)", "'{{1},{2},{3}}'"])
def test_a_seal_whose_ids_are_no_numbers_is_named(log: SealedLog, wrong: str) -> None:
    log.write_and_seal(3)
    log.tamper(f"UPDATE vuokra_access_seal SET row_ids = {wrong}", table=SEAL)

    assert "seal_altered" in kinds(log.verify())


@pytest.mark.parametrize("time", ["infinity", "-infinity", "4000-01-01 BC"])
def test_a_row_of_an_impossible_time_does_not_hold_up_the_rest(log: SealedLog, time: str) -> None:
    with log.superuser.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_event (at, access_id, kind, actor, action, outcome) "
            f"VALUES ('{time}', gen_random_uuid(), 'request', 'user:7', 'view', 'ok')"
        )

    log.write_and_seal(2)

    assert log.verify().waiting == 1
