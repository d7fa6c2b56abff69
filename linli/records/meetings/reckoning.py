"""The arithmetic of a decision. Pure: numbers and readings in, the whole reckoning out, shares as exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from linli.rules.gates.model import Plain
from linli.rules.plain.texts import Text
from linli.rules.policy.reading import Reading

Answer = Literal["yes", "no", "unset", "waived", "not_asked"]


@dataclass(frozen=True, slots=True)
class Room:
    """Who counts for one item: those entitled and those of them present, without the recused."""

    entitled: int
    present: int
    recused: tuple[str, ...] = ()  # refs of the recusals observed
    recused_entitled: int = 0
    recused_present: int = 0


@dataclass(frozen=True, slots=True)
class Votes:
    in_favour: int
    against: int
    abstain: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstain


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share a session asks for. `reading` None: the session asks for none. `waived`: the rules ask for none until it is set."""

    reading: Reading | None
    by: Literal["at_least", "more_than"] = "at_least"
    of: Literal["present", "entitled", "cast"] = "present"
    waived: bool = False

    @property
    def share(self) -> Fraction | None:
        value = self.reading.value if self.reading else None
        return value if isinstance(value, Fraction) else Fraction(value) if type(value) is int else None

    def answer(self, reached: Fraction | None) -> Answer:
        """Whether a share reaches it. Nobody has set it: "unset", neither yes nor no, or "waived" where the rules say so."""
        if self.reading is None:
            return "not_asked"
        if self.share is None:
            return "waived" if self.waived else "unset"
        if reached is None:
            return "no"
        return "yes" if (reached > self.share if self.by == "more_than" else reached >= self.share) else "no"

    def plain(self, reached: Fraction | None) -> dict[str, Plain]:
        """As it is kept: what was read, where it comes from, what was reached, the answer."""
        read = self.reading
        return {
            "parameter": read.parameter if read else "",
            "state": read.state if read else "not_asked",
            "share": _text(self.share),
            "by": self.by,
            "of": self.of,
            "clause": read.clause if read else "",
            "version": read.version if read else "",
            "rules_on": read.on.isoformat() if read else "",
            "set_by": read.local.set_by if read and read.local else "",
            "reached": _text(reached),
            "answer": self.answer(reached),
        }


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One vote on one item."""

    method: Literal["count", "roll_call"]
    room: Room
    votes: Votes
    quorum: Threshold
    decides: Threshold

    @property
    def present_share(self) -> Fraction | None:
        return _share(self.room.present, self.room.entitled)

    @property
    def approve_share(self) -> Fraction | None:
        """For, of all votes cast by those present and not recused. None when nobody voted."""
        return _share(self.votes.in_favour, self.votes.cast)

    @property
    def deciding_share(self) -> Fraction | None:
        """For, of the number the session names."""
        base = {"present": self.room.present, "entitled": self.room.entitled, "cast": self.votes.cast}[self.decides.of]
        return _share(self.votes.in_favour, base)

    def plain(self) -> dict[str, Plain]:
        """What is kept with the motion. Never just a verdict."""
        votes, room = self.votes, self.room
        return {
            "method": self.method,
            "entitled": room.entitled,
            "present": room.present,
            "recused": list(room.recused),
            "recused_entitled": room.recused_entitled,
            "recused_present": room.recused_present,
            "for": votes.in_favour,
            "against": votes.against,
            "abstain": votes.abstain,
            "not_voted": room.present - votes.cast,
            "approve_share": _text(self.approve_share),
            "approve_share_of": "for + against + abstain, present and not recused",
            "for_share_of_present": _text(_share(votes.in_favour, room.present)),
            "for_share_of_entitled": _text(_share(votes.in_favour, room.entitled)),
            "quorum": self.quorum.plain(self.present_share),
            "decides": self.decides.plain(self.deciding_share),
            "reasons": [{"zh": text.zh, "en": text.en} for text in self.reasons()],
        }

    def reasons(self) -> Sequence[Text]:
        return [
            _room_sentence(self.room),
            _threshold_sentence(Text("到会", "present"), self.quorum, self.present_share),
            _votes_sentence(self.votes),
            _threshold_sentence(Text("同意", "in favour"), self.decides, self.deciding_share),
        ]


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _text(share: Fraction | None) -> str:
    return "" if share is None else f"{share.numerator}/{share.denominator}"


def _room_sentence(room: Room) -> Text:
    zh = f"应到 {room.entitled} 人，实到 {room.present} 人"
    en = f"{room.present} present of {room.entitled} entitled"
    if not room.recused:
        return Text(zh + "，无人回避。", en + "; nobody recused.")
    out = len(room.recused)
    return Text(zh + f"；回避 {out} 人，已不计入。", en + f"; {out} recused and not counted.")


def _votes_sentence(votes: Votes) -> Text:
    if not votes.cast:
        return Text("没有人表决。", "Nobody voted.")
    return Text(
        f"同意 {votes.in_favour} 票，反对 {votes.against} 票，弃权 {votes.abstain} 票。",
        f"{votes.in_favour} for, {votes.against} against, {votes.abstain} abstaining.",
    )


def _threshold_sentence(of: Text, threshold: Threshold, reached: Fraction | None) -> Text:
    answer = threshold.answer(reached)
    if answer == "not_asked":
        return Text(f"本类会议没有规定{of.zh}比例。", f"This kind of meeting asks for no share {of.en}.")
    if answer == "waived":
        return Text(
            f"{of.zh}比例没有设定；设定以前，规定不作要求。",
            f"No share {of.en} has been set, and the rules ask for none until it is.",
        )
    if answer == "unset":
        return Text(f"{of.zh}比例尚未设定，只记录、不判断。", f"The share {of.en} has not been set: recorded, not judged.")
    words = Text("须超过", "more than") if threshold.by == "more_than" else Text("须达到", "at least")
    met = Text("，已达到。", ": reached.") if answer == "yes" else Text("，未达到。", ": not reached.")
    got = _text(reached) or "0"
    return Text(
        f"{of.zh}比例 {got}，{words.zh} {_text(threshold.share)}{met.zh}",
        f"Share {of.en} {got}, needed {words.en} {_text(threshold.share)}{met.en}",
    )
