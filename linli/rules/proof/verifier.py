#!/usr/bin/env python3
"""Check an export of a Linli trail with nothing but this file and Python 3.11: no other package, no network, no database.

    python verifier.py EXPORT [--anchor ANCHOR]...

EXPORT  a folder or zip with `events.jsonl` (a whole trail) or `proofs.jsonl` (an archive package), also under `trail/`.
ANCHOR  something kept elsewhere: a published checkpoint file, the text of a printed QR code, its short code
        `102400-9f86d081884c7d65`, or the receipt of one act, `440305007001/12/9f86d081884c7d65`.

Without an anchor this shows only that the export agrees with itself: the owner of a database can rewrite all of it.
Exit code 0: everything holds. 1: something does not; the first wrong record is named. 2: it could not be checked.

    link(previous, body) = H(0x02 ‖ previous ‖ body)      body = the stored bytes; 32 zero bytes before the first
    leaf(link)           = H(0x00 ‖ link)                 tree as in RFC 6962, over all events of all streams
    node(left, right)    = H(0x01 ‖ left ‖ right)         H = SHA-256 and, beside it, SM3 (GB/T 32905)
"""

import argparse
import hashlib
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

Hash = Callable[[bytes], bytes]
Record = dict[str, Any]
Head = tuple[int, bytes, bytes]  # seq, SHA-256, SM3
ZERO = bytes(32)
parse = json.JSONDecoder().decode  # what json.loads calls, without asking each time how
NO_HEAD: Head = (0, ZERO, ZERO)
COLUMNS = ("stream", "seq", "kind", "subject", "by", "office", "at", "decision")
_PAPER = re.compile(r"(?:LINLI-TRAIL:1:)?([1-9]\d*)[:-]([0-9a-f]{16,64})", re.IGNORECASE)
_RECEIPT = re.compile(r"([^/]+)/(\d+)/([0-9a-f]{16,64})")


# --- digests -------------------------------------------------------------------------------------------------------
def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3_in_python(data: bytes) -> bytes:
    """GB/T 32905-2016, word for word; for a Python whose OpenSSL has no SM3."""
    mask = 0xFFFFFFFF

    def turn(x: int, n: int) -> int:
        n %= 32
        return (x << n | x >> (32 - n)) & mask

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (len(data) * 8).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + i : start + i + 4], "big") for i in range(0, 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            first = j < 16
            ss1 = turn((turn(a, 12) + e + turn(0x79CC4519 if first else 0x7A879D8A, j)) & mask, 7)
            tt1 = ((a ^ b ^ c if first else a & b | a & c | b & c) + d + (ss1 ^ turn(a, 12)) + (w[j] ^ w[j + 4])) & mask
            tt2 = ((e ^ f ^ g if first else e & f | ~e & g) + h + ss1 + w[j]) & mask
            a, b, c, d = tt1, a, turn(b, 9), c
            e, f, g, h = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return b"".join(x.to_bytes(4, "big") for x in state)


def fastest_sm3() -> Hash:
    try:
        start = hashlib.new("sm3")
    except ValueError:
        return sm3_in_python

    def sm3(data: bytes) -> bytes:
        hasher = start.copy()
        hasher.update(data)
        return hasher.digest()

    return sm3


def link(hash: Hash, previous: bytes, body: bytes) -> bytes:
    """The digest of a record: it seals the stored bytes and everything before them in its stream."""
    return hash(b"\x02" + previous + body)


def leaf(hash: Hash, linked: bytes) -> bytes:
    return hash(b"\x00" + linked)


def node(hash: Hash, left: bytes, right: bytes) -> bytes:
    return hash(b"\x01" + left + right)


# --- the Merkle tree -----------------------------------------------------------------------------------------------
class Tree:
    """The root of a growing tree, keeping one hash per complete subtree."""

    def __init__(self, hash: Hash) -> None:
        self.hash, self.size = hash, 0
        self.peaks: list[bytes] = []

    def append(self, linked: bytes) -> None:
        top, size = leaf(self.hash, linked), self.size
        while size & 1:
            top = node(self.hash, self.peaks.pop(), top)
            size >>= 1
        self.peaks.append(top)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return self.hash(b"")
        top = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            top = node(self.hash, peak, top)
        return top


def root_by_inclusion(hash: Hash, leaf_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that `path` leads to from a leaf (RFC 9162, 2.1.3.2); None if it cannot be a path for this place."""
    if not 0 <= index < size:
        return None
    here, last, top = index, size - 1, leaf_hash
    for beside in path:
        if last == 0:
            return None
        if here & 1 or here == last:
            top = node(hash, beside, top)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            top = node(hash, top, beside)
        here, last = here >> 1, last >> 1
    return top if last == 0 else None


def is_consistent(hash: Hash, old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of `size` only added to the tree of `old` (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not path and old_root == root
    if not 0 < old < size or not path:
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = steps[0]
    for beside in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node(hash, beside, before), node(hash, beside, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = node(hash, after, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old_root and after == root


# --- what can be wrong ---------------------------------------------------------------------------------------------
@dataclass
class Where:
    """A record, or the stretch of records in which the wrong one stands."""

    stream: str = ""
    first: int = 0
    last: int = 0
    kind: str = ""
    since: str = ""
    until: str = ""

    def in_words(self, *, zh: bool) -> str:
        seq = f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"
        parts = [
            self.stream and (f"记录链 {self.stream}" if zh else f"stream {self.stream}"),
            self.first and (f"第 {seq} 条" if zh else f"record {seq}"),
            self.kind,
            self.since if self.since == self.until else f"{self.since} … {self.until}",
        ]
        return ("，" if zh else ", ").join(str(part) for part in parts if part)


class Fault(Exception):
    """Something does not hold. `unchecked`: it could not even be compared."""

    def __init__(self, zh: str, en: str, where: Where | None = None, *, unchecked: bool = False) -> None:
        super().__init__(en)
        self.zh, self.en, self.where, self.unchecked = zh, en, where or Where(), unchecked

    def in_words(self, *, zh: bool) -> str:
        place, words = self.where.in_words(zh=zh), self.zh if zh else self.en
        if self.unchecked:
            return ("？未能核验：" if zh else "? Not checked: ") + words
        return ("✗ 第一处不符：" if zh else "✗ First wrong record: ") + (place + ("。" if zh else ". ") if place else "") + words


@dataclass
class Report:
    """What was read, for how many of the records something from outside vouches, and the first fault if there is one."""

    events: int = 0
    streams: int = 0
    checkpoints: int = 0
    proofs: int = 0
    papers: int = 0
    anchors: int = 0
    anchored: int = 0
    fault: Fault | None = None

    @property
    def code(self) -> int:
        return 0 if self.fault is None else 2 if self.fault.unchecked else 1


# --- what is given -------------------------------------------------------------------------------------------------
@dataclass
class Mark:
    """What a checkpoint says of the first `size` events. A root from paper may be only its first digits."""

    name: tuple[str, str]
    size: int
    root_sha256: str
    root_sm3: str = ""
    heads: dict[str, list[Any]] = field(default_factory=dict)
    outside: bool = False

    def holds(self, roots: Sequence[bytes | None]) -> bool:
        said = self.root_sha256, self.root_sm3
        return all(root is not None and root.hex().startswith(start) for root, start in zip(roots, said, strict=True))


def mark_of(record: Record) -> Mark:
    """ValueError if it does not say what a checkpoint says."""
    said = json.loads(record["body"])
    name = f"检查点 {said['number']}", f"checkpoint {said['number']}"
    shapes = {tuple(type(part) for part in head) for head in said["heads"].values()}
    if type(said["size"]) is not int or said["size"] < 1 or not shapes <= {(int, str, str)}:
        raise ValueError("not a checkpoint")
    return Mark(name, said["size"], said["root_sha256"], said["root_sm3"], said["heads"])


@dataclass
class Pin:
    """The first digits of a record's SHA-256, and what says so."""

    sha256: str
    name: tuple[str, str]


class Anchors:
    """Files, or the words themselves. Fault if one is none of the things an anchor can be."""

    def __init__(self, given: Iterable[str]) -> None:
        self.marks: list[Mark] = []
        self.receipts: set[tuple[str, int]] = set()
        self.pins: dict[tuple[str, int], list[Pin]] = {}  # what is known outside of a record
        for each in given:
            try:
                self._add(each)
            except (KeyError, TypeError, ValueError):
                raise Fault(f"读不懂锚点 {each}。", f"The anchor {each} cannot be read.", unchecked=True) from None

    def __len__(self) -> int:
        return len(self.marks) + len(self.receipts)

    def _add(self, given: str) -> None:
        text = (Path(given).read_text("utf-8") if Path(given).is_file() else given).strip()
        name = f"锚点 {given}", f"anchor {given}"
        if paper := _PAPER.fullmatch(text):
            self.marks.append(Mark(name, int(paper[1]), paper[2].lower(), outside=True))
        elif receipt := _RECEIPT.fullmatch(text):
            self.receipts.add((receipt[1], int(receipt[2])))
            self._pin(receipt[1], int(receipt[2]), Pin(receipt[3], (f"回执 {text}", f"receipt {text}")))
        else:
            mark = replace(mark_of(json.loads(text)), name=name, outside=True)
            self.marks.append(mark)
            for stream, (seq, digest, _) in mark.heads.items():
                self._pin(stream, seq, Pin(digest, name))

    def _pin(self, stream: str, seq: int, pin: Pin) -> None:
        self.pins.setdefault((stream, seq), []).append(pin)

    def confirm(self, record: Record, unconfirmed: Where) -> bool:
        """Whether this record, and so its stream up to here, is known outside. Fault if it is known otherwise."""
        place = record["stream"], record["seq"]
        pins = self.pins.get(place, ())
        for pin in pins:
            if not record["sha256"].startswith(pin.sha256):
                zh, en = pin.name
                raise Fault(
                    f"与{zh}不符：这里有记录被改写或换了位置。", f"Rewritten or moved: it differs from {en}.", unconfirmed
                )
        self.receipts.discard(place)
        return bool(pins)


class Export:
    """A folder or a zip; the files may stand in a folder `trail/`."""

    def __init__(self, path: Path) -> None:
        self.archive = None if path.is_dir() else zipfile.ZipFile(path)
        self.path = path

    def find(self, name: str) -> str:
        """Where a file stands; "" if there is none."""
        if self.archive is None:
            return next((each for each in (name, f"trail/{name}") if (self.path / each).is_file()), "")
        return next((each for each in self.archive.namelist() if each == name or each.endswith(f"trail/{name}")), "")

    def names(self) -> set[str]:
        """Every file, by its name inside the export."""
        if self.archive is not None:
            return {each for each in self.archive.namelist() if not each.endswith("/")}
        return {path.relative_to(self.path).as_posix() for path in self.path.rglob("*") if path.is_file()}

    def open(self, place: str) -> IO[bytes]:
        return (self.path / place).open("rb") if self.archive is None else self.archive.open(place)

    def records(self, name: str, take: Callable[[Record], None]) -> None:
        """Hand every line to `take`, none if there is no such file. A line nobody can take is a fault."""
        if not (place := self.find(name)):
            return
        with self.open(place) as file:
            for number, line in enumerate(file, start=1):
                try:
                    take(parse(line.decode()))
                except (KeyError, TypeError, ValueError, AttributeError):
                    raise Fault(f"{name} 第 {number} 行读不懂。", f"{name}, line {number}, cannot be understood.") from None


# --- checking ------------------------------------------------------------------------------------------------------
SM3 = fastest_sm3()


def place_of(record: Record) -> Where:
    seq, at = record.get("seq", 0), record.get("at", "")
    return Where(record.get("stream", ""), seq, seq, record.get("kind", ""), at, at)


def sealed(record: Record, where: Where | None = None) -> tuple[bytes, bytes]:
    """Both digests of a record or checkpoint, which must follow from its own bytes and the ones before it."""
    # A byte that is not UTF-8 (there should be none) travels as a lone surrogate.
    body = record["body"].encode("utf-8", "surrogateescape")
    made = link(sha256, bytes.fromhex(record["prev_sha256"]), body), link(SM3, bytes.fromhex(record["prev_sm3"]), body)
    for name, digest in zip(("sha256", "sm3"), made, strict=True):
        if record[name] != digest.hex():
            raise Fault(
                f"内容与摘要不符（{name}）。", f"Its content does not match its digest ({name}).", where or place_of(record)
            )
    return made


def check_columns(record: Record) -> None:
    said = parse(record["body"])
    for column in COLUMNS:
        if record[column] != said[column]:
            zh, en = f"旁列的 {column} 与封存的内容不符。", f"The column {column} differs from what was sealed."
            raise Fault(zh, en, place_of(record))


class Chains:
    """Reads every event once, in the order of the tree, and compares at every checkpoint and anchor."""

    def __init__(self, marks: Iterable[Mark], anchors: Anchors) -> None:
        self.trees = Tree(sha256), Tree(SM3)
        self.heads: dict[str, Head] = {}
        self.stretch: dict[str, Where] = {}  # per stream, what was read since the last time it was confirmed
        self.marks = sorted([*marks, *anchors.marks], key=lambda mark: (mark.size, mark.outside), reverse=True)
        self.anchors = anchors
        self.anchored = 0

    def read(self, record: Record) -> None:
        stream, seq = record["stream"], record["seq"]
        last, *digests = self.heads.get(stream, NO_HEAD)
        if seq != last + 1:
            zh, en = (
                f"此处应为第 {last + 1} 条：少了、多了或换了位置。",
                f"Record {last + 1} should stand here: missing, added or moved.",
            )
            raise Fault(zh, en, place_of(record))
        if [record["prev_sha256"], record["prev_sm3"]] != [digest.hex() for digest in digests]:
            raise Fault("没有接在前一条之后。", "It is not linked to the record before it.", place_of(record))
        now = sealed(record)
        check_columns(record)
        self._add(record, now)
        if self.anchors.confirm(record, self.stretch[stream]):
            del self.stretch[stream]
        while self.marks and self.marks[-1].size == self.trees[0].size:
            self._hold_against(self.marks.pop())

    def _add(self, record: Record, now: tuple[bytes, bytes]) -> None:
        stream, seq = record["stream"], record["seq"]
        self.heads[stream] = (seq, *now)
        for tree, linked in zip(self.trees, now, strict=True):
            tree.append(linked)
        if stretch := self.stretch.get(stream):
            stretch.last, stretch.until, stretch.kind = seq, record["at"], ""
        else:
            self.stretch[stream] = place_of(record)

    def _hold_against(self, mark: Mark) -> None:
        zh, en = mark.name
        for stream, head in sorted(mark.heads.items()):
            seq, *digests = self.heads.get(stream, NO_HEAD)
            # A stream that is further than it should be only fills the place of the one that is not far enough.
            if seq <= head[0] and [seq, *(digest.hex() for digest in digests)] != head:
                where = self.stretch.get(stream, Where(stream, seq + 1, head[0]))
                raise Fault(f"与{zh}不符：这里有记录被改写或移走。", f"Rewritten or taken away: it differs from {en}.", where)
        if not mark.holds([tree.root() for tree in self.trees]):
            words = f"与{zh}不符：这里有记录被改写、移走或换了位置。", f"Rewritten, taken away or moved: it differs from {en}."
            raise Fault(*words, self._unconfirmed())
        if mark.outside:
            self.anchored = mark.size
        # A checkpoint of the export itself confirms nothing once there is something from outside.
        if mark.outside or not self.anchors:
            self.stretch.clear()

    def _unconfirmed(self) -> Where:
        if len(self.stretch) == 1:
            return next(iter(self.stretch.values()))
        times = [time for each in self.stretch.values() for time in (each.since, each.until)]
        return Where(" ".join(sorted(self.stretch)), since=min(times, default=""), until=max(times, default=""))

    def finish(self, promised: int | None) -> None:
        """Whatever a checkpoint, an anchor or the manifest still expects is missing."""
        size = self.trees[0].size
        if self.marks:
            mark = self.marks[-1]
            raise _short(mark.name, mark.size, size, self._first_missing(mark.heads))
        if promised not in (None, size):
            raise _short(("清单", "the manifest"), promised, size, Where())

    def _first_missing(self, heads: dict[str, list[Any]]) -> Where:
        for stream, (seq, *_) in sorted(heads.items()):
            if self._last(stream) < seq:
                return Where(stream, self._last(stream) + 1, seq)
        return self._unconfirmed()

    def _last(self, stream: str) -> int:
        return self.heads.get(stream, NO_HEAD)[0]


def _short(name: tuple[str, str], expected: int | None, size: int, where: Where) -> Fault:
    return Fault(
        f"按{name[0]}应有 {expected} 条，这里有 {size} 条。", f"By {name[1]} there are {expected}, here are {size}.", where
    )


class Checkpoints:
    """Each is larger than the one before; in a whole trail each is also sealed behind it."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.by_size: dict[int, Mark] = {}
        self.last = ZERO, ZERO

    def read(self, record: Record) -> None:
        mark = mark_of(record)
        follows = [record["prev_sha256"], record["prev_sm3"]] == [digest.hex() for digest in self.last]
        self.last = sealed(record, Where(kind=" ".join(mark.name)))
        if (self.whole and not follows) or mark.size <= max(self.by_size, default=0):
            zh, en = mark.name
            raise Fault(f"{zh}没有接在前一个检查点之后。", f"{en.capitalize()} does not follow the one before it.")
        self.by_size[mark.size] = mark


class Proofs:
    """Each event of a package by its own path to the root of a checkpoint."""

    def __init__(self, marks: dict[int, Mark], anchors: Anchors) -> None:
        self.marks, self.anchors = marks, anchors
        self.leaves: list[tuple[int, int]] = []  # index, size of the tree it was proved in
        self.continued: set[tuple[int, int]] = set()
        self.digests: dict[tuple[str, int], str] = {}  # what an event says about a paper

    def read(self, record: Record) -> None:
        now, index, size = sealed(record), record["leaf"], record["size"]
        check_columns(record)
        self.anchors.confirm(record, place_of(record))
        roots = [
            root_by_inclusion(hash, leaf(hash, linked), index, size, path)
            for hash, linked, path in zip((sha256, SM3), now, paths_of(record), strict=True)
        ]
        if not self.marks[size].holds(roots):
            raise Fault("从这一条走不到检查点的树根。", "Its path does not lead to the root of the checkpoint.", place_of(record))
        self.leaves.append((index, size))
        data = parse(record["body"])["data"]
        if isinstance(data, dict) and isinstance(data.get("digest"), str):
            self.digests[record["stream"], record["seq"]] = data["digest"]

    def read_consistency(self, record: Record) -> None:
        old, new = self.marks[record["old"]], self.marks[record["size"]]
        befores, afters = (old.root_sha256, old.root_sm3), (new.root_sha256, new.root_sm3)
        for hash, before, after, path in zip((sha256, SM3), befores, afters, paths_of(record), strict=True):
            if not is_consistent(hash, old.size, bytes.fromhex(before), new.size, bytes.fromhex(after), path):
                zh, en = (
                    f"{new.name[0]}不是由{old.name[0]}续写而成。",
                    f"{new.name[1].capitalize()} does not continue {old.name[1]}.",
                )
                raise Fault(zh, en)
        self.continued.add((old.size, new.size))

    def vouched_by(self, anchor: Mark) -> int:
        """How many of the events an anchor vouches for: those under it, if their checkpoint is it or shown to continue it."""
        zh, en = anchor.name
        mark, sizes = self.marks.get(anchor.size), {size for _, size in self.leaves}
        if mark is None or any(size != mark.size and (mark.size, size) not in self.continued for size in sizes):
            raise Fault(f"这里没有能与{zh}衔接的检查点。", f"Nothing here connects to {en}.", unchecked=True)
        if not anchor.holds([bytes.fromhex(mark.root_sha256), bytes.fromhex(mark.root_sm3)]):
            raise Fault(f"{mark.name[0]}与{zh}不符。", f"{mark.name[1].capitalize()} differs from {en}.")
        return sum(index < anchor.size for index, _ in self.leaves)


class Papers:
    """The papers of an archive package: each file as the manifest says, each opened paper as its sealed event says."""

    def __init__(self, digests: dict[tuple[str, int], str]) -> None:
        self.digests = digests
        self.opened: set[str] = set()  # digests of files that a sealed event vouches for

    def check_manifest(self, export: Export) -> int:
        """How many files were compared. Fault at the first that is missing, changed or not listed."""
        if not (place := export.find("manifest.json")):
            return 0
        with export.open(place) as file:
            manifest: dict[str, str] = json.load(file)
        for name, digest in sorted(manifest.items()):
            if name not in export.names():
                raise Fault(f"缺少文件 {name}。", f"The file {name} is missing.")
            with export.open(name) as file:
                if sha256(file.read()).hex() != digest:
                    raise Fault(f"文件 {name} 与清单不符。", f"The file {name} differs from the manifest.")
        strangers = {name for name in export.names() - set(manifest) if name != place and not name.startswith("trail/")}
        if strangers:
            name = min(strangers)
            raise Fault(f"文件 {name} 不在清单里。", f"The file {name} is not in the manifest.")
        for name, digest in manifest.items():
            if name.startswith("files/original/") and digest not in self.opened:
                raise Fault(f"没有记录为文件 {name} 作证。", f"No sealed record vouches for the file {name}.")
        return len(manifest)

    def read(self, record: Record) -> None:
        body = json.dumps(record["value"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        made = sha256((record["salt"] + body).encode()).hex()
        if self.digests.get((record["stream"], record["seq"])) != made:
            where = Where(record["stream"], record["seq"], record["seq"])
            raise Fault("材料与封存的记录不符。", "A paper differs from what was sealed.", where)
        self.opened.update(record["value"].get("files", ()))


def paths_of(record: Record) -> list[list[bytes]]:
    return [[bytes.fromhex(each) for each in record[name]] for name in ("path_sha256", "path_sm3")]


def check_whole(export: Export, anchors: Anchors, report: Report) -> None:
    checkpoints = Checkpoints(whole=True)
    export.records("checkpoints.jsonl", checkpoints.read)
    chains = Chains(checkpoints.by_size.values(), anchors)
    try:
        export.records("events.jsonl", chains.read)
        manifest: Record = {}
        export.records("export.json", manifest.update)
        chains.finish(manifest.get("events"))
    finally:
        report.checkpoints = len(checkpoints.by_size)
        report.events, report.streams, report.anchored = chains.trees[0].size, len(chains.heads), chains.anchored


def check_package(export: Export, anchors: Anchors, report: Report) -> None:
    checkpoints = Checkpoints(whole=False)
    export.records("checkpoints.jsonl", checkpoints.read)
    proofs = Proofs(checkpoints.by_size, anchors)
    export.records("proofs.jsonl", proofs.read)
    export.records("consistency.jsonl", proofs.read_consistency)
    papers = Papers(proofs.digests)
    export.records("openings.jsonl", papers.read)
    report.papers = papers.check_manifest(export)
    report.proofs, report.checkpoints = len(proofs.leaves), len(checkpoints.by_size)
    report.anchored = max((proofs.vouched_by(anchor) for anchor in anchors.marks), default=0)


def check(path: Path, given: Iterable[str] = ()) -> Report:
    """Check an export against anchors. The first fault is in the report; nothing is raised."""
    report = Report()
    try:
        anchors, export = Anchors(given), Export(path)
        report.anchors = len(anchors)
        if export.find("events.jsonl"):
            check_whole(export, anchors, report)
        elif export.find("proofs.jsonl"):
            check_package(export, anchors, report)
        else:
            raise Fault("这里没有可核验的记录。", "There is nothing here to check.", unchecked=True)
        for stream, seq in sorted(anchors.receipts):
            raise Fault("这里没有回执上的那一条。", "The record of this receipt is not here.", Where(stream, seq, seq))
    except Fault as fault:
        report.fault = fault
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        report.fault = Fault(f"打不开：{error}", f"Cannot be opened: {error}", unchecked=True)
    return report


# --- the command ---------------------------------------------------------------------------------------------------
def sentences(report: Report) -> Iterator[str]:
    """The result in Chinese, then in English."""
    if report.fault:
        yield report.fault.in_words(zh=True)
        yield report.fault.in_words(zh=False)
        return
    seen = report.events or report.proofs
    yield f"✓ 全部相符：{seen} 条记录，{report.checkpoints} 个检查点；检查点锚住其中 {report.anchored} 条。"
    yield f"✓ Everything holds: {seen} records, {report.checkpoints} checkpoints; anchored by a checkpoint: {report.anchored}."
    if report.papers:
        yield f"✓ {report.papers} 份文件与清单一致。"
        yield f"✓ {report.papers} files agree with the manifest."
    if not report.anchors:
        yield "! 没有锚点：只说明这份导出自相一致。请用纸面上的检查点再核一次（--anchor）。"
        yield "! No anchor: this export only agrees with itself. Check again with a checkpoint from paper (--anchor)."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("export", type=Path, help="folder or zip / 文件夹或压缩包")
    parser.add_argument("--anchor", action="append", default=[], help="checkpoint file, code or receipt / 检查点文件、短码或回执")


def run(args: argparse.Namespace) -> int:
    report = check(args.export, args.anchor)
    for line in sentences(report):
        print(line)
    return report.code


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that lacks a letter must not hide the result
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(arguments)
    sys.exit(run(arguments.parse_args()))
