# Set up, run and check jlab-qtwindows. Everything lives in .venv and build/; each target
# sets up what it needs first, and setting up again costs nothing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# jlpm and jupyter-builder call each other by name.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Compiled once, not by each of the hundreds of processes that the checks start.
unexport PYTHONDONTWRITEBYTECODE

BUNDLE := jlab_qtwindows/labextension/package.json
SOURCES := $(shell find labextension/src labextension/style labextension/schema -type f 2>/dev/null) \
	labextension/package.json labextension/tsconfig.json docs/cell-running.md

.DEFAULT_GOAL := help
.PHONY: help run test check demo bench bench-cells fidelity libraries first-hour compat private-names lint check-python check-panel kernels clean packages-run packages-test

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

run: packages-run $(BUNDLE) ## JupyterLab with a copy of the example notebook open
	@$(BIN)/python examples/run.py $(ARGS)

test: packages-test $(VENV)/.ready $(BUNDLE) ## every check there is
	@$(MAKE) --no-print-directory -j 2 --output-sync lint check-panel kernels
	@$(MAKE) --no-print-directory check-python

check: lint ## before a commit: style, types, import rules, tests of what has changed
	@tests=$$(.ci/changed-tests); [ -z "$$tests" ] || \
		$(BIN)/python -m pytest -q -n 2 -m "not e2e" $$tests $(ARGS)

demo: packages-test $(VENV)/.ready $(BUNDLE) ## the example notebook without a user; see build/demo
	$(BIN)/python examples/demo.py

bench: packages-test $(VENV)/.ready $(BUNDLE) ## figures of merit, as ratios of one interleaved run
	PYTHONPATH=examples:tests/e2e $(BIN)/python benchmarks/run.py $(ARGS)

bench-cells: packages-test $(VENV)/.ready $(BUNDLE) kernels ## cells in kernels with a GUI loop; docs/cell-running.md
	PYTHONPATH=examples:tests/e2e $(BIN)/python benchmarks/cells.py $(ARGS)

fidelity: packages-test $(VENV)/.ready $(BUNDLE) ## Matplotlib's gallery and tests, compared; see build/fidelity
	PYTHONPATH=examples:tests/e2e $(BIN)/python benchmarks/fidelity/run.py $(ARGS)

libraries: packages-test $(VENV)/.ready $(BUNDLE) ## thirty-five libraries, compared, and used; docs/libraries.md
	PYTHONPATH=examples:tests/e2e:benchmarks/fidelity $(BIN)/python benchmarks/libraries/run.py $(ARGS)

first-hour: packages-test $(VENV)/.ready $(BUNDLE) ## what a new user waits for, in a fresh clone
	PYTHONPATH=examples:tests/e2e $(BIN)/python benchmarks/firsthour/run.py $(ARGS)

compat: packages-test $(VENV)/.ready $(BUNDLE) ## other versions of Python, Matplotlib, Jupyter; docs/compatibility.md
	$(BIN)/python benchmarks/compat/run.py $(ARGS)

private-names: packages-test $(VENV)/.ready $(BUNDLE) ## each private name taken away in turn; docs/private-names.md
	ALL_PRIVATE_NAMES=1 $(BIN)/python -m pytest -q -n 2 tests/privatenames $(ARGS)

lint: $(VENV)/.ready $(BUNDLE) ## style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	cd labextension && jlpm lint:check

check-panel: $(BUNDLE) ## the panel's unit tests
	cd labextension && jlpm test

check-python: packages-test $(VENV)/.ready $(BUNDLE) kernels ## all Python tests, also end to end
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

kernels: $(VENV)/.ready ## kernels of older ipykernel versions, for the tests
	@.ci/pinned-kernels $(BIN)/python

clean: ## remove everything that was built or set up
	rm -rf $(VENV) build dist jlab_qtwindows/labextension labextension/lib labextension/node_modules

packages-run:
	@.ci/system-packages run

packages-test:
	@.ci/system-packages test

$(VENV)/.base: pyproject.toml labextension/package.json labextension/yarn.lock
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		|| { echo "Python 3.10 or newer is needed; name it with: make PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || .ci/step "Making a Python environment" $(PYTHON) -m venv $(VENV)
	@.ci/step "" $(BIN)/python -m pip install -q --upgrade 'pip>=25.1'
	@.ci/step "Installing JupyterLab" $(BIN)/python -m pip install -q --no-compile --group run
	@# Of an earlier set-up: pip has written install.json into it, by the link that
	@# `develop` makes, and would now find that file twice. The bundle is built again after it.
	@rm -rf $(dir $(BUNDLE)) && mkdir -p $(dir $(BUNDLE))
	@SKIP_JUPYTER_BUILDER=1 .ci/step "" \
		$(BIN)/python -m pip install -q --no-compile --no-build-isolation -e .
	@touch $@

$(VENV)/.ready: $(VENV)/.base
	@.ci/step "Installing what the checks need" $(BIN)/python -m pip install -q --no-compile --group dev
	@# Some packages have files that only look like Python: templates.
	@.ci/step "" sh -c '$(BIN)/python -m compileall -q -j 0 $(VENV)/lib || true'
	@touch $@

$(BUNDLE): $(SOURCES) $(VENV)/.base
	@.ci/step "Fetching what the panel is built of" sh -c 'cd labextension && jlpm install --immutable'
	@.ci/step "Building the panel" sh -c 'cd labextension && jlpm build'
	@.ci/step "" jupyter-builder develop . --overwrite
	@touch $@
