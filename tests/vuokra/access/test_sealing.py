"""The sealer: what it seals, when it stops, and how it goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from tests.vuokra.access.sealed import EVENT, SealedLog
from vuokra.access import sealing, verifier
from vuokra.db import roles

ROOT = Path(__file__).resolve().parents[3]


def queued(log: SealedLog) -> int:
    with log.superuser.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vuokra_access_seal_queue")
        return int(cursor.fetchone()[0])


def seals(log: SealedLog) -> list[tuple[int, int, str]]:
    """Number, rows and month of every seal."""
    with log.superuser.cursor() as cursor:
        cursor.execute(
            "SELECT number, cardinality(row_ids), to_char(month, 'YYYY-MM') "
            "FROM vuokra_access_seal ORDER BY number"
        )
        return list(cursor.fetchall())


def test_the_queue_is_filled_by_trigger_and_emptied_by_the_seal(log: SealedLog) -> None:
    log.write(4)
    assert queued(log) == 4
    assert log.seal() == 4
    assert queued(log) == 0
    assert log.seal() == 0
    assert len(seals(log)) == 1


def test_what_is_logged_meanwhile_waits_for_the_next_time(
    log: SealedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers that never pause do not keep the sealer at one small seal after another."""
    append = sealing.HeadStore.append

    def append_and_write(*args: object) -> None:
        append(*args)  # type: ignore[arg-type]
        log.write(1)

    monkeypatch.setattr(sealing.HeadStore, "append", append_and_write)
    log.write(3)
    assert log.seal() == 3
    assert queued(log) == 1
    assert log.seal() == 1


def test_a_row_rolled_back_is_never_sealed(log: SealedLog) -> None:
    log.app.autocommit = False
    log.write(2)
    log.app.rollback()
    log.write(1)
    log.app.commit()
    assert log.seal() == 1
    assert log.verify().finding_count == 0


def test_seals_are_cut_at_month_ends_and_at_the_limit(log: SealedLog) -> None:
    for moment in ("2026-10-31T23:59:59.999999Z", "2026-11-01T00:00:00Z", "2026-10-30T00:00:00Z"):
        with log.superuser.cursor() as cursor:
            cursor.execute(EVENT.replace("(access_id", "(at, access_id").replace(
                "VALUES (", f"VALUES ('{moment}', "
            ), [str(os.urandom(16).hex()), [1], 1, "[]", None])  # fmt: skip
    log.sealer.limit = 2
    log.write(3)

    assert log.seal() == 6

    this = f"{datetime.now(UTC):%Y-%m}"
    assert seals(log)[:3] == [(1, 1, "2026-10"), (2, 1, "2026-11"), (3, 1, "2026-10")]
    assert {month for *_, month in seals(log)[3:]} == {this}
    assert all(rows <= 2 for _, rows, _ in seals(log))
    assert log.verify().finding_count == 0


def test_rows_committed_late_go_under_a_later_seal(
    log: SealedLog, as_role: Callable[[str], Connection]
) -> None:
    log.app.autocommit = False
    (early,) = log.write(1)
    other = as_role(roles.APP)
    with other.cursor() as cursor:
        cursor.execute(EVENT, ["00000000-0000-4000-8000-000000000001", [1], 1, "[]", None])
    assert log.seal() == 1
    log.app.commit()
    assert log.seal() == 1

    with log.superuser.cursor() as cursor:
        cursor.execute("SELECT row_ids FROM vuokra_access_seal ORDER BY number")
        assert cursor.fetchall() == [([early + 1],), ([early],)]
    assert log.verify().finding_count == 0


def test_concurrent_writers_make_one_chain(log: SealedLog) -> None:
    """Two writers, a sealer between them: every row sealed once, one chain."""
    rows = 150

    def write(url: str) -> None:
        connection = psycopg2.connect(url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            for _ in range(rows):
                cursor.execute(EVENT, [os.urandom(16).hex(), [1, 2], 2, "[]", None])
        connection.close()

    writers = [threading.Thread(target=write, args=[os.environ["DATABASE_URL"]]) for _ in "ab"]
    for writer in writers:
        writer.start()
    sealed = 0
    while any(writer.is_alive() for writer in writers):
        sealed += log.seal()
    sealed += log.seal()

    report = log.verify()
    assert sealed == 2 * rows == report.rows["vuokra_access_event"]
    assert report.finding_count == 0
    numbers = [number for number, *_ in seals(log)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_only_one_sealer(log: SealedLog) -> None:
    with pytest.raises(sealing.AnotherSealer):
        log.open_sealer()


def test_killed_before_the_export_the_next_start_exports(log: SealedLog) -> None:
    log.write_and_seal(2)
    log.sealer.heads = sealing.HeadStore(log.folder / "lost")
    log.write_and_seal(2)
    log.close()
    path = next(log.heads.glob("heads-*.txt"))
    with path.open("a") as file:
        file.write("vuokra.log/cut short by the crash\n3\nabc")
    assert log.verify().notices == [{"kind": "unexported", "seals": [2]}]

    log.open_sealer()
    log.sealer.reconcile()
    log.write_and_seal(1)

    report = log.verify()
    assert (report.finding_count, report.notices, report.heads) == (0, [], 3)


def test_an_error_in_the_middle_leaves_the_queue_whole(
    log: SealedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.write(3)

    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(sealing.Sealer, "_save", fail)
        with pytest.raises(OSError):
            log.seal()
    assert (queued(log), seals(log)) == (3, [])
    assert log.seal() == 3


def sealer_process(log: SealedLog) -> subprocess.Popen[str]:
    log.close()
    return subprocess.Popen(
        [sys.executable, "manage.py", "sealer"],
        cwd=ROOT,
        env=os.environ
        | {
            "VUOKRA_PROCESS": "sealer",
            "VUOKRA_SEAL_KEY_FILE": str(log.key_file),
            "VUOKRA_HEADS_DIR": str(log.heads),
            "VUOKRA_SEAL_SECONDS": "1",
        },
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_the_process_seals_stops_on_sigterm_and_survives_kill(log: SealedLog) -> None:
    log.write(3)
    process = sealer_process(log)
    wait_until(lambda: queued(log) == 0)
    process.terminate()
    assert process.wait(10) == 0
    assert process.communicate()[1] == ""

    log.write(2)
    process = sealer_process(log)
    wait_until(lambda: queued(log) == 0)
    log.write(400)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    log.write(2)
    wait_until(lambda: _opened(log))
    log.sealer.reconcile()
    log.seal()
    report = log.verify()
    assert report.rows["vuokra_access_event"] == 407
    assert (report.finding_count, report.waiting, report.notices) == (0, 0, [])


def _opened(log: SealedLog) -> bool:
    try:
        log.open_sealer()
    except sealing.AnotherSealer:  # the killed one's connection is not gone yet
        return False
    return True


def test_without_a_database_it_says_so_once_and_goes_on(log: SealedLog) -> None:
    log.write(2)
    said: list[str] = []
    stop = threading.Event()
    answers = iter([psycopg2.OperationalError("no server"), psycopg2.OperationalError("no server")])

    def opened() -> sealing.Sealer:
        if error := next(answers, None):
            raise error
        threading.Timer(0.2, stop.set).start()
        return log.sealer

    sealing.keep_sealing(opened, stop, 0.01, said.append)

    assert said == ["Not sealing: no server"]
    assert queued(log) == 0


def test_the_key_is_private_and_never_made_twice(log: SealedLog) -> None:
    assert log.key_file.stat().st_mode & 0o777 == 0o600
    log.write_and_seal(1)
    log.close()
    log.key_file.rename(log.folder / "old.pem")
    with pytest.raises(sealing.SealingRefused, match="no signing key"):
        log.open_sealer()

    sealing.make_key(log.key_file)  # on purpose: `sealer --new-key`
    log.open_sealer()
    log.write_and_seal(1)

    assert log.verify().finding_count == 0  # both public keys are known
    assert len(verifier.load_keys(log.heads / "seal-key.pub.pem")) == 2


def test_the_canonical_form_is_fixed(log: SealedLog) -> None:
    """The bytes under old seals must come out the same for as long as the log is kept."""
    with log.superuser.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vuokra_access_event (id, at, access_id, kind, actor, action, outcome, "
            "route, subjects, subject_count, address, detail, alarm, payload_digest) "
            "OVERRIDING SYSTEM VALUE VALUES (1, '2026-03-29T03:30:00.000001+03', "
            "'00000000-0000-4000-8000-00000000000a', 'request', 'user:7', 'view', 'ok', "
            "E'a\"b\\\\c\\näö', '{3,4}', 2, '2001:db8::1', '{\"b\": 1.0, \"a\": [true, null]}', "
            "true, '\\x00ff')"
        )
    expected = (
        '["vuokra_access_event", 1, 1, "2026-03-29T00:30:00.000001Z", '
        '"00000000-0000-4000-8000-00000000000a", "request", null, "user:7", "", "", "", null, '
        '"view", "", "a\\"b\\\\c\\näö", "", "ok", null, "2001:db8::1/128", "", "{3,4}", 2, '
        '"{\\"a\\": [true, null], \\"b\\": 1.0}", true, "00ff"]'
    )
    for zone, style, output in (
        ("UTC", "ISO, DMY", "hex"), ("America/St_Johns", "SQL, DMY", "escape"),
        ("Europe/Helsinki", "German", "escape"),
    ):  # fmt: skip
        with log.superuser.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('timezone', %s, false), set_config('datestyle', %s, false), "
                "set_config('bytea_output', %s, false), set_config('intervalstyle', %s, false)",
                [zone, style, output, "iso_8601"],
            )
            cursor.execute(
                f"SELECT {verifier.FORMS['vuokra_access_event', 1].sql} FROM vuokra_access_event r"
            )
            assert cursor.fetchone()[0] == expected


def test_the_forms_cover_every_column(log: SealedLog) -> None:
    for (table, version), form in verifier.FORMS.items():
        if version != verifier.NEWEST[table]:
            continue
        with log.superuser.cursor() as cursor:
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
                "AND NOT attisdropped",
                [table],
            )
            missing = [name for (name,) in cursor.fetchall() if f"r.{name}" not in form.sql]
        assert missing == [], table


def test_after_a_restore_sealing_goes_on_only_in_sight(log: SealedLog) -> None:
    log.write_and_seal(2)
    log.write_and_seal(2)
    log.write_and_seal(2)
    log.tamper("DELETE FROM vuokra_access_event WHERE id > 2")
    log.tamper("DELETE FROM vuokra_access_seal WHERE number > 1", table="vuokra_access_seal")
    with pytest.raises(sealing.SealingRefused):
        log.sealer.reconcile()
    assert log.verify().first

    seal = log.sealer.reanchor("Levyrikko, palautettu varmuuskopio 1.11.", "joh")
    log.sealer.reconcile()
    log.write_and_seal(3)

    assert seal.number == 4
    report = log.verify()
    assert report.finding_count == 0
    assert [notice["kind"] for notice in report.notices] == ["reanchor"]
    notice = report.notices[0]
    assert notice["abandoned"] == [2, 3]
    assert (notice["approved_by"], notice["reason"][:9]) == ("joh", "Levyrikko")
    with pytest.raises(sealing.SealingRefused, match="know nothing"):
        log.sealer.reanchor("ei mitään palautettavaa", "joh")


def test_a_reanchor_excuses_no_more_than_it_names(log: SealedLog) -> None:
    for _ in range(3):
        log.write_and_seal(2)
    log.tamper("DELETE FROM vuokra_access_seal WHERE number = 3", table="vuokra_access_seal")
    log.tamper("DELETE FROM vuokra_access_event WHERE id > 4")
    log.sealer.reanchor("Levyrikko, palautettu varmuuskopio.", "joh")
    log.tamper("DELETE FROM vuokra_access_seal WHERE number = 2", table="vuokra_access_seal")
    log.tamper("DELETE FROM vuokra_access_event WHERE id > 2")

    report = log.verify()

    assert report.first and (report.first.kind, report.first.id) == ("seal_missing", 3)


def test_the_stand_alone_verifier_needs_no_django(log: SealedLog, tmp_path: Path) -> None:
    ids = log.write_and_seal(3)
    alone = tmp_path / "elsewhere" / "log-verifier"
    shutil.copytree(ROOT / "vuokra/access/verifier", alone)
    command = [
        sys.executable, str(alone), "--database", os.environ["DATABASE_AUDITOR_URL"],
        "--public-key", str(sealing.public_key_path(log.key_file)), "--heads", str(log.heads),
        "--json",
    ]  # fmt: skip
    run = partial(subprocess.run, command, capture_output=True, text=True, cwd=alone.parent,
                  env={"PATH": os.environ["PATH"]}, check=False)  # fmt: skip

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["intact"] and report["rows"]["vuokra_access_event"] == 3

    log.tamper("DELETE FROM vuokra_access_event WHERE id = %s", ids[1])
    done = run()
    assert done.returncode == 1
    assert json.loads(done.stdout)["first"]["id"] == ids[1]

    command[3] = "postgres://nobody@/none?host=/nonexistent"
    assert run().returncode == 2


def test_the_access_package_and_the_verifier_import_no_django() -> None:
    code = (
        "import sys, vuokra.access.verifier, vuokra.access.sealing; "
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_age_of_the_seals_grows_while_rows_wait(log: SealedLog) -> None:
    from vuokra.access import queries

    log.write_and_seal(2)
    assert queries.seal_age() == timedelta(0)
    log.write(1)
    now = datetime.now(UTC)
    assert queries.seal_age(now + timedelta(minutes=9)) > timedelta(minutes=8)
    assert queries.seal_age() < timedelta(minutes=1)
    (head,) = queries.latest_heads()
    assert (head.number, head.rows) == (1, 2)
    exported = next(iter(verifier.HeadFolder.at(log.heads)))
    assert head.head == exported.digest.hex()
