"""The trail as files that an outsider checks with one Python file. The format: docs/reference/trail-export.md."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from linli.records.trail import selectors
from linli.records.trail.models import CHECKPOINTS, Checkpoint, Event, Stream
from linli.records.trail.spelling import line_of
from linli.rules.proof import verifier

FORMAT = "linli-trail/1"


def write_trail(target: Path) -> None:
    """The whole trail into a folder, or into one zip if the name ends with `.zip`. Reads row by row; any size will do."""
    last = selectors.latest_checkpoint()
    heads = {stream.code: stream.seq for stream in Stream.objects.exclude(pk=CHECKPOINTS).order_by("code")}
    manifest = {"format": FORMAT, "events": sum(heads.values()), "streams": len(heads), "checkpoints": last.number if last else 0}
    files = {
        "export.json": [manifest],
        "checkpoints.jsonl": map(line_of, Checkpoint.objects.filter(number__lte=manifest["checkpoints"]).order_by("number")),
        "events.jsonl": map(line_of, _in_order_of_the_tree(last, heads)),
    }
    _write(target, {name: map(_line, lines) for name, lines in files.items()})


def package_of(events: Iterable[Event]) -> dict[str, bytes]:
    """The files an archive package keeps under `trail/`: some events, each with its path to the latest root.

    Beside it stand the checkpoints that first covered them (those a notice of the time was printed with), shown to be
    continued by the latest. Take a checkpoint first: LookupError if an event has none yet.
    """
    chosen = list(events)
    latest = selectors.latest_checkpoint()
    covering = {found.number: found for found in selectors.covering_checkpoints(chosen) if found}
    if latest is None or not chosen:
        raise LookupError("there is nothing under a checkpoint to pack")
    covering[latest.number] = latest
    checkpoints = [covering[number] for number in sorted(covering)]
    return {
        "proofs.jsonl": b"".join(map(_line, selectors.proofs_of(chosen, latest))),
        "checkpoints.jsonl": b"".join(map(_line, map(line_of, checkpoints))),
        "consistency.jsonl": b"".join(_line(selectors.consistency_of(old, latest)) for old in checkpoints[:-1]),
        "verifier.py": Path(verifier.__file__).read_bytes(),
    }


def _in_order_of_the_tree(last: Checkpoint | None, heads: dict[str, int]) -> Iterator[Event]:
    """First what checkpoints cover, leaf by leaf; then what still waits for one."""
    covered = {code: head[0] for code, head in last.heads.items()} if last else {}
    yield from Event.objects.filter(leaf__index__lt=last.size if last else 0).order_by("leaf__index").iterator()
    for code, seq in heads.items():
        waiting = Event.objects.filter(stream=code, seq__gt=covered.get(code, 0), seq__lte=seq)
        yield from waiting.order_by("seq").iterator()


def _line(value: object) -> bytes:
    # ASCII, so that no tool on the way can change a letter.
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _write(target: Path, files: dict[str, Iterable[bytes]]) -> None:
    if target.suffix == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, lines in files.items():
                with archive.open(name, "w", force_zip64=True) as entry:
                    entry.writelines(lines)
        return
    target.mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        with (target / name).open("wb") as file:
            file.writelines(lines)
