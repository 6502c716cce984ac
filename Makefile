# The words a newcomer types. `make run` shows the show, `make test` proves the code.

PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check

# Of fifteen thousand modules a fifth is ever imported: those are compiled when they are,
# not all by pip, and kept even where the shell forbids it.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := $(PIP) install --no-compile --quiet

.PHONY: run serve desk test lint types imports unit coverage bench bench-pull bench-pull-long bench-publish bench-mark bench-attacks bench-scale audit sbom bench-faults lock schemas clean bench-desk

run: $(VENV)/.run
	$(VENV)/bin/python publish.py

serve: $(VENV)/.run
	$(VENV)/bin/python publish.py serve

desk: $(VENV)/.run
	$(VENV)/bin/python publish.py desk

# PyTorch comes first and with its own dependencies: which build fits (CPU, CUDA)
# depends on the machine and on the registry, all else is the same everywhere.
# To choose a build yourself: make run TORCH="--index-url …"
TORCH ?=
$(VENV)/.run: requirements.lock pyproject.toml
	$(PYTHON) tools/check_python.py
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing; the first time this takes a minute or two."
	$(INSTALL) --progress-bar on --constraint requirements.lock $(TORCH) torch
	$(INSTALL) --progress-bar on --no-deps --requirement requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@# where this folder's name is not ASCII, no Python could read it under LC_ALL=C
	echo ../../../.. | tee $(VENV)/lib/python*/site-packages/_editable_impl_pullquote.pth
	touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock tools/chromium.sh tools/others.sh
	$(INSTALL) --progress-bar on --no-deps --requirement requirements-dev.lock
	sh tools/chromium.sh $(VENV)/bin/python
	sh tools/others.sh
	touch $@

test: lint types imports unit

lint: $(VENV)/.test
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	@# a merge's marks in a template or a page, which no linter of Python reads
	@! git grep -nE '^(<<<<<<<|>>>>>>>) '

types: $(VENV)/.test
	$(VENV)/bin/mypy

imports: $(VENV)/.test
	$(VENV)/bin/lint-imports

# Compiles what the tests import, once: else each of their processes does, at the same time.
# What cannot be imported the tests themselves say.
$(VENV)/.collected: $(VENV)/.test
	$(VENV)/bin/python -m pytest --collect-only --quiet >$@ || true

# Two more tests at once than there are cores, up to six; see tests/conftest.py.
unit: $(VENV)/.collected
	$(VENV)/bin/python -m pytest --numprocesses logical --dist worksteal

# Which lines and branches the tests reach; that takes half as long again.
coverage: $(VENV)/.test
	$(VENV)/bin/coverage erase
	$(VENV)/bin/coverage run -m pytest --numprocesses logical --dist worksteal
	$(VENV)/bin/coverage combine --quiet
	$(VENV)/bin/coverage report

# The recordings to measure on; they are not part of this repository.
AUDIO ?= ../shared/audio

# An hour; ROWS="speed clips" for some rows, ROWS=table for what was measured before.
bench: $(VENV)/.test
	$(VENV)/bin/python bench/transcribe.py --audio $(AUDIO) $(ROWS)
	$(if $(ROWS),,$(VENV)/bin/python bench/mixed_panels.py)

# Channels, a show that moves, faults and enclosures; ten minutes.
bench-pull: $(VENV)/.test
	$(VENV)/bin/python bench/pull.py $(AUDIO) --json bench/results/pull.json

# Ten hours in one recording, and how much memory they take; a quarter of an hour.
bench-pull-long: $(VENV)/.test
	$(VENV)/bin/python bench/pull_long.py $(AUDIO)/webinars/dev1-sciatica.opus --json bench/results/pull_long.json

bench-publish: $(VENV)/.test
	sh tools/others.sh --all
	$(VENV)/bin/python publish.py build
	$(VENV)/bin/python bench/build.py --answers 10000 --pelican --whole --grow 1000 3000 30000
	$(VENV)/bin/python bench/build_edits.py
	$(VENV)/bin/python bench/publish.py --audio $(AUDIO)
	$(VENV)/bin/python tools/make_scale.py

# 100,000 hostile inputs over everything that reads what comes from outside.
bench-attacks: $(VENV)/.test
	$(VENV)/bin/python bench/attacks.py $(SHORT)
	$(VENV)/bin/python tools/make_scale.py

# Two workers against one, kills of worker, scheduler and client; an archive with faults;
# the shelf of 5,000 episodes, the search in 30,000 answers; then what it comes to. Three
# hours, most of them the archive; SHORT=--short takes two minutes and writes nothing.
bench-scale: $(VENV)/.test
	$(VENV)/bin/python bench/scale.py $(SHORT)
	$(VENV)/bin/python bench/archive.py $(SHORT)
	$(VENV)/bin/python bench/desk_shelf.py $(SHORT)
	$(VENV)/bin/python bench/search.py $(SHORT)
	$(VENV)/bin/python tools/make_scale.py

# Every stage killed, filled, cut, garbled and raced 500 times, then run again.
bench-faults: $(VENV)/.test
	$(VENV)/bin/python bench/faults.py $(SHORT)
	$(VENV)/bin/python tools/make_scale.py

# What is known to be vulnerable in the lock files, and what a release consists of.
audit: $(VENV)/.test
	$(VENV)/bin/python tools/audit.py

sbom: $(VENV)/.test
	$(VENV)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible --output-file sbom.json

# About an hour: the webinars are transcribed once, the talks cross-validated.
bench-mark: $(VENV)/.test
	$(VENV)/bin/python bench/mark.py --folds 3 --curve

# Under ten minutes; DESK=--short for a first look, DESK="--only typing" for a part.
bench-desk: $(VENV)/.test
	$(VENV)/bin/python bench/desk.py $(DESK)

lock:
	tools/lock.sh

schemas: $(VENV)/.run
	$(VENV)/bin/python tools/make_schemas.py

clean:
	rm -rf $(VENV) site .pullquote .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
