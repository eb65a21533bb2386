# demo · test · check · fix · bench · fuzz · torture · docs
PYTHON ?= python3
PORT ?= 8000
SERVE ?= yes
BIN := .venv/bin
export R2COM_DATA ?= data
export R2COM_KEYS ?= keys

.PHONY: demo test check fix bench fuzz torture verifiers docs lock messages clean

demo: .venv/run
ifeq ($(SERVE),no)
	$(BIN)/r2com demo --prepare
else
	$(BIN)/r2com demo --port $(PORT)
endif

test: .venv/dev
	$(BIN)/python -m tests.run

check: .venv/dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

fix: .venv/dev
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: .venv/dev
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.benchmarks

# 10,000 requests to the API and 10,000 to the forms that nobody would think of; the suite sends some hundreds.
fuzz: .venv/dev
	FUZZED=$(or $(REQUESTS),10000) $(BIN)/python -m pytest tests/properties/test_fuzzed_api.py tests/properties/test_every_form.py -s

# Kills, cuts and copies under load, on invented people; writes docs/reference/reliability.md.
torture: .venv/dev
	PYTHONPATH=src $(BIN)/python -m tests.torture $(TRIALS)
	PYTHONPATH=src $(BIN)/python -m tests.torture.trail

# Ask verifiers written by others about our certificates; needs Node.js. Nothing is installed in this folder.
verifiers: .venv/dev
	PYTHONPATH=src $(BIN)/python -m tests.verifiers

docs: .venv/dev
	$(BIN)/python -m tests.references --write
	R2COM_FRICTION=write $(BIN)/python -m pytest tests/e2e/test_contact.py tests/e2e/test_friction.py
	R2COM_SCREENSHOTS=docs/images $(BIN)/python -m pytest tests/e2e/test_walk.py -k en

messages: .venv/dev
	$(BIN)/python -m tests.messages --write

lock: .venv/dev
	$(BIN)/python -m pip install --quiet uv
	cd requirements && for set in run dev; do ../$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal $$set.in -o $$set.txt; done

# The package itself is installed from this folder, so that a change is seen at once.
.venv/run: requirements/run.txt pyproject.toml hatch_build.py $(wildcard src/r2com/config/locale/*/LC_MESSAGES/*.po)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv data keys
