"""Paragraphs keep their anchors from version to version, and what changed in them is found sign by sign."""

from linli.rules.matching.paragraphs import Span, carried, compared, is_heading, spans, split

OLD = [(1, "第一章 总则"), (2, "评议由居民议事会进行。"), (3, "到会不足三分之二的，另行召集。"), (4, "本指引由民政局解释。")]


def test_a_text_is_split_at_its_lines() -> None:
    assert split("一、总则\r\n\r\n　　评议由居民议事会进行。 \n\t\n完") == ["一、总则", "评议由居民议事会进行。", "完"]


def test_headings_are_told_from_sentences() -> None:
    assert [
        is_heading(words) for words in ("第一章 总则", "二、评议", "第二条 评议由议事会进行。", "二、评议由议事会进行。")
    ] == [
        True,
        True,
        False,
        False,
    ]


def test_unchanged_and_slightly_changed_paragraphs_keep_their_anchor() -> None:
    after = ["第一章 总则", "评议由居民议事会在晚上进行。", "有利益关系的成员回避。", "本指引由民政局解释。"]
    assert carried(OLD, after) == [1, 2, None, 4]


def test_a_paragraph_that_moved_keeps_its_anchor() -> None:
    after = ["本指引由民政局解释。", "第一章 总则", "评议由居民议事会进行。", "到会不足三分之二的，另行召集。"]
    assert carried(OLD, after) == [4, 1, 2, 3]


def test_no_anchor_is_given_twice() -> None:
    assert carried([(1, "同一句话。")], ["同一句话。", "同一句话。"]) == [1, None]


def test_what_changed_stayed_came_and_went() -> None:
    new = [(1, "第一章 总则"), (2, "评议由居民议事会在晚上进行。"), (5, "有利益关系的成员回避。"), (4, "本指引由民政局解释。")]
    found = compared(OLD, new)
    assert [(one.anchor, one.kind) for one in found] == [
        (1, "same"),
        (2, "changed"),
        (3, "removed"),
        (5, "added"),
        (4, "same"),
    ]
    assert found[1].spans == (Span("same", "评议由居民议事会"), Span("new", "在晚上"), Span("same", "进行。"))


def test_one_that_stands_elsewhere_is_moved_and_not_changed() -> None:
    found = compared(OLD, [OLD[3], OLD[0], OLD[1], OLD[2]])
    assert [(one.anchor, one.kind) for one in found] == [(4, "moved"), (1, "same"), (2, "same"), (3, "same")]


def test_spans_put_together_give_both_texts_again() -> None:
    before, after = "会议提前三天通知。", "会议应当提前五个工作日通知全体成员。"
    found = spans(before, after)
    assert "".join(one.words for one in found if one.kind != "new") == before
    assert "".join(one.words for one in found if one.kind != "gone") == after
