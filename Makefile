# A thin menu: what is built from what is decided in pipeline/build/graph.py.

# makes the environment; where none is named, the distribution's own of this version where there is one
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python
READY := .venv/ready
# each of many processes would compile the whole project again
unexport PYTHONDONTWRITEBYTECODE
# what of the user's settings would bring in other packages, or put ours elsewhere
unexport PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONINSPECT PYTHONWARNINGS PYTHONOPTIMIZE
unexport PIP_TARGET PIP_PREFIX PIP_USER PIP_PYTHON PIP_ROOT UV_TARGET UV_PREFIX UV_SYSTEM_PYTHON UV_PROJECT_ENVIRONMENT
# handed over by the environment, so that any path or name is safe from the shell
SETTINGS := DATA OUT NAME FROM SET CLUSTER ARTICLE RELEASE FRESH CELL_SECONDS STRESS_MINUTES STRESS_SEED
export $(SETTINGS)
# as typed: make would take the $ in a name for the beginning of a variable
$(foreach name,$(SETTINGS),$(eval override $(name) := $$(value $(name))))

.DEFAULT_GOAL := all
.PHONY: all help test data tables claims site why notebook lab refresh bench lint clean lock
.PHONY: import new-study workbook checksums archive published places verdicts stress canary report

## all        everything: tables, notebooks, summary (the default); DATA=folder OUT=folder for your own study
all: $(READY) ; @$(PY) -m pipeline all

## test       unit tests, reference values, doctests and every committed notebook
test: $(READY) ; @$(PY) -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder --nbval -p pipeline.notebooks.pytest_plugin

## stress     the long tests, 15 minutes at most: faults, bad input, both kinds of kernel, all pages (STRESS_MINUTES=5)
stress: $(READY) ; @$(PY) -m pytest tests/stress -n 3 --maxschedchunk 1

## canary     the study with the newest versions of all packages: which outputs move (needs a network)
canary: $(READY) ; @$(PY) -m benchmarks.canary

## data       validate data/raw and write data/processed
data: $(READY) ; @$(PY) -m pipeline data

## tables     Tables 1-4 and their comparison with the published values
tables: $(READY) ; @$(PY) -m pipeline tables

## claims     every claim of the article with its verdict, and the tally
claims: $(READY) ; @$(PY) -m pipeline claims

## site       the web pages, and everything they show: results/site/index.html
site: $(READY) ; @$(PY) -m pipeline site

## why        what is stale, and why
why: $(READY) ; @$(PY) -m pipeline why

## notebook   one notebook with parameters of your own: NAME=04-trends SET="base_year=2017"
notebook: $(READY) ; @$(PY) -m pipeline notebook

## lab        JupyterLab in the project's environment, on this machine only
lab: $(READY) ; @$(PY) -m pipeline lab

## refresh    renew what is committed and made: outputs in notebooks/, results in README, codebook
refresh: $(READY)
	@$(PY) -m pipeline refresh && $(PY) -m pipeline codebook && $(PY) -m pipeline critical-values && $(PY) -m pipeline all && $(PY) -m pipeline readme

## published  transcribe published.csv from the article's text: ARTICLE=path/to/article.txt
published: $(READY) ; @$(PY) -m article.transcribe "$$ARTICLE" data/raw/published.csv

## verdicts   which verdicts moved since the last release, and why; RELEASE=0.2.0 records one
verdicts: $(READY) ; @$(PY) -m article.claims.history "$$RELEASE"

## places     confirm that each place still holds the sentence of its claim: ARTICLE=path/to/article.txt
places: $(READY) ; @$(PY) -m article.claims.places "$$ARTICLE"

## import     a study from a table as an office hands it out: FROM=file-or-folder NAME=folder
import: $(READY) ; @$(PY) -m pipeline import

## new-study  a folder to fill in, with tables, schema, help and study.xlsx: NAME=folder
new-study: $(READY) ; @$(PY) -m pipeline new-study

## workbook   the study in DATA=folder as one workbook: OUT=study.xlsx
workbook: $(READY) ; @$(PY) -m pipeline workbook

## checksums  renew the checksums in DATA=folder after editing its tables
checksums: $(READY) ; @$(PY) -m pipeline checksums

## archive    data, code and results in one zip that says what is in it: OUT=file.zip (default dist/)
archive: $(READY) ; @$(PY) -m pipeline archive

## report     one page for who decides, as web page, Word and PDF: results/summary.*; CLUSTER=x: a memo of one
report: .venv/report ; @$(PY) -m pipeline report

## bench      speed beside papermill's command line and other rivals; NAME=trend runs one part
bench: $(READY) ; @$(PY) -m benchmarks

## lint       ruff: rules and format; mypy: types of the library and of the registry of claims
lint: $(READY) ; @$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(PY) -m mypy

## lock       renew requirements.lock and requirements-report.lock from pyproject.toml
lock: NEW := .build/new
lock: $(READY)
	@rm -rf $(NEW) && mkdir -p $(NEW)
	@$(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy requires-python \
	  --no-emit-index-url --no-emit-find-links --no-annotate --generate-hashes \
	  --extra site --extra test --extra bench --extra imputation --extra build \
	  --custom-compile-command "make lock" -q pyproject.toml -o $(NEW)/requirements.lock
	@$(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["report"], sep="\n")' \
	  | $(BIN)/uv pip compile --universal --python-version 3.11 -c $(NEW)/requirements.lock \
	  --no-emit-index-url --no-emit-find-links --no-annotate --generate-hashes \
	  --custom-compile-command "make lock" -q - -o $(NEW)/requirements-report.lock
	@$(PY) -m benchmarks.wheels $(NEW)/requirements.lock requirements-uv.lock
	@mv $(NEW)/requirements.lock $(NEW)/requirements-report.lock .

## clean      remove results and the state of the build; edited notebooks and the environment stay
clean:
	@if [ -d results/notebooks/edited ]; then rm -rf results-edited && mv results/notebooks/edited results-edited; fi
	@rm -rf results .build
	@if [ -d results-edited ]; then mkdir -p results/notebooks && mv results-edited results/notebooks/edited \
	  && echo "Kept: results/notebooks/edited"; fi

## help       list these targets
help: ; @sed -n 's/^## //p' Makefile

# made anew, or mended, when the place of this folder or the content of these files is another
LOCKS := pyproject.toml requirements.lock requirements-uv.lock
export ENVIRONMENT_WANTED := $(shell pwd -P; cksum $(LOCKS))
ifneq ($(ENVIRONMENT_WANTED) $(PY),$(shell cat $(READY) 2>/dev/null) $(wildcard $(PY)))
.PHONY: $(READY)
endif
$(READY): ; @$(PYTHON) -I pipeline/environment.py $(if $(filter file,$(origin PYTHON)),--choose)

.venv/report: $(READY) requirements-report.lock
	@echo "Installing what writes Word and PDF (once, 70 MB) ..."
	@$(BIN)/uv pip install -q --python $(PY) --require-hashes -r requirements-report.lock \
	  || $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-report.lock
	@echo ok > $@
