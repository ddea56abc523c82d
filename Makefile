# zicha: the commands of everyday work. `make help` lists them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := build/peers
N ?= 300
SEED ?= 1
DATABASE ?= sqlite
WEBHOOK ?=
CORE := assessments dialogue journeys localization rubric services standards

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick torture bench gallery

help: ## show these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: $(STAMP) ## build .venv and install what is pinned; does nothing when nothing changed

$(STAMP): requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	sh requirements/fonts.sh $(BIN)/python
	touch $(STAMP)

demo: setup ## sandbox, bot and database in one; prints the address of the chat page
	$(BIN)/zicha demo

test: setup ## everything: lint, types, import contracts, all tests; DATABASE=postgresql
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --database $(DATABASE)

quick: setup ## the pure core and the house rules, in less than 30 seconds
	$(BIN)/pytest -q -n 2 -m "not slow" $(addprefix tests/,$(CORE))

torture: setup ## kill -9 at random moments: N=300 SEED=1 DATABASE=postgresql WEBHOOK=1
	$(BIN)/python -m tests.torture --kills $(N) --seed $(SEED) --database $(DATABASE) $(if $(WEBHOOK),--webhook)

gallery: setup ## every screen in both languages: build/gallery/index.html and PNGs
	$(BIN)/python -m gallery

bench: setup $(PEERS)/.installed ## zicha beside other bots: docs/performance.md; QUICK=--quick for two minutes
	$(BIN)/python -m benchmarks $(QUICK)

$(PEERS)/.installed: requirements/bench.txt
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@
