# Everything a person or the next machine needs, from a plain Python 3.11 and make.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: quiz test test-slow fuzz check bench messages schema pictures docs lock clean

quiz: .venv/installed
	@$(BIN)/careerfit quiz || test $$? -eq 130  # leaving with Ctrl-C is no failure

test: .venv/developing
	$(BIN)/python -m pytest

test-slow: .venv/developing
	$(BIN)/python -m pytest -m slow

# a long run; a short one is part of `make test`
fuzz: .venv/developing
	$(BIN)/python fuzz/fuzz.py --cases 200000 --processes 2

check: .venv/developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/careerfit catalogue check data

bench: .venv/developing
	$(BIN)/python bench/startup.py
	$(BIN)/python bench/completion.py
	$(BIN)/python bench/first_question.py
	$(BIN)/python bench/engine.py
	$(BIN)/python bench/people.py
	$(BIN)/python bench/progress.py
	$(BIN)/python bench/history.py
	$(BIN)/python bench/catalogues.py

# the program's own words: collect them, merge them into the translations, compile
messages: .venv/developing
	$(BIN)/pybabel -q extract -F babel.cfg -k message -k _noop --no-location --no-wrap --omit-header --sort-output -o .venv/careerfit.pot .
	$(BIN)/pybabel -q update -D careerfit -i .venv/careerfit.pot -d src/careerfit/locale --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -D careerfit -d src/careerfit/locale

schema: .venv/installed
	mkdir -p schema
	for name in roles traits items answers result explanation comparison difference path role role-list item-list history where config error problems statistics evaluation; do $(BIN)/careerfit catalogue schema $$name > schema/$$name.json || exit 1; done

# the pictures of the README, from real runs
pictures: .venv/developing
	$(BIN)/python scripts/picture.py

# the reference of the command line, in both languages
docs: .venv/installed
	$(BIN)/python docs/cli.py en > docs/cli.md
	$(BIN)/python docs/cli.py id > docs/cli.id.md

# hashes of every package, and no address of whoever served it
lock: .venv/developing
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --output-file requirements-dev.txt

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# exactly the locked packages, then careerfit itself, built with the locked hatchling
.venv/developing: .venv/bin/python pyproject.toml requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/installed

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
