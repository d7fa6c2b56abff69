"""What leaves the house is checked by the verifier alone: a whole trail, and an archive package."""

import json
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from linli.commands.main import main
from linli.records.trail import export, selectors, services
from linli.records.trail.models import Event, Leaf, Opening
from linli.rules.plain.subjects import Subject
from linli.rules.proof import verifier
from linli.rules.proof.digests import Pair, linked
from tests.records.trail.kinds import Visited
from tests.seals import lifted

pytestmark = pytest.mark.django_db
AT = datetime(2021, 4, 30, tzinfo=UTC)


@pytest.fixture
def anchor(keep, tmp_path):
    """Twelve events under a checkpoint that was published at the time; three more since."""
    keep(12)
    published = tmp_path / "checkpoint.json"
    published.write_text(json.dumps(selectors.checkpoint_file(services.take_checkpoint(at=AT))))
    keep(3)
    return str(published)


def exported(folder):
    export.write_trail(folder)
    return folder


@pytest.mark.parametrize("name", ["folder", "trail.zip"])
def test_the_whole_trail_is_checked_from_a_folder_or_a_zip(name, anchor, tmp_path):
    written = exported(tmp_path / name)
    assert written.is_file() is (name == "trail.zip")
    report = verifier.check(written, [anchor])
    assert report.fault is None
    assert (report.events, report.streams, report.checkpoints, report.anchored) == (15, 3, 1, 12)


def test_the_verifier_runs_alone(anchor, tmp_path):
    exported(tmp_path / "trail.zip")
    alone = tmp_path / "verifier.py"
    shutil.copy(verifier.__file__, alone)
    command = [sys.executable, "-I", "-S", str(alone), str(tmp_path / "trail.zip"), "--anchor", anchor]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, env={"PYTHONIOENCODING": "utf-8"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "✓ 全部相符：15 条记录，1 个检查点；检查点锚住其中 12 条。\n"
        "✓ Everything holds: 15 records, 1 checkpoints; anchored by a checkpoint: 12.\n"
    )


def test_an_empty_trail_holds(db, tmp_path):
    report = verifier.check(exported(tmp_path / "trail"))
    assert (report.code, report.events) == (0, 0)


def test_personal_values_do_not_leave_and_erasing_their_salts_breaks_nothing(tmp_path):
    services.record(Visited(household="王大妈", round="2021"), stream="44", subject=Subject("need", "1"), by="system", at=AT)
    services.take_checkpoint(at=AT)
    text = (exported(tmp_path / "before") / "events.jsonl").read_text()
    assert "王大妈" not in text and "\\u738b" not in text
    assert all(bytes(opening.salt).hex() not in text for opening in Opening.objects.all())
    services.erase_openings(subject=Subject("need", "1"))
    assert (exported(tmp_path / "after") / "events.jsonl").read_text() == text
    assert verifier.check(tmp_path / "after").fault is None


# --- the owner of the database, with its seals off -------------------------------------------------------------------
def reseal(stream):
    """What a dishonest owner does last: every digest of the stream computed anew."""
    head = Pair("0" * 64, "0" * 64)
    for row in Event.objects.filter(stream=stream).order_by("seq"):
        now = linked(head, bytes(row.body))
        digests = {"prev_sha256": head.sha256, "prev_sm3": head.sm3, "sha256": now.sha256, "sm3": now.sm3}
        Event.objects.filter(pk=row.pk).update(**digests)
        head = now


def change_a_column():
    Event.objects.filter(stream="440305007001", seq=2).update(by="person:other")


def change_a_body():
    row = Event.objects.get(stream="440305007001", seq=2)
    Event.objects.filter(pk=row.pk).update(body=bytes(row.body).replace("演示".encode(), "伪造".encode()))


def break_a_byte():
    row = Event.objects.get(stream="440305007001", seq=2)
    Event.objects.filter(pk=row.pk).update(body=bytes(row.body)[:-3] + b"\xff" + bytes(row.body)[-2:])


def remove_one():
    row = Event.objects.get(stream="440305007001", seq=2)
    Leaf.objects.filter(event=row).delete()
    row.delete()


def change_and_reseal():
    change_a_body()
    reseal("440305007001")


WAYS = [change_a_column, change_a_body, break_a_byte, remove_one, change_and_reseal]


@pytest.mark.parametrize("way", WAYS)
def test_what_the_owner_of_the_database_does_is_named(way, anchor, tmp_path):
    with lifted():
        way()
    fault = verifier.check(exported(tmp_path / "trail"), [anchor]).fault
    assert fault.where.stream == "440305007001"
    assert fault.where.first <= 3 and fault.where.last >= 2


def test_a_change_behind_the_last_checkpoint_is_named_if_not_resealed(anchor, tmp_path):
    with lifted():
        Event.objects.filter(stream="440305007001", seq=5).update(kind="other")
    where = verifier.check(exported(tmp_path / "trail"), [anchor]).fault.where
    assert (where.stream, where.first) == ("440305007001", 5)


# --- an archive package ----------------------------------------------------------------------------------------------
@pytest.fixture
def package(keep, tmp_path):
    """Three events of one community, the last of them under a second checkpoint, packed with the project's other papers."""
    keep(8)
    first = services.take_checkpoint(at=AT)
    keep(6)
    services.take_checkpoint(at=AT + timedelta(days=1))
    chosen = Event.objects.filter(stream="440305007001", seq__in=[1, 2, 5])
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("index.html", "…")
        for name, content in export.package_of(chosen).items():
            archive.writestr(f"trail/{name}", content)
    return path, first


def test_a_package_is_checked_offline(package):
    path, first = package
    report = verifier.check(path, [first.qr_text])
    assert report.fault is None
    assert (report.proofs, report.checkpoints, report.anchored) == (3, 2, 2)  # the third came after the anchor


def test_a_package_carries_its_verifier(package, tmp_path):
    with zipfile.ZipFile(package[0]) as archive:
        archive.extractall(tmp_path / "open")
    assert (
        subprocess.run(
            [sys.executable, "-I", "-S", tmp_path / "open/trail/verifier.py", tmp_path / "open"], check=False
        ).returncode
        == 0
    )


def tampered(path, name, change):
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    lines = [json.loads(line) for line in files[f"trail/{name}"].splitlines()]
    change(lines)
    files[f"trail/{name}"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return path


@pytest.mark.parametrize("part", ["body", "by", "sha256", "sm3", "prev_sha256", "leaf", "path_sha256", "path_sm3"])
def test_a_changed_record_in_a_package_is_named(part, package):
    def change(lines):
        old = lines[1][part]
        new = {"body": lambda: old.replace("演示", "伪造"), "by": lambda: "person:1", "leaf": lambda: old + 1}
        lines[1][part] = new.get(part, lambda: ["ab" * 32, *old[1:]] if isinstance(old, list) else "ab" * 32)()

    where = verifier.check(tampered(package[0], "proofs.jsonl", change)).fault.where
    assert (where.stream, where.first, where.last) == ("440305007001", 2, 2)


@pytest.mark.parametrize("name", ["checkpoints.jsonl", "consistency.jsonl"])
def test_changed_roots_in_a_package_are_found(name, package):
    def change(lines):
        key = "body" if name == "checkpoints.jsonl" else "path_sm3"
        lines[0][key] = lines[0][key].replace('"size":8', '"size":9') if key == "body" else ["ab" * 32, *lines[0][key][1:]]

    assert verifier.check(tampered(package[0], name, change)).code == 1


def test_a_package_that_does_not_continue_the_anchor_is_found(package):
    assert verifier.check(package[0], [f"8-{'0' * 16}"]).code == 1


def test_an_anchor_that_nothing_connects_to_the_proofs_vouches_for_nothing(package):
    path, first = package
    report = verifier.check(tampered(path, "consistency.jsonl", list.clear), [first.short_code])
    assert (report.code, report.fault.unchecked, report.anchored) == (2, True, 0)


def test_an_anchor_a_package_cannot_be_compared_with_is_said(package):
    report = verifier.check(package[0], [f"7-{'0' * 16}"])
    assert (report.code, report.fault.unchecked) == (2, True)


def test_what_no_checkpoint_covers_yet_is_not_packed(keep):
    keep(1)
    with pytest.raises(LookupError):
        export.package_of(Event.objects.all())


# --- the command -----------------------------------------------------------------------------------------------------
def test_the_command_says_what_is_wrong_in_both_languages_and_by_its_exit_code(anchor, tmp_path, capsys):
    path = exported(tmp_path / "trail")
    assert main(["verify", str(path), "--anchor", anchor]) == 0
    assert main(["verify", str(path)]) == 0
    assert "没有锚点" in capsys.readouterr().out
    lines = (path / "events.jsonl").read_text().splitlines()
    (path / "events.jsonl").write_text("\n".join([lines[0], *lines[2:]]))
    assert main(["verify", str(path)]) == 1
    zh, en = capsys.readouterr().out.splitlines()
    assert zh == (
        "✗ 第一处不符：记录链 440305007000，第 3 条，test.noted，2021-04-08T00:06:00.000000Z。"
        "此处应为第 2 条：少了、多了或换了位置。"
    )
    assert en == (
        "✗ First wrong record: stream 440305007000, record 3, test.noted, 2021-04-08T00:06:00.000000Z. "
        "Record 2 should stand here: missing, added or moved."
    )


@pytest.mark.parametrize("what", ["nothing", "not a zip", "broken zip", "another zip", "empty folder"])
def test_what_cannot_be_read_is_said_and_not_called_wrong(what, tmp_path, capsys):
    path = tmp_path / "x"
    if what == "not a zip":
        path.write_text("x")
    elif what == "broken zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("events.jsonl", "x" * 100_000)
        path.write_bytes(path.read_bytes().replace(b"events.jsonl", b"events.jsonl\x00", 1))
    elif what == "another zip":
        zipfile.ZipFile(path, "w").close()
    elif what == "empty folder":
        path.mkdir()
    assert main(["verify", str(path)]) == 2
    assert "? Not checked:" in capsys.readouterr().out


HALF = json.dumps({"body": json.dumps({"number": 1, "size": "9", "root_sha256": "", "root_sm3": "", "heads": {"44": [1]}})})


@pytest.mark.parametrize("anchor", ["nonsense", "{}", "12-abc", "[]", '{"body": "1"}', HALF])
def test_an_anchor_that_is_none_is_said(anchor, db, tmp_path):
    assert verifier.check(exported(tmp_path / "trail"), [anchor]).code == 2


@pytest.mark.parametrize("line", ["", "{", "[]", "1", "{}", '{"stream": "44", "seq": 1}'])
def test_a_line_nobody_can_read_is_named(line, tmp_path):
    (tmp_path / "events.jsonl").write_text(line + "\n")
    report = verifier.check(tmp_path)
    assert report.code == 1 and "line 1" in report.fault.en


def test_the_export_is_read_row_by_row(keep, tmp_path, django_assert_max_num_queries):
    keep(30)
    services.take_checkpoint(at=AT)
    with django_assert_max_num_queries(8):
        exported(tmp_path / "trail")


def test_the_commands_of_a_site_give_an_outsider_what_to_check(keep, tmp_path, capsys):
    assert main(["trail", "checkpoint"]) == 1
    keep(4)
    capsys.readouterr()
    assert main(["trail", "checkpoint"]) == 0
    (tmp_path / "anchor.json").write_text(capsys.readouterr().out)
    assert main(["trail", "export", str(tmp_path / "trail.zip")]) == 0
    assert main(["verify", str(tmp_path / "trail.zip"), "--anchor", str(tmp_path / "anchor.json")]) == 0
