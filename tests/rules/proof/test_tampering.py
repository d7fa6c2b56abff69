"""Whatever is changed in an export is found and named; what only an anchor from outside can find, only it finds.

Each case is drawn from a seed that stands in its name: `pytest -k "seed-17"` plays it again.
"""

import copy
import json
import random

import pytest

from linli.rules.proof import verifier
from tests.rules.proof.histories import History, contents, sealed

SIZES = (25, 50, 75, 100)
HONEST = sealed(contents(100, streams=4), SIZES)


def code(checkpoint):
    said = json.loads(checkpoint["body"])
    return f"{said['size']}-{said['root_sha256'][:16]}"


@pytest.fixture(scope="module")
def anchors(tmp_path_factory):
    """What was published at the time: the four checkpoint files, and the four short codes on paper."""
    folder = tmp_path_factory.mktemp("anchors")
    files = []
    for number, checkpoint in enumerate(HONEST.checkpoints):
        files.append(str(folder / f"{number}.json"))
        (folder / f"{number}.json").write_text(json.dumps(checkpoint))
    return {"file": files, "paper": [code(checkpoint) for checkpoint in HONEST.checkpoints]}


def test_an_honest_export_holds(tmp_path, anchors):
    report = verifier.check(HONEST.write(tmp_path), anchors["file"] + anchors["paper"])
    assert report.fault is None
    assert (report.events, report.streams, report.checkpoints, report.anchored) == (100, 4, 4, 100)


# --- a clumsy hand changes the files ---------------------------------------------------------------------------------
def another_byte(history, at, chance):
    text = history.events[at]["body"]
    place = chance.randrange(len(text))
    history.events[at]["body"] = text[:place] + chance.choice("0x零") + text[place + 1 :]
    return text != history.events[at]["body"]


def another_column(history, at, chance):
    history.events[at][chance.choice(["kind", "subject", "by", "office", "at", "decision"])] = "别的"
    return True


def another_digest(history, at, chance):
    history.events[at][chance.choice(["sha256", "sm3", "prev_sha256", "prev_sm3"])] = "ab" * 32
    return True


def removed(history, at, chance):
    del history.events[at]
    return True


def doubled(history, at, chance):
    history.events.insert(at, history.events[at])
    return True


def swapped(history, at, chance):
    other = (at + chance.randrange(1, 20)) % len(history.events)
    history.events[at], history.events[other] = history.events[other], history.events[at]
    return True


def tail_dropped(history, at, chance):
    del history.events[at:]
    return True


def inserted(history, at, chance):
    forged = dict(history.events[at])
    forged["body"] = forged["body"].replace("演示", "伪造")
    history.events.insert(at, forged)
    return True


CLUMSY = [another_byte, another_column, another_digest, removed, doubled, swapped, tail_dropped, inserted]


@pytest.mark.parametrize("seed", range(160), ids="seed-{}".format)
def test_a_clumsy_change_is_found_and_named_without_any_anchor(seed, tmp_path):
    chance = random.Random(seed)
    way, at = CLUMSY[seed % len(CLUMSY)], chance.randrange(100)
    forged = History(copy.deepcopy(HONEST.events), copy.deepcopy(HONEST.checkpoints))
    while not way(forged, at, chance):
        pass  # the letter drawn was the letter that stood there: draw again
    fault = verifier.check(forged.write(tmp_path)).fault
    assert fault is not None, (way.__name__, at)
    pairs = zip(HONEST.events, [*forged.events, *[None] * 100], strict=False)
    touched = {HONEST.events[at]["stream"], *(event["stream"] for event, now in pairs if event != now)}
    assert touched & set(fault.where.stream.split()), (way.__name__, at, fault.in_words(zh=False))
    if way in (another_byte, another_column, another_digest):
        assert (fault.where.stream, fault.where.first) == (HONEST.events[at]["stream"], HONEST.events[at]["seq"])


# --- the owner of the database rewrites history and seals it again ---------------------------------------------------
def written():
    bodies = [json.loads(event["body"]) for event in HONEST.events]
    return [{name: value for name, value in body.items() if name != "seq"} for body in bodies]


def rewrite_one(history, at, chance):
    history[at]["data"] = {"findings": "已满意", "amount_fen": 1}


def take_one_out(history, at, chance):
    del history[at]


def slip_one_in(history, at, chance):
    history.insert(at, {**history[at], "subject": "need:999", "data": {"findings": "倒签"}})


def change_the_order(history, at, chance):
    stream = history[at]["stream"]
    same = [n for n, content in enumerate(history) if content["stream"] == stream and n != at]
    other = min(same, key=lambda n: abs(n - at))
    history[at], history[other] = history[other], history[at]


def go_back_to_an_older_backup(history, at, chance):
    del history[at:]


CLEVER = [rewrite_one, take_one_out, slip_one_in, change_the_order, go_back_to_an_older_backup]


def rewritten(seed):
    chance = random.Random(seed)
    way, at = CLEVER[seed % len(CLEVER)], chance.randrange(100)
    history = written()
    stream, time = history[at]["stream"], history[at]["at"]
    way(history, at, chance)
    return sealed(history, [*SIZES, len(history)]), way, stream, time, chance


@pytest.mark.parametrize("seed", range(120), ids="seed-{}".format)
def test_a_rewritten_and_resealed_history_is_named_by_an_anchor(seed, tmp_path, anchors):
    forged, way, stream, time, chance = rewritten(seed)
    kind = chance.choice(["file", "paper"])
    report = verifier.check(forged.write(tmp_path), [anchors[kind][-1], *chance.sample(anchors[kind], 2)])
    assert report.code == 1, way.__name__
    where = report.fault.where
    if kind == "file":
        assert where.stream == stream or (way is go_back_to_an_older_backup and where.stream)
        assert not where.since or where.since <= time
    elif way is not go_back_to_an_older_backup:
        assert stream in where.stream.split() and where.since <= time
        assert time <= where.until or way in (take_one_out, change_the_order)  # the last one may have come earlier


@pytest.mark.parametrize("seed", range(40), ids="seed-{}".format)
def test_without_an_anchor_a_resealed_history_passes(seed, tmp_path):
    """The negative control: this is why checkpoints are printed and kept elsewhere."""
    forged, *_ = rewritten(seed)
    report = verifier.check(forged.write(tmp_path))
    assert (report.code, report.anchored) == (0, 0)


def test_a_receipt_names_the_very_record(tmp_path):
    history = written()
    history[40]["data"] = {"findings": "改过"}
    forged = sealed(history, SIZES)
    receipts = [f"{event['stream']}/{event['seq']}/{event['sha256'][:16]}" for event in HONEST.events]
    assert verifier.check(HONEST.write(tmp_path / "honest"), receipts).fault is None
    fault = verifier.check(forged.write(tmp_path / "forged"), receipts).fault
    assert (fault.where.stream, fault.where.first) == (HONEST.events[40]["stream"], HONEST.events[40]["seq"])


def test_a_receipt_of_a_record_that_is_gone_is_missed(tmp_path):
    event = HONEST.events[-1]
    kept = sealed(written()[:-1], ())
    fault = verifier.check(kept.write(tmp_path), [f"{event['stream']}/{event['seq']}/{event['sha256'][:16]}"]).fault
    assert (fault.where.stream, fault.where.first) == (event["stream"], event["seq"])


@pytest.mark.parametrize("what", ["body", "sha256", "prev_sm3"])
def test_a_changed_checkpoint_is_named(what, tmp_path):
    forged = History(HONEST.events, copy.deepcopy(HONEST.checkpoints))
    old = forged.checkpoints[1][what]
    forged.checkpoints[1][what] = old.replace('"size":50', '"size":51') if what == "body" else "ab" * 32
    fault = verifier.check(forged.write(tmp_path)).fault
    assert fault is not None and "2" in fault.in_words(zh=False)


def test_a_checkpoint_taken_away_is_missed(tmp_path):
    forged = History(HONEST.events, HONEST.checkpoints[:1] + HONEST.checkpoints[2:])
    assert verifier.check(forged.write(tmp_path)).fault.en == "Checkpoint 3 does not follow the one before it."
