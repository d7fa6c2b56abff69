"""What the verifier refuses even where nothing else in an export speaks against it."""

import copy
import json
from pathlib import Path

import pytest

from linli.rules.proof import verifier
from linli.rules.proof.canonical import canonical
from linli.rules.proof.digests import Pair, linked, sm3
from tests.rules.proof.histories import History, contents, sealed

HONEST = sealed(contents(12, streams=2), (6, 12))


def kept() -> History:
    return copy.deepcopy(HONEST)


def said(fault: verifier.Fault | None) -> str:
    return fault.en if fault else ""


def test_the_second_digest_is_linked_as_strictly_as_the_first(tmp_path) -> None:
    """Who could forge one digest still has to forge the other: a record that hangs on another SM3 is no link."""
    history = sealed(contents(12, streams=2), ())
    second = next(event for event in history.events if event["seq"] == 2)
    second["prev_sm3"] = "ab" * 32
    body = str(second["body"]).encode()
    second["sm3"] = linked(Pair(str(second["prev_sha256"]), "ab" * 32), body).sm3
    fault = verifier.check(history.write(tmp_path)).fault
    assert said(fault) == "It is not linked to the record before it."
    assert (fault.where.stream, fault.where.first) == (second["stream"], 2)


def test_a_tail_that_no_checkpoint_holds_is_missed_by_the_manifest(tmp_path) -> None:
    history = sealed(contents(12, streams=2), (6,))
    folder = history.write(tmp_path)
    lines = (folder / "events.jsonl").read_text().splitlines(keepends=True)
    (folder / "events.jsonl").write_text("".join(lines[:-1]))
    assert said(verifier.check(folder).fault) == "By the manifest there are 12, here are 11."


def test_a_checkpoint_follows_the_one_before_it_and_holds_more(tmp_path) -> None:
    history = kept()
    first = json.loads(str(history.checkpoints[0]["body"]))
    again = canonical({**first, "number": 3})
    before = Pair(str(history.checkpoints[1]["sha256"]), str(history.checkpoints[1]["sm3"]))
    now = linked(before, again)
    digests = {"prev_sha256": before.sha256, "sha256": now.sha256, "prev_sm3": before.sm3, "sm3": now.sm3}
    history.checkpoints.append({"body": again.decode(), **digests})
    assert said(verifier.check(history.write(tmp_path)).fault) == "Checkpoint 3 does not follow the one before it."


def test_a_checkpoint_taken_twice_of_the_same_events_is_no_second_one(tmp_path) -> None:
    history = sealed(contents(6, streams=2), (6,))
    first = history.checkpoints[0]
    again = canonical({**json.loads(str(first["body"])), "number": 2})
    now = linked(Pair(str(first["sha256"]), str(first["sm3"])), again)
    digests = {"prev_sha256": first["sha256"], "sha256": now.sha256, "prev_sm3": first["sm3"], "sm3": now.sm3}
    history.checkpoints.append({"body": again.decode(), **digests})
    assert said(verifier.check(history.write(tmp_path)).fault) == "Checkpoint 2 does not follow the one before it."


@pytest.mark.parametrize("size", [0, -1, "12", True, 12.0])
def test_an_anchor_that_counts_in_anything_but_whole_events_is_not_read(tmp_path, size: object) -> None:
    body = json.dumps({**json.loads(str(HONEST.checkpoints[1]["body"])), "size": size})
    report = verifier.check(HONEST.write(tmp_path), [json.dumps({**HONEST.checkpoints[1], "body": body})])
    assert report.fault is not None and report.fault.unchecked
    assert report.code == 2


def test_what_could_not_be_checked_is_told_from_what_is_wrong(tmp_path) -> None:
    assert verifier.check(tmp_path).code == 2
    assert verifier.check(HONEST.write(tmp_path / "honest")).code == 0
    broken = kept()
    broken.events[3]["kind"] = "别的"
    assert verifier.check(broken.write(tmp_path / "broken")).code == 1


@pytest.mark.parametrize("hash", [verifier.sha256, sm3])
def test_a_leaf_that_cannot_be_in_a_tree_has_no_way_to_its_root(hash: verifier.Hash) -> None:
    leaf = verifier.leaf(hash, b"x" * 32)
    assert verifier.root_by_inclusion(hash, leaf, 0, 1, []) == leaf
    for index, size in ((1, 1), (-1, 1), (0, 0), (2, 2)):
        assert verifier.root_by_inclusion(hash, leaf, index, size, []) is None


@pytest.mark.parametrize("hash", [verifier.sha256, sm3])
def test_a_tree_is_consistent_with_itself_only_by_an_empty_path_and_with_none_at_all_never(hash: verifier.Hash) -> None:
    root = hash(b"root")
    assert verifier.is_consistent(hash, 3, root, 3, root, [])
    assert not verifier.is_consistent(hash, 3, root, 3, root, [root])
    assert not verifier.is_consistent(hash, 3, root, 3, hash(b"another"), [])
    assert not verifier.is_consistent(hash, 0, root, 3, root, [root])
    assert not verifier.is_consistent(hash, 4, root, 3, root, [root])


# ── the papers of a package ─────────────────────────────────────────────────────────────────────────────────────────
FILES = {"index.txt": b"index", "files/original/plan.pdf": b"the plan"}


def package(tmp_path: Path, *, opened: bool = True, **changed: bytes | None) -> Path:
    """A package of two files, one of them an original that a sealed record vouches for; `None` takes a file away."""
    digests = {name: verifier.sha256(raw).hex() for name, raw in FILES.items()}
    value = {"files": [digests["files/original/plan.pdf"]]}
    words = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    content = next(contents(1, streams=1))
    paper = verifier.sha256(f"salt{words}".encode()).hex()
    history = sealed([{**content, "data": {"digest": paper}}], (1,))
    event = history.events[0]
    proof = {**event, "leaf": 0, "size": 1, "path_sha256": [], "path_sm3": []}
    opening = {"stream": event["stream"], "seq": 1, "salt": "salt", "value": value}
    written = {
        "trail/proofs.jsonl": json.dumps(proof),
        "trail/checkpoints.jsonl": json.dumps(history.checkpoints[0]),
        "trail/openings.jsonl": json.dumps(opening) if opened else "",
        "manifest.json": json.dumps(digests),
    }
    for name, text in {**written, **{name: raw.decode() for name, raw in FILES.items()}}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for name, raw in changed.items():
        path = tmp_path / name.replace("__", "/").replace("_txt", ".txt").replace("_pdf", ".pdf")
        path.unlink() if raw is None else path.write_bytes(raw)
    return tmp_path


def test_a_package_whose_papers_are_all_vouched_for_holds(tmp_path) -> None:
    report = verifier.check(package(tmp_path))
    assert (said(report.fault), report.proofs, report.papers) == ("", 1, 2)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"index_txt": None}, "The file index.txt is missing."),
        ({"index_txt": b"another"}, "The file index.txt differs from the manifest."),
        ({"files__original__more_pdf": b"more"}, "The file files/original/more.pdf is not in the manifest."),
        ({"opened": False}, "No sealed record vouches for the file files/original/plan.pdf."),
    ],
    ids=["missing", "changed", "slipped in", "vouched for by nobody"],
)
def test_a_file_of_a_package_that_is_not_what_was_sealed_is_named(tmp_path, changed: dict, expected: str) -> None:
    assert said(verifier.check(package(tmp_path, **changed)).fault) == expected


def test_a_paper_that_says_something_else_than_was_sealed_is_named(tmp_path) -> None:
    folder = package(tmp_path)
    opening = json.loads((folder / "trail/openings.jsonl").read_text())
    (folder / "trail/openings.jsonl").write_text(json.dumps({**opening, "value": {**opening["value"], "amount_fen": 1}}))
    fault = verifier.check(folder).fault
    assert (said(fault), fault.where.first) == ("A paper differs from what was sealed.", 1)


def test_a_receipt_speaks_against_the_record_of_a_package_too(tmp_path) -> None:
    report = verifier.check(package(tmp_path), [f"440305000000/1/{'0' * 16}"])
    stream = sealed(contents(1, streams=1), (1,)).events[0]["stream"]
    assert stream == "440305000000"
    assert said(report.fault).startswith("Rewritten or moved: it differs from receipt")
