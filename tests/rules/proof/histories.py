"""Exports made up without a database: by an honest house, and by an owner who rewrites everything and seals it again."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from linli.rules.proof.canonical import canonical
from linli.rules.proof.digests import NOTHING, Pair, linked, sm3
from linli.rules.proof.verifier import COLUMNS, Tree, sha256

START = datetime(2021, 4, 8, tzinfo=UTC)
Content = dict[str, object]  # an event's body without its place in the chain


@dataclass
class Sealer:
    """Seals contents one after the other, as the house does."""

    heads: dict[str, tuple[int, Pair]] = field(default_factory=dict)
    last: Pair = NOTHING
    number: int = 0
    trees: tuple[Tree, Tree] = field(default_factory=lambda: (Tree(sha256), Tree(sm3)))

    def event(self, content: Content) -> dict[str, object]:
        seq, head = self.heads.get(str(content["stream"]), (0, NOTHING))
        content = {**content, "seq": seq + 1}
        body = canonical(content)
        now = linked(head, body)
        self.heads[str(content["stream"])] = (seq + 1, now)
        for tree, digest in zip(self.trees, (now.sha256, now.sm3), strict=True):
            tree.append(bytes.fromhex(digest))
        return {**{name: content[name] for name in COLUMNS}, **_line(body, head, now)}

    def checkpoint(self, at: str) -> dict[str, object]:
        self.number += 1
        heads = {stream: [seq, pair.sha256, pair.sm3] for stream, (seq, pair) in self.heads.items()}
        roots = {"root_sha256": self.trees[0].root().hex(), "root_sm3": self.trees[1].root().hex()}
        body = canonical({"v": 1, "number": self.number, "at": at, "size": self.trees[0].size, **roots, "heads": heads})
        before, self.last = self.last, linked(self.last, body)
        return _line(body, before, self.last)


def _line(body: bytes, before: Pair, now: Pair) -> dict[str, object]:
    digests = {"prev_sha256": before.sha256, "sha256": now.sha256, "prev_sm3": before.sm3, "sm3": now.sm3}
    return {"body": body.decode(), **digests}


@dataclass
class History:
    """Everything an export holds, in memory."""

    events: list[dict[str, object]]
    checkpoints: list[dict[str, object]]

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        files = {
            "events.jsonl": self.events,
            "checkpoints.jsonl": self.checkpoints,
            "export.json": [{"events": len(self.events)}],
        }
        for name, lines in files.items():
            (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
        return folder


def contents(count: int, streams: int, seed: int = 1) -> Iterator[Content]:
    """Events of several communities, a minute apart."""
    chance = random.Random(seed)
    for n in range(count):
        yield {
            "v": 1,
            "stream": f"44030500{chance.randrange(streams):04d}",
            "kind": "need.verified",
            "subject": f"need:{n}",
            "by": f"person:{chance.randrange(50)}",
            "office": "community.party_committee",
            "at": (START + timedelta(minutes=n)).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "decision": "",
            "data": {"findings": f"演示 {n}", "amount_fen": chance.randrange(50_000_000)},
        }


def sealed(written: Iterable[Content], sizes: Iterable[int]) -> History:
    """An export that agrees with itself, with a checkpoint at each of `sizes`."""
    sealer, events, checkpoints, wanted = Sealer(), [], [], set(sizes)
    for content in written:
        events.append(sealer.event(content))
        if len(events) in wanted:
            checkpoints.append(sealer.checkpoint(str(content["at"])))
    return History(events, checkpoints)
