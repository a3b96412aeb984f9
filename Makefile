# Vuokra: `make run` starts it, `make test` tests it. Python 3.11 and make are all that is needed.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= 20000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
POSTGRES15 ?= /usr/lib/postgresql/15/bin
export PORT SIZE

.PHONY: run test test-full check bench lock help

help:
	@echo "make run [PORT=8000] · make test · make test-full · make check · make bench [SIZE=20000] [ONLY=leases|applications]"

run: $(VENV)/.base
	@exec $(BIN)/python manage.py start

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS)

test-full: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) -m full
	@if [ -x $(POSTGRES15)/postgres ]; then \
		VUOKRA_TEST_POSTGRES=$(POSTGRES15) $(BIN)/python -m pytest -m smoke; \
	else \
		echo "Skipped: no PostgreSQL 15 in $(POSTGRES15)"; test "$$VUOKRA_REQUIRE_ALL" != 1; \
	fi

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m mypy
	$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -q tests/checks

bench: $(VENV)/.dev
	@cmp -s requirements/bench.txt $(VENV)/.bench || \
		{ $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
			-r requirements/bench.txt && cp requirements/bench.txt $(VENV)/.bench; } || \
		echo "WeasyPrint was not installed: its figure is left out."
	$(BIN)/python -m bench

# A stamp holds a copy of the lock file it was installed from.
$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	@cmp -s $< $@ || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	@cmp -s $< $@ || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vuokra needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. Install it: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Choose versions anew; pip-compile is not part of the locked tools.
lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet pip-tools
	cd requirements && for set in base dev bench; do \
		../$(BIN)/pip-compile --upgrade --generate-hashes --strip-extras --no-annotate --no-header \
			--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
			--quiet --output-file $$set.txt $$set.in; done
