"""Texts to test with. The words are made up."""

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import services
from linli.records.texts.models import Call, Comment, Document
from linli.rules.plain.subjects import Subject
from tests.records.evidence.makers import AT, day, days_later

MATTER = Subject("text", "7")
OFFICE = "district.civil_affairs"
WORDS = "第一章 总则\n评议由居民议事会进行。\n到会不足规定比例的，另行召集。\n有利益关系的成员回避。"


def begun(place: Place, clerk: Person, **more) -> Document:
    return services.begin_text(
        **{
            "subject": MATTER,
            "kind": "rule",
            "place": place,
            "title": "评议工作指引（征求意见稿）",
            "by": clerk,
            "at": AT,
            "office": OFFICE,
            "words": WORDS,
            **more,
        }
    )


def opened(document: Document, clerk: Person, **more) -> Call:
    """Until the 22nd; the 8th is the day it opens."""
    return services.open_call(
        **{
            "document": document,
            "by": clerk,
            "at": AT,
            "ends_on": day("2021-04-22"),
            "set_document": "演示〔2021〕1 号公告",
            "contact": "pl@example.org",
            **more,
        }
    )


def said(document: Document, words: str = "建议评议会安排在晚上。", **more) -> Comment:
    return services.take_comment(**{"document": document, "words": words, "at": days_later(1), **more})


def closed(document: Document, clerk: Person) -> Call:
    return services.close_call(document=document, by=clerk, at=days_later(15))
