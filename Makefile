# One place for every command. `make run` is all a newcomer needs.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Node from the Python package trusts the system's certificates only when told to.
export NODE_USE_SYSTEM_CA := 1
DEMO = DEBUG=1 SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)}
CHECKED := SECRET_KEY=checked-only-$(shell printf '%064d' 0)-not-used-for-serving SITE_URL=https://portal.example.org

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
FRONT := package.json package-lock.json reference/region.json $(wildcard frontend/* frontend/*/*)
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
POSTGRES ?= postgres://$(shell id -un)@127.0.0.1:5432/test
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.PHONY: help build run demo code test test-postgres prove check bench messages lock format screenshots clean
.DELETE_ON_ERROR:

help:
	@echo "make run            serve the demo on http://127.0.0.1:$(PORT)"
	@echo "make code           the digits of the demo staff's second step"
	@echo "make test           every test on SQLite (COVERAGE=1 tells what the tests reach)"
	@echo "make test-postgres  every test but those of looks alone, on PostgreSQL (DATABASE_URL)"
	@echo "make check          lint, types, settings, migrations, translations"
	@echo "make messages       bring the translations up to the code"
	@echo "make lock           lock the packages anew"
	@echo "make format         format the code"
	@echo "make screenshots    take the README's pictures anew"

# --- Set-up: each step runs only when what it is made of has changed ------------------------------

var/.python: requirements.txt
	@echo "Installing the Python packages ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@mkdir -p var && touch $@

var/.python-dev: requirements-dev.txt var/.python
	@echo "Installing the packages for development ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

var/.node: requirements-node.txt var/.python
	@node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null \
		&& npm --version >/dev/null 2>&1 \
		|| { echo "Installing Node ..."; $(PIP) -r requirements-node.txt; }
	@touch $@

var/.packages: package-lock.json var/.node
	@echo "Installing the front-end packages ..."
	@npm ci --silent --no-progress
	@touch $@

var/.translated: $(CATALOGUES) var/.python
	@$(DEMO) $(BIN)/python manage.py catalogue compile
	@touch $@

var/.built: $(FRONT) var/.packages
	@echo "Building the front end ..."
	@npm run --silent build
	@touch $@

var/.collected: var/.built portal/core/staticfiles.py
	@$(DEMO) $(BIN)/python manage.py collectstatic --noinput --clear -v0
	@touch $@

var/.ready: var/.collected var/.translated
	@touch $@

# --- Running ---------------------------------------------------------------------------------------

build: var/.ready

demo: var/.ready
	@$(DEMO) $(BIN)/python manage.py migrate -v0
	@test -f var/.demo || { $(DEMO) $(BIN)/python manage.py load_demo && touch var/.demo; }

run: demo
	@echo "Mötesplats: http://127.0.0.1:$(PORT)/  (mail is written to var/mail/)"
	@echo "Sign in as sokande@, handlaggare@, sekreterare@ or admin@example.org; password demo-portal-2026"
	@echo "(staff: the digits of the second step by “make code”, or an app with the key JBSWY3DPEHPK3PXP)"
	@$(DEMO) $(BIN)/gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --threads 4 --log-level warning

code: var/.python
	@$(DEMO) $(BIN)/python manage.py demo_code

# --- Proving ---------------------------------------------------------------------------------------

test: var/.ready var/.python-dev
	@$(PYTEST) $(if $(COVERAGE),--cov --cov-report=term:skip-covered)

test-postgres: var/.ready var/.python-dev
	@DATABASE_URL=$${DATABASE_URL:-$(POSTGRES)} $(PYTEST)

# The long proofs, on both engines: counts as JSON in var/proofs, and a failure where one falls short.
PROVEN := DEBUG=1 DJANGO_SETTINGS_MODULE=portal.settings EMAIL_URL=dummymail://
prove: var/.ready var/.python-dev
	@mkdir -p var/proofs && rm -f var/proofs/proof.sqlite3*
	@$(PROVEN) DATABASE_URL=sqlite:///$(CURDIR)/var/proofs/proof.sqlite3 $(BIN)/python -m tests.prove.killing
	@$(BIN)/python -m tests.prove.database $${DATABASE_URL:-$(POSTGRES)}
	@$(PROVEN) DATABASE_URL=$$($(BIN)/python -m tests.prove.database --name $${DATABASE_URL:-$(POSTGRES)}) $(BIN)/python -m tests.prove.killing

check: var/.ready var/.python-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	@$(CHECKED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run
	@$(CHECKED) $(BIN)/python manage.py catalogue check
	@$(CHECKED) $(BIN)/mypy

# Measured beside each other on one machine: the figures are for comparing, not for boasting.
SCALE ?= 1000
AGREEMENTS ?= 20
bench: var/.ready
	@mkdir -p var/bench
	@rm -f var/bench/*.sqlite3*
	@$(DEMO) DATABASE_URL=$${DATABASE_URL:-sqlite:///$(CURDIR)/var/bench/bench.sqlite3} sh -c '\
		$(BIN)/python manage.py migrate -v0 && \
		$(BIN)/python manage.py load_demo --scale $(SCALE) --agreements $(AGREEMENTS) && \
		DEBUG=0 SECRET_KEY=bench-only $(BIN)/python manage.py bench'

# --- Keeping ---------------------------------------------------------------------------------------

messages: var/.python
	@$(DEMO) $(BIN)/python manage.py catalogue update

COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-strip-extras --universal --python-version 3.11 --no-header --no-emit-index-url

lock: var/.python-dev
	@$(COMPILE) pyproject.toml -o requirements.txt
	@$(COMPILE) pyproject.toml --extra dev -o requirements-dev.txt
	@$(COMPILE) --group node -o requirements-node.txt

format: var/.python-dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

screenshots: PORT = 8123
screenshots: demo var/.python-dev
	@$(DEMO) $(BIN)/gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --threads 4 --log-level warning --pid var/screenshots.pid --daemon
	@sleep 3; $(DEMO) $(BIN)/python docs/screenshots.py http://127.0.0.1:$(PORT) $$(command -v chromium-headless-shell || command -v chromium); \
		status=$$?; kill $$(cat var/screenshots.pid); exit $$status

clean:
	rm -rf var .venv node_modules
