"""What the first read says is so: its files are there, its addresses resolve, its names are in the demonstration."""

import re
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, get_resolver

from linli.demonstration.laying.offices import posts
from linli.demonstration.stories.briefs import BRIEFS
from linli.demonstration.stories.old import OLD
from linli.demonstration.stories.urgent import URGENT

HOUSE = Path(__file__).parents[2]
WAY = (HOUSE / "docs/explanation/way-of-a-need.md").read_text(encoding="utf-8")
HOUR = (HOUSE / "docs/tutorial/first-hour.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:linli|packs)/[\w./-]+)`", WAY + HOUR))))
def test_every_file_it_names_is_there(path: str) -> None:
    assert (HOUSE / path).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:portal|desk):\w+)`", WAY + HOUR))))
def test_every_address_it_names_resolves(name: str) -> None:
    space, _, view = name.partition(":")
    known = get_resolver().namespace_dict[space][1].reverse_dict
    if view not in known:
        raise NoReverseMatch(name)


def test_the_walk_names_projects_and_accounts_of_the_demonstration() -> None:
    titles = {each.title for each in (*BRIEFS, *OLD, *URGENT)}
    bold = {name for name in re.findall(r"\*\*([^*]+)\*\*", HOUR) if re.search(r"[\u4e00-\u9fff]", name)}
    assert bold - titles == {"田厦社区"}
    users = {post.user for post in posts()}
    assert set(re.findall(r"`([a-z]+\.[a-z]+)`", HOUR)) - {"verifier.py"} <= users
