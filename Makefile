# Everything a person does with this tree. `make demo` and `make test` set themselves up.
PY   ?= python3
BIN  := .venv/bin
PORT ?= 8000
SIZE ?= avanzando-juntas
UV   := 0.13.9
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lock messages docs clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/.ok .venv/.assets .venv/.messages ## the environment, the front end and the catalogues, nothing more

# uv where it can be had and reaches the packages (seconds), pip otherwise (a minute): the same hashes either way.
# TEJIDO_SKIP_ASSETS: the front end and the catalogues are steps of their own below.
.venv/.ok: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tejido needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make setup PY=python3.11")'
	@test -x $(BIN)/python || $(PY) -m venv .venv
	@echo "Installing what Tejido needs (locked, with hashes) …"
	@export TEJIDO_SKIP_ASSETS=1; \
	{ $(BIN)/python -m pip install -q --only-binary :all: "uv==$(UV)" && \
	  $(BIN)/uv pip install -q --system-certs --python $(BIN)/python --require-hashes -r requirements.lock && \
	  $(BIN)/uv pip install -q --system-certs --python $(BIN)/python --no-deps -e . ; } || \
	{ echo "uv cannot do it here; pip does the same, and takes longer …" && \
	  $(BIN)/python -m pip install -q --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -q --no-deps -e . ; }
	@touch $@

.venv/.assets: .venv/.ok package.json package-lock.json tsconfig.json tools/frontend.py $(shell find frontend -type f 2>/dev/null)
	@echo "Building the front end …"
	@$(BIN)/python tools/frontend.py
	@touch $@

.venv/.messages: .venv/.ok $(wildcard locale/*/LC_MESSAGES/django.po)
	@$(BIN)/python tools/catalogues.py compile
	@touch $@

demo: setup ## plant the demonstration and serve it on 127.0.0.1:8000 (PORT=8123 elsewhere, SIZE=national for the large one)
	@$(BIN)/tejido demo --serve --size $(SIZE) --port $(PORT)

test: setup ## everything that decides what lands
	@$(BIN)/python tools/check.py

check: setup ## the quick part of `make test`: format, lint, contracts, types
	@$(BIN)/python tools/check.py --quick

format: setup ## put code and templates into the house's shape
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix . ; $(BIN)/djlint --quiet --reformat src

lock: .venv/.ok ## lock the newest allowed versions, with hashes and without addresses
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --group dev --python-version 3.11 --upgrade pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --group spark --python-version 3.11 --upgrade -o requirements-spark.lock

messages: .venv/.ok ## bring the catalogues up to what the source says
	@$(BIN)/python tools/catalogues.py update

docs: .venv/.ok ## make the pages of docs/reference that come from the code
	@$(BIN)/python tools/docs.py

clean: ## forget what was built (the data in var/ stays)
	@rm -rf .venv .spark node_modules src/tejido/web/static/dist build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
