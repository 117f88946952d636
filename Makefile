# What can be done here. `make` alone tells; each step is done once for each version of its lock.

PYTHON ?= python3
VENV := var/venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps

# Stamps carry the hash of what they were made from, so that a fresh clone beside a kept var/ is quick.
hash = $(shell cat $(1) 2>/dev/null | cksum | tr ' ' '-')
RUN := $(STAMPS)/run-$(call hash,requirements/run.txt)
DEV := $(STAMPS)/dev-$(call hash,requirements/dev.txt)
PACKAGE := $(STAMPS)/package-$(call hash,pyproject.toml hatch_build.py package.json package-lock.json scripts/assets.py)
WORDS := $(patsubst %.po,%.mo,$(wildcard src/kunnig/locale/*/LC_MESSAGES/django.po))

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run test fmt lint types floors browser coverage words docs lock bench
.DELETE_ON_ERROR:

help: ## Tell what can be done
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(PACKAGE) $(WORDS) ## Set up what is missing, load the demo county and serve it
	@KUNNIG_DEBUG=yes exec $(BIN)/kunnig serve --demo

test: lint types floors ## Run every check that this machine allows, cheap ones first
	@scripts/test

fmt: $(DEV) ## Format the code
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format .

lint: $(DEV) $(PACKAGE) $(WORDS) ## Check style, spelling, templates, catalogues and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/djlint --lint --quiet src
	$(BIN)/codespell src tests scripts docs *.md
	$(BIN)/python -m scripts.words check
	$(BIN)/kunnig makemigrations --check --dry-run

types: $(DEV) $(PACKAGE) ## Check the types
	$(BIN)/mypy

floors: $(DEV) ## Check that words flow down only
	PYTHONPATH=src $(BIN)/lint-imports --no-logo

coverage: $(DEV) $(PACKAGE) $(WORDS) ## Report which branches the tests never take
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --ignore tests/journeys --cov --cov-report term

browser: $(DEV) $(PACKAGE) $(WORDS) ## Run the journeys in a browser one can watch
	scripts/with-postgres $(BIN)/python -m pytest tests/journeys --headed --slowmo 200 $(ARGS)

words: $(DEV) ## Gather the texts of the house into its catalogues
	$(BIN)/python -m scripts.words gather

docs: $(DEV) $(PACKAGE) ## Write the pages that are made from the code
	$(BIN)/python -m scripts.docs

lock: $(RUN) ## Pin what requirements/*.in ask for; UPGRADE=name moves one
	$(PIP) install --require-hashes -r requirements/lock.txt
	for each in run dev node lock; do \
	  $(LOCK) $(addprefix --upgrade-package ,$(UPGRADE)) requirements/$$each.in -o requirements/$$each.txt || exit; \
	done

bench: $(DEV) $(PACKAGE) $(WORDS) ## Measure pages, papers and imports
	for each in $$(grep -l __main__ bench/*.py); do \
	  scripts/with-postgres $(BIN)/python -m bench.$$(basename $$each .py) || exit; \
	done

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kunnig needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)

$(RUN): | $(BIN)/python
	@mkdir -p $(STAMPS)
	$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

$(DEV): | $(RUN)
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

ifeq ($(wildcard src/kunnig/static/vendor),)
.PHONY: $(PACKAGE)
endif
# The hook of the package builds the assets with npm: the machine's own, or that of a wheel.
$(PACKAGE): | $(RUN)
	@test "$$(npm --version 2>/dev/null | cut -d. -f1)" -ge 10 2>/dev/null \
	  || $(PIP) install --require-hashes -r requirements/node.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

%.mo: %.po | $(RUN)
	$(BIN)/python -m scripts.words compile
