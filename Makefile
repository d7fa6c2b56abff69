# Two commands: `make run` serves the real thing, `make test` proves it. `make help` lists the rest.
# The system's own Python is compiled with every optimisation, one built at home often without: a tenth slower. `PYTHON=…` is another.
PYTHON ?= $(shell for one in /usr/bin/python3 python3; do \
	$$one -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && exit; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-compile
export PYTHONUNBUFFERED := 1
# What was compiled once is kept, whatever the surroundings say: each half of the tests and each worker reads the same files.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo test test-sqlite test-postgres check format requirements translations docs benchmarks clean

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(BIN)/python:
	@echo "· environment"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt requirements/fonts.txt | $(BIN)/python
	@echo "· libraries (pinned by hash)"
	@$(PIP) -r requirements/run.txt && $(PIP) -r requirements/fonts.txt
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "· libraries for the tests"
	@$(PIP) -r requirements/test.txt
	@touch $@

run: $(VENV)/.run  ## serve the demonstration district on http://127.0.0.1:8000/
	@$(BIN)/python -m linli.commands.main translations
	@$(BIN)/python -m linli.commands.main demo
	@$(BIN)/python -m linli.commands.main serve

SCALE ?= district
demo: $(VENV)/.run  ## build the demonstration without serving it (SCALE=city: all 788 communities)
	@$(BIN)/python -m linli.commands.main translations
	@$(BIN)/python -m linli.commands.main demo --scale $(SCALE)

translations: $(VENV)/.run  ## compile the English texts
	@$(BIN)/python -m linli.commands.main translations

test: $(VENV)/.test translations  ## everything: SQLite and PostgreSQL side by side; the browser where there is Chromium
	@$(BIN)/python -m tests.halves

test-sqlite: $(VENV)/.test translations
	@$(BIN)/pytest -n 2 -m "not postgres"

test-postgres: $(VENV)/.test translations
	@$(BIN)/python -m tests.with_postgres $(BIN)/pytest -n 2 -m "not browser" tests/records tests/web tests/journeys

check: $(VENV)/.test translations  ## format, lint, types, layers, packs, translations, migrations
	@$(BIN)/python -m tests.check

format: $(VENV)/.test
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

requirements: $(VENV)/.test  ## which sentences of the regulations have a test that shows them
	@$(BIN)/python -m tests.requirements

docs: $(VENV)/.test  ## write the generated reference anew
	@$(BIN)/python -m linli.commands.main docs

benchmarks: $(VENV)/.test  ## every figure, one after the other
	@for bench in benchmarks/bench_*.py; do $(BIN)/python -m benchmarks.$$(basename $$bench .py) || exit 1; done

clean:
	rm -rf $(VENV) var static-built
