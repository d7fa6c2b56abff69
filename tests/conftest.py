"""What every test stands on."""

import gc
import os
from collections.abc import Generator, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.template.base import Template
from django.test import TransactionTestCase
from django.test.utils import _TestState, instrumented_test_render, setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer

from tests.browser import browser, visitor
from tests.longest_first import FileByFile, longest_first
from tests.migrated import copied_for
from tests.seals import lifted

# One browser for the whole run: a second one beside it would not start.
__all__ = ["browser", "visitor"]


# --- the trail's sealed tables -------------------------------------------------------------------------------------
@pytest.fixture(autouse=True, scope="session")
def sealed_tables_can_be_emptied() -> Iterator[None]:
    """A transactional test ends by emptying every table; the seals come off for exactly that moment, in tests only."""
    empty = TransactionTestCase._fixture_teardown

    def lift_and_empty(case: TransactionTestCase) -> None:
        with lifted(case._databases_names(include_mirrors=False)):
            empty(case)

    TransactionTestCase._fixture_teardown = lift_and_empty  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = empty  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """The index of similar needs outlives a test's database: what the next test's place has is not in it."""
    from linli.records.needs.selectors import similar

    similar._held.clear()


# --- what templates were given is not noted ----------------------------------------------------------------------------------
@pytest.fixture(autouse=True, scope="session")
def nothing_noted(django_test_environment: None) -> None:
    """Django's client copies what every piece of a page was given, for the few tests that ask (`contexts`)."""
    Template._render = _TestState.saved_data.template_render


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that asks an answer for its `context`."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


# --- on SQLite the migrations run once, not once a run -----------------------------------------------------------------
@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    worker_id: str,
) -> Iterator[None]:
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            kept = setup_databases(verbosity=0, interactive=False)
            yield
            teardown_databases(kept, verbosity=0)
        return
    with django_db_blocker.unblock():
        own = copied_for(worker_id)
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(own)
    yield
    with django_db_blocker.unblock():
        connection.close()
    for file in own.parent.glob(own.name + "*"):
        file.unlink(missing_ok=True)


# --- nothing is looked for among what stays -------------------------------------------------------------------------------
gc.disable()  # while code and tests are read in


def pytest_collection_finish() -> None:
    """Code and tests that were read in are there to the end; the collector of garbage need not go through them every time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 40)
    gc.enable()


# --- the work of two workers -----------------------------------------------------------------------------------------------
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor != "sqlite":
        _leave_out(config, items, [item for item in items if not _asks_a_database(item)])
    longest_first(items)


def _asks_a_database(item: pytest.Item) -> bool:
    """On another database a test shows something new only if it asks one; the others have said all they can on SQLite."""
    asked = {"db", "transactional_db", "live_server", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def _leave_out(config: pytest.Config, items: list[pytest.Item], left_out: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileByFile:
    return FileByFile(config, log)


# --- in CI nothing may be skipped --------------------------------------------------------------------------------------
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What is left out there is said to be left out by choosing (`-m`), never by skipping."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
