"""The change log: values apart from the rows, names from the open context, proofs of both."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import parse_dsn

from tests.vuokra.access.sealed import SealedLog
from vuokra.access import partitions, queries, sealing, verifier
from vuokra.access.codes import Action, Surface
from vuokra.access.context import Actor, open_access
from vuokra.access.errors import NoAccessContext
from vuokra.access.models import AccessEvent, AppendOnly, ChangeEntry, Payload, RowChange
from vuokra.access.payloads import digest_of, make_payload, store_payload
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
        proof = queries.inclusion_proof("vuokra_access_event", ids[4])
        with pytest.raises(queries.NotSealedYet):
            queries.inclusion_proof("vuokra_access_event", 999)
        assert len(list(queries.proofs_of_person(8))) == 7
        assert [p["id"] for p in queries.proofs_of_person(3)] == [ids[3]]

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
