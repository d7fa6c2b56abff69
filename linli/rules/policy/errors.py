"""What is wrong with a pack, said like a good teacher: where, why, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from linli.rules.plain.texts import Text
from linli.rules.policy.complaints import COMPLAINTS, NOTES
from linli.rules.policy.models import Where


@dataclass(frozen=True, slots=True)
class PackError:
    """One mistake. `file` is relative to the packs folder; `kind` is its name in the table of complaints."""

    file: str
    line: int
    reason: Text
    mend: Text
    kind: str = ""

    def in_language(self, language: str) -> str:
        """`<pack>/parameters/all.yaml:12: reason mend` in one line."""
        return f"{self.file}:{self.line}: {self.reason.in_language(language)} {self.mend.in_language(language)}"


class PackErrors(Exception):
    """Every mistake of one load, in the order of files and lines."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        self.errors: tuple[PackError, ...] = tuple(errors)
        super().__init__("\n".join(error.in_language("en") for error in self.errors))


class Findings:
    """Collects mistakes and notes, each once however often it is met."""

    def __init__(self) -> None:
        self._errors: dict[PackError, None] = {}
        self._notes: dict[PackError, None] = {}

    def add(self, kind: str, where: Where, **words: object) -> None:
        """A mistake: `words` fill the sentences of the table of complaints."""
        self._errors[_said(COMPLAINTS[kind], kind, where, words)] = None

    def note(self, kind: str, where: Where, **words: object) -> None:
        """Something worth knowing that does not stop a pack from being used."""
        self._notes[_said(NOTES[kind], kind, where, words)] = None

    @property
    def errors(self) -> tuple[PackError, ...]:
        return tuple(sorted(self._errors, key=_place))

    @property
    def notes(self) -> tuple[PackError, ...]:
        return tuple(sorted(self._notes, key=_place))


def _place(error: PackError) -> tuple[str, int, str, str]:
    return error.file, error.line, error.kind, error.reason.zh


def _said(sentences: tuple[Text, Text], kind: str, where: Where, words: dict[str, object]) -> PackError:
    reason, mend = sentences
    return PackError(where.file, where.line, _filled(reason, words), _filled(mend, words), kind)


def _filled(text: Text, words: dict[str, object]) -> Text:
    zh = {key: _shown(word, "、") for key, word in words.items()}
    en = {key: _shown(word, ", ") for key, word in words.items()}
    return Text(text.zh.format(**zh), text.en.format(**en))


def _shown(word: object, comma: str) -> str:
    if isinstance(word, Text):
        return word.zh if comma == "、" else word.en
    if isinstance(word, str):
        return word
    if isinstance(word, Iterable):
        return comma.join(str(part) for part in word) or "—"
    return str(word)
