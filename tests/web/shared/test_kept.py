"""A kept piece shows what it is given, whatever was given before."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import override

from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.tags import kept
from linli.web.shared.tags.kept import kept_piece
from linli.web.shared.tags.story import stamp

STAMP = "shared/pieces/stamp.html"


def test_other_values_another_language_and_another_day_make_another_piece(monkeypatch) -> None:
    title = Text("公示中", "On notice")
    assert "公示中" in stamp(title, "waiting")
    with override("en"):
        assert "On notice" in stamp(title, "waiting")
    assert "tone-done" in stamp(title, "done") and "已归档" in stamp(Text("已归档", "On notice"), "waiting")
    day = {"last_day": date(2026, 1, 2), "tone": "waiting", "over": False, "overdue": False, "days_over": 0}
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 1))
    assert "还剩 1 天" in kept_piece("shared/pieces/countdown.html", day)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 2))
    assert "今天截止" in kept_piece("shared/pieces/countdown.html", day)


def test_what_is_said_and_what_is_marked_safe_are_never_taken_for_each_other() -> None:
    said = {"title": "<b>重要</b>", "tone": "done", "shape": "tick"}
    marked = {**said, "title": SafeString("<b>重要</b>")}
    assert "<b>重要</b>" in kept_piece(STAMP, marked)
    assert "&lt;b&gt;重要&lt;/b&gt;" in kept_piece(STAMP, said)


def test_no_more_is_kept_than_there_is_room_for(monkeypatch) -> None:
    kept.forget()
    monkeypatch.setattr(kept.shelf, "most", 600)
    for number in range(50):
        stamp(f"第 {number} 步", "done")
    assert 0 < kept.shelf.size <= 600
    kept.forget()
