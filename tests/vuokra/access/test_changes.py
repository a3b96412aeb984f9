"""The change log: values apart from the rows, names from the open context, proofs of both."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import parse_dsn

from tests.vuokra.access.sealed import SealedLog
from vuokra.access import partitions, proofs, sealing, verifier
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.errors import NoAccessContext
from vuokra.access.models import AccessEvent, AppendOnly, ChangeEntry, Payload, RowChange
from vuokra.access.payloads import digest_of, make_payload, store_payload
from vuokra.access.stated import raw_sql
from vuokra.db import roles
from vuokra.policy.roles import Purpose


def opened():
    return open_access(
        Actor.system("test"), purpose=Purpose.VALVONTA, action=Action.VIEW, surface=Surface.JOB
    )


def entry(**more: object) -> ChangeEntry:
    from django.contrib.contenttypes.models import ContentType

    values = {
        "content_type": ContentType.objects.get_for_model(AccessEvent), "object_pk": "5",
        "object_id": 5, "object_repr": "A-1", "action": 1, "serialized_data": None,
        "changes": {"surname": ["Virtanen", "Wirtanen"]}, "subject": 5,
    }  # fmt: skip
    return ChangeEntry.objects.create(**values | more)


def test_payloads_are_canonical_and_salted() -> None:
    digest, salt, text = make_payload({"b": "ä", "a": [1, None]})
    assert text == '{"a":[1,null],"b":"ä"}'
    assert (len(digest), len(salt)) == (32, 16)
    assert digest == digest_of(salt, text)
    assert make_payload({"b": "ä", "a": [1, None]})[0] != digest
    with pytest.raises(TypeError):
        make_payload({"x": object()})


def test_a_change_keeps_its_values_in_the_payload(db: None) -> None:
    with opened() as ctx:
        made = entry()
        found = ChangeEntry.objects.get(pk=made.pk)

        assert found.changes == {"surname": ["Virtanen", "Wirtanen"]}
        assert (found.access_id, found.actor, found.actor_id) == (ctx.id, "system:test", None)
        payload = Payload.objects.get(digest=found.payload_digest)
        assert payload.subject == 5
        assert json.loads(payload.body) == {"changes": found.changes}
        assert digest_of(bytes(payload.salt), payload.body) == bytes(found.payload_digest)
        row = ChangeEntry.objects.filter(pk=made.pk).values().get()
        assert "Virtanen" not in str(row)


def test_a_change_outside_a_context_is_refused(db: None) -> None:
    with pytest.raises(NoAccessContext):
        entry()


def test_log_models_are_append_only(db: None) -> None:
    with opened():
        made = entry()
        for attempt in (made.save, made.delete):
            with pytest.raises(AppendOnly):
                attempt()
        with pytest.raises(AppendOnly):
            entry(serialized_data={"surname": "Virtanen"})
        digest = store_payload({"reason": "syy"}, None)
        with pytest.raises(AppendOnly):
            Payload.objects.get(digest=digest).save()


def test_erased_values_leave_the_change_readable(
    committed_db: str, as_role: Callable[[str], Connection]
) -> None:
    with opened():
        made = entry()
    with as_role(roles.RETENTION).cursor() as cursor:
        cursor.execute("DELETE FROM vuokra_access_payload WHERE subject = 5")
    with opened():
        assert ChangeEntry.objects.get(pk=made.pk).changes == {}


@pytest.fixture
def protected(log: SealedLog, as_owner: Connection) -> Connection:
    """The application's connection, and a table with the triggers of a personal one."""
    with as_owner.cursor() as cursor:
        cursor.execute("CREATE TABLE thing (id bigint PRIMARY KEY, person_id bigint, name text, "
                       "secret bytea)")  # fmt: skip
        cursor.execute("GRANT ALL ON thing TO vuokra_app")
        for operation, tables in (
            ("INSERT", "NEW TABLE AS new_rows"), ("DELETE", "OLD TABLE AS old_rows"),
            ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ):  # fmt: skip
            cursor.execute(
                f"CREATE TRIGGER log_{operation} AFTER {operation} ON thing REFERENCING {tables} "
                "FOR EACH STATEMENT EXECUTE FUNCTION vuokra_log_rows('person_id', 'id,name')"
            )
            cursor.execute(
                f"CREATE TRIGGER actor_{operation} BEFORE {operation} ON thing "
                "FOR EACH STATEMENT EXECUTE FUNCTION vuokra_require_actor()"
            )
    return log.app


def row_changes(connection: Connection) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.row_id, c.operation, c.subject, c.bulk, p.body "
            "FROM vuokra_access_rowchange c LEFT JOIN vuokra_access_payload p "
            "ON p.digest = c.payload_digest ORDER BY c.id"
        )
        return list(cursor.fetchall())


def test_every_changed_row_is_logged_by_the_database(protected: Connection) -> None:
    with protected.cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (1, 11, 'a', '\\x01'), (2, 12, 'b', NULL)")
        cursor.execute("UPDATE thing SET name = 'c'")
        cursor.execute("DELETE FROM thing WHERE id = 2")
    assert row_changes(protected) == [
        (1, "I", 11, False, None), (2, "I", 12, False, None), (1, "U", 11, False, None),
        (2, "U", 12, False, None), (2, "D", 12, False, None),
    ]  # fmt: skip


def test_a_bulk_write_keeps_the_values_that_may_be_kept(
    protected: Connection, log: SealedLog
) -> None:
    with protected.cursor() as cursor:
        cursor.execute("SELECT set_config('vuokra.bulk', 'on', false)")
        cursor.execute("INSERT INTO thing VALUES (1, 11, 'a', '\\x01')")
        cursor.execute("UPDATE thing SET name = 'ä\"', secret = '\\x02'")
        cursor.execute("DELETE FROM thing")
    bodies = [json.loads(row[-1]) for row in row_changes(protected)]
    assert bodies == [
        {"changes": {"id": [None, "1"], "name": [None, "a"]}, "masked": ["person_id", "secret"]},
        {"changes": {"name": ["a", 'ä"']}, "masked": ["secret"]},
        {"changes": {"id": ["1", None], "name": ['ä"', None]}, "masked": ["person_id", "secret"]},
    ]
    log.seal()
    assert log.verify().payloads == {"checked": 3, "erased": 0}


def test_the_values_of_a_bulk_write_are_told_as_the_function_of_differences_says(
    protected: Connection,
) -> None:
    def rows() -> dict[int, str]:
        cursor.execute("SELECT id, to_jsonb(t)::text FROM thing t ORDER BY id")
        return dict(cursor.fetchall())

    def differs(old: str | None, new: str | None) -> str:
        cursor.execute(
            "SELECT vuokra_log_diff(%s::jsonb, %s::jsonb, %s)", [old, new, ["id", "name"]]
        )
        found: str = cursor.fetchone()[0]
        return found

    odd = 'a\n\t\\"{ö}'
    with protected.cursor() as cursor:
        cursor.execute("SELECT set_config('vuokra.bulk', 'on', false)")
        cursor.execute(
            "INSERT INTO thing VALUES (1, NULL, %s, NULL), (2, 7, NULL, '\\x00ff'),"
            " (3, 9, '', NULL)",
            [odd],
        )
        first = rows()
        cursor.execute("UPDATE thing SET name = name || '€', person_id = id WHERE id < 3")
        second = rows()
        cursor.execute("UPDATE thing SET id = 30 WHERE id = 3")
        third = rows()
        cursor.execute("DELETE FROM thing")
        told = [differs(None, row) for row in first.values()]
        told += [differs(first[pk], second[pk]) for pk in (1, 2)]
        told += [differs(None, third[30])]
        told += [differs(row, None) for row in third.values()]
        assert [row[-1] for row in row_changes(protected)] == told


def test_a_write_without_an_actor_is_refused(protected: Connection) -> None:
    with protected.cursor() as cursor:
        cursor.execute("SELECT set_config('vuokra.actor', '', false)")
        with pytest.raises(Exception, match="needs an actor"):
            cursor.execute("INSERT INTO thing VALUES (1, 11, 'a', NULL)")


def test_an_inclusion_proof_holds_alone(log: SealedLog, tmp_path: Path, capsys) -> None:
    ids = log.write(7)
    log.seal()
    keys = verifier.load_keys(sealing.public_key_path(log.key_file))
    with opened():
        proof = proofs.inclusion_proof("vuokra_access_event", ids[4])
        with pytest.raises(proofs.NotSealedYet):
            proofs.inclusion_proof("vuokra_access_event", 999)

    assert verifier.check_proof(proof, keys, log.heads) == ""
    for name, value in (
        ("row", proof["row"].replace('"view"', '"list"')), ("index", 3), ("size", 6),
        ("head", proof["head"].replace("seal 1", "seal 2")), ("path", proof["path"][1:]),
        ("id", ids[3]),
    ):  # fmt: skip
        assert verifier.check_proof({**proof, name: value}, keys, None) != "", name

    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof), "utf-8")
    arguments = ["--proof", str(file), "--heads", str(log.heads), "--public-key",
                 str(sealing.public_key_path(log.key_file))]  # fmt: skip
    assert verifier.main(arguments) == 0
    file.write_text(json.dumps({**proof, "index": 0}), "utf-8")
    assert verifier.main([*arguments, "--json"]) == 1
    assert '"holds": false' in capsys.readouterr().out


def verdict(bundle: dict[str, object], log: SealedLog, folder: Path) -> int:
    file = folder / "proofs.json"
    file.write_text(json.dumps(bundle), "utf-8")
    key = str(sealing.public_key_path(log.key_file))
    arguments = ["--proof", str(file), "--heads", str(log.heads), "--public-key", key]
    return verifier.main(arguments)


def test_the_proofs_of_a_person_hold_alone_and_tell_nothing(log: SealedLog, tmp_path: Path) -> None:
    ids = log.write(5)
    log.seal()
    ids += log.write(4)
    log.seal()
    log.write(1)
    with opened():
        whole = proofs.proofs_of([8])
        one = proofs.proofs_of([3])
    assert [row["id"] for row in whole["rows"]] == ids and whole["waiting"] == 1
    assert [row["id"] for row in one["rows"]] == [ids[3], ids[8]]
    assert len(whole["heads"]) == 2
    text = json.dumps(whole["rows"])
    assert "user:7" not in text and "192.0.2.1" not in text
    assert verdict(whole, log, tmp_path) == verdict(one, log, tmp_path) == 0
    for change in (
        {"leaf": "00" * 32}, {"index": 2}, {"path": []}, {"seal": 9}, {"seal": 2},
    ):  # fmt: skip
        rows = [{**whole["rows"][0], **change}, *whole["rows"][1:]]
        assert verdict({**whole, "rows": rows}, log, tmp_path) == 1, change
    for change in ({"signature": "00" * 64}, {"head": "x"}, {"size": 4}):
        heads = [{**whole["heads"][0], **change}, *whole["heads"][1:]]
        assert verdict({**whole, "heads": heads}, log, tmp_path) == 1, change


def test_a_row_whose_id_stands_in_another_tables_part_of_a_seal_is_found(
    log: SealedLog, protected: Connection
) -> None:
    with protected.cursor() as cursor:  # ids of row changes and of events are the same numbers
        cursor.execute("INSERT INTO thing VALUES (1, 11, 'a', NULL), (2, 11, 'b', NULL)")
    log.write(1)
    log.seal()
    with protected.cursor() as cursor:
        cursor.execute("UPDATE thing SET name = 'c'")
    log.write(3)
    log.seal()
    with opened():
        found = proofs.proofs_of([8])
        assert [row["id"] for row in found["rows"]] == [1, 2, 3, 4]
        assert found["waiting"] == 0
        everything = proofs.proofs_of([8, 11], ["vuokra_access_event", "vuokra_access_rowchange"])
    assert len(everything["rows"]) == 8


def test_rows_sealed_long_after_they_were_written_are_found_without_a_statement_for_each(
    log: SealedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = log.write(40)
    log.sealer.limit = 5
    while log.seal():
        pass
    with opened(), CaptureQueriesContext(connections["default"]) as asked:
        found = proofs.proofs_of([8])
    assert [row["id"] for row in found["rows"]] == ids and found["waiting"] == 0
    assert len(found["heads"]) == 8
    assert len(asked) <= 12
    monkeypatch.setattr(proofs, "NEAR", 2)
    with opened():
        assert proofs.proofs_of([8]) == found


def test_the_place_of_a_row_is_not_sought_through_the_whole_log(log: SealedLog) -> None:
    for _seal in range(12):
        log.write(3)
        log.seal()
    with opened(), raw_sql("plan of a query"), connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT (SELECT s.number FROM vuokra_access_seal s WHERE s.at >= e.at "
            "ORDER BY s.at, s.number LIMIT 1) "
            "FROM vuokra_access_event e WHERE e.id = 3"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "access_seal_at" in plan and "Limit" in plan


@pytest.mark.parametrize("command", ["auditlogflush", "remove_stale_contenttypes"])
def test_commands_that_would_empty_the_log_are_refused(command: str) -> None:
    with pytest.raises(CommandError, match="change log"):
        call_command(command)


def test_flush_is_refused_outside_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connections

    monkeypatch.setitem(connections["default"].settings_dict, "NAME", "vuokra")
    with pytest.raises(CommandError, match="tests only"):
        call_command("flush", "--no-input")


@pytest.fixture
def installed(log: SealedLog, settings) -> SealedLog:
    """The commands use the log's key and heads, and its sealer is out of their way."""
    log.close()
    settings.SEAL_KEY_FILE = log.key_file
    settings.SEAL_PUBLIC_KEY_FILE = sealing.public_key_path(log.key_file)
    settings.HEADS_DIR = log.heads
    return log


def as_process(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    """The command connects as another process does, by its own address."""
    address = parse_dsn(os.environ[f"DATABASE_{role}_URL"])
    for command in ("sealer", "verify_log", "reanchor_log"):
        module = f"vuokra.access.management.commands.{command}"
        monkeypatch.setattr(f"{module}.parameters", lambda: address)


def test_the_commands_seal_verify_and_reanchor(
    installed: SealedLog, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    installed.write(3)
    as_process(monkeypatch, "SEALER")
    call_command("sealer", "--once")
    assert "3 rows sealed." in capsys.readouterr().out
    as_process(monkeypatch, "AUDITOR")
    call_command("verify_log")
    assert "The log is what was sealed." in capsys.readouterr().out

    installed.tamper("DELETE FROM vuokra_access_event")
    installed.tamper("DELETE FROM vuokra_access_seal", table="vuokra_access_seal")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_log", "--json")
    assert ended.value.code == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["intact"], report["first"]["id"]) == (False, 1)

    as_process(monkeypatch, "SEALER")
    with pytest.raises(CommandError, match="reanchor_log"):
        call_command("sealer", "--once")
    with pytest.raises(CommandError, match="sentence"):
        call_command("reanchor_log", "--reason", "x", "--approved-by", "joh")
    call_command("reanchor_log", "--reason", "Palautettu varmuuskopio.", "--approved-by", "joh")
    as_process(monkeypatch, "AUDITOR")
    call_command("verify_log")
    assert "NOTICE" in capsys.readouterr().out


def test_the_night_finds_a_year_of_partitions(
    committed_db: str, as_owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert partitions.keep_ahead() == 0
    monkeypatch.setattr(partitions, "FEWEST_AHEAD", 13)
    with pytest.raises(RuntimeError, match="12 coming months only"):
        partitions.keep_ahead()
    with opened():
        assert RowChange.objects.count() == 0
