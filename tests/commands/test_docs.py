"""The generated reference says what the code and the packs say now."""

from linli.commands.reference.permissions import who_may
from linli.records.needs.permissions import HELP
from linli.records.notices.permissions import ANSWER_OBJECTION, READ_NOTICE


def test_a_row_is_said_in_words() -> None:
    assert who_may(READ_NOTICE) == "everybody"
    assert who_may(HELP) == "residents of the community; whoever holds an office anywhere"
    assert who_may(ANSWER_OBJECTION).endswith("— but not whoever is recused or objector")


def test_every_page_is_made_with_something_on_it() -> None:
    from linli.commands.docs import pages

    made = {name: page() for name, page in pages().items()}
    assert "| `/needs/<slug:code>/` | GET | `read_need` | everybody |" in made["permissions.md"]
    assert "**no door**" not in made["permissions.md"]
    assert "| `need.checked` | 需求已核实 · Need checked | real, findings *(personal)* |" in made["events.md"]
    assert "**" in made["procedures.md"] and "`micro_project` moves a case." in made["procedures.md"]
