import json
from datetime import UTC, datetime

import pytest

from linli.records.trail import selectors, services
from linli.records.trail.models import Checkpoint, Event, Leaf, Stream, Tile
from linli.rules.proof import merkle
from linli.rules.proof.digests import HASHES, NOTHING, linked
from linli.rules.proof.verifier import is_consistent, leaf, root_by_inclusion

pytestmark = pytest.mark.django_db
AT = datetime(2021, 4, 30, tzinfo=UTC)


def test_without_events_there_is_no_checkpoint():
    assert services.take_checkpoint(at=AT) is None
    assert not Checkpoint.objects.exists()


def test_without_new_events_the_last_checkpoint_stands(keep):
    keep(3)
    first = services.take_checkpoint(at=AT)
    assert services.take_checkpoint(at=datetime(2021, 5, 1, tzinfo=UTC)) == first
    assert Checkpoint.objects.count() == 1


def test_a_checkpoint_holds_the_head_of_every_stream_and_the_root_over_all_events(keep):
    keep(7)
    checkpoint = services.take_checkpoint(at=AT)
    heads = {stream.code: [stream.seq, stream.sha256, stream.sm3] for stream in Stream.objects.exclude(pk="checkpoints")}
    assert json.loads(bytes(checkpoint.body)) == {
        "v": 1,
        "number": 1,
        "at": "2021-04-30T00:00:00.000000Z",
        "size": 7,
        "root_sha256": checkpoint.root_sha256,
        "root_sm3": checkpoint.root_sm3,
        "heads": heads,
    }
    assert {code: head[0] for code, head in heads.items()} == {"440305007000": 3, "440305007001": 2, "440305007002": 2}
    rows = Event.objects.order_by("stream", "seq")
    for name in HASHES:
        leaves = [leaf(HASHES[name], bytes.fromhex(getattr(row, name))) for row in rows]
        assert merkle.root(HASHES[name], leaves).hex() == getattr(checkpoint, f"root_{name}")


def test_checkpoints_are_a_chain_of_their_own(keep):
    keep(2)
    first = services.take_checkpoint(at=AT)
    keep(2)
    second = services.take_checkpoint(at=AT)
    assert (first.number, second.number) == (1, 2)
    assert first.digests == linked(NOTHING, bytes(first.body))
    assert second.digests == linked(first.digests, bytes(second.body))


def test_the_short_code_and_the_qr_text_carry_size_and_root(keep):
    keep(3)
    checkpoint = services.take_checkpoint(at=AT)
    assert checkpoint.short_code == f"3-{checkpoint.root_sha256[:16]}"
    assert checkpoint.qr_text == f"LINLI-TRAIL:1:3:{checkpoint.root_sha256.upper()}"


def test_every_event_is_proved_and_every_checkpoint_continued_across_tiles(keep):
    """600 events are two full tiles of 256 and a part of one; the checkpoints fall inside, on and across their borders."""
    checkpoints = []
    for grown in (1, 99, 156, 1, 255, 88):  # 1, 100, 256, 257, 512, 600
        keep(grown)
        checkpoints.append(services.take_checkpoint(at=AT))
    assert [checkpoint.size for checkpoint in checkpoints] == [1, 100, 256, 257, 512, 600]
    assert (Tile.objects.count(), Leaf.objects.count()) == (2, 600)
    latest = checkpoints[-1]
    some = Event.objects.filter(leaf__index__in=[0, 1, 99, 100, 255, 256, 257, 511, 512, 599])
    for proof in selectors.proofs_of(some, latest):
        for name, hash in HASHES.items():
            path = [bytes.fromhex(each) for each in proof[f"path_{name}"]]
            found = root_by_inclusion(hash, leaf(hash, bytes.fromhex(proof[name])), proof["leaf"], 600, path)
            assert found.hex() == getattr(latest, f"root_{name}")
    for old in checkpoints[:-1]:
        proof = selectors.consistency_of(old, latest)
        for name, hash in HASHES.items():
            roots = [bytes.fromhex(getattr(each, f"root_{name}")) for each in (old, latest)]
            path = [bytes.fromhex(each) for each in proof[f"path_{name}"]]
            assert is_consistent(hash, old.size, roots[0], 600, roots[1], path)


def test_an_event_is_proved_in_an_older_checkpoint_too(keep):
    keep(5)
    first = services.take_checkpoint(at=AT)
    keep(5)
    services.take_checkpoint(at=AT)
    event = Event.objects.get(leaf__index=2)
    assert selectors.covering_checkpoint(event) == first
    [proof] = selectors.proofs_of([event], first)
    assert (proof["leaf"], proof["size"]) == (2, 5)


def test_an_event_waits_for_its_checkpoint(keep):
    keep(1)
    before = services.take_checkpoint(at=AT)
    keep(1)
    event = Event.objects.get(leaf=None)
    assert selectors.covering_checkpoint(event) is None
    with pytest.raises(LookupError):
        selectors.proofs_of([event], before)


def test_a_receipt_leads_back_to_its_event(keep):
    sealed = keep(4)[-1]
    assert selectors.event_of_receipt(f" {sealed.receipt.upper()} ").id == sealed.event_id
    for wrong in (sealed.receipt[:-1] + "x", f"440305007000/1/{'0' * 16}", "", "a/b/c"):
        assert selectors.event_of_receipt(wrong) is None
