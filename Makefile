# Everything is run from here; `make help` lists it. `make demo` and `make test` set up what they need from nothing
# but Python, Node.js and Terraform.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PIPENV_VERSION := 2026.10.3
PIPENV := .tools/pipenv-$(PIPENV_VERSION)/bin/pipenv
RUN := .venv/bin/python -m
# What says that .venv holds all packages, for this very Python: another one gets an environment of its own.
PYTHON_RELEASE := $(shell $(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null)
SYNCED := .venv/.synced-$(PYTHON_RELEASE)

# The scanners need versions of packages that ours contradict; tests/scans/environment.py finds them by the same name.
SCANNERS := .tools/scanners-$(shell $(PYTHON) -c 'import hashlib; print(hashlib.sha256(open("setup/scanners.txt", "rb").read()).hexdigest()[:12])' 2>/dev/null)
SCANNERS_SYNCED := $(SCANNERS)/.synced-$(PYTHON_RELEASE)
PIP_TOOLS_VERSION := 7.6.2
PIP_TOOLS := .tools/pip-tools-$(PIP_TOOLS_VERSION)/bin/pip-compile

# The tests of one file stay together, because they share what is costly to make, in the order of tests/order.py.
BY_FILE := --dist=loadfile --no-loadscope-reorder
# A worker for each core.
PARALLEL := --numprocesses=auto --maxprocesses=4 $(BY_FILE)
# What is applied on LocalStack waits most of the time: for load balancers, gateways and queues.
APPLIED := tests/apply tests/e2e
WAITING := --numprocesses=9 $(BY_FILE)

# The environment lives in the repository, whatever other one is active. The Node variables silence the warnings
# that CDKTF's runtime prints at every start about Node versions it was not tested with.
export PIPENV_VENV_IN_PROJECT := 1
export PIPENV_IGNORE_VIRTUALENVS := 1
export PIPENV_NOSPIN := 1
export PIPENV_QUIET := 1
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20,22,24
export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION := 25,26
# Terraform and CDKTF ask their maker for newer versions at every run else.
export CHECKPOINT_DISABLE := 1

##@ Start here

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-zA-Z_-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: check-linux setup ## Apply hub and spoke on LocalStack and see log lines arrive in Loki (KEEP=1 keeps it up; LOKI_URL=… sends to yours)
	@$(RUN) tests.demo up

.PHONY: demo-down
demo-down: check-linux setup ## End a demo that was kept with KEEP=1
	@$(RUN) tests.demo down

.PHONY: test
test: check-linux setup scanners lint modules-check package-check ## Run all checks and all tests
	@$(RUN) pytest tests $(APPLIED:%=--ignore=%) $(PARALLEL) $(PYTEST_ARGS)
	@$(MAKE) applied

##@ Set-up (each target above does it when needed)

.PHONY: setup
setup: $(SYNCED) node_modules/.synced imports/.inputs.sha256 ## Install the pinned tools and generate the provider bindings

# No file has this name, so what depends on it is always made.
.FORCE:

# LocalStack and the function run as processes of this machine, and the function's packages are for Linux.
.PHONY: check-linux
check-linux: ## Check that this is Linux, which the demo and the tests need
	@[ "$$(uname -s)" = Linux ] || { echo "This needs Linux, since it runs the function's Linux package: use a container or a virtual machine. The modules and 'make deploy' work here." >&2; exit 1; }

.PHONY: check-tools
check-tools: ## Check the versions of Python, Node.js and Terraform
	@PYTHON=$(PYTHON) setup/check-tools.sh

$(PIPENV): | check-tools
	@echo "Installing pipenv $(PIPENV_VERSION) into .tools/ …"
	@$(PYTHON) -m venv --clear .tools/pipenv-$(PIPENV_VERSION)
	@.tools/pipenv-$(PIPENV_VERSION)/bin/python -m pip install --quiet --disable-pip-version-check pipenv==$(PIPENV_VERSION)

# An environment that was left half made, or whose Python has gone, is made anew.
$(SYNCED): Pipfile.lock $(if $(wildcard .venv/bin/python),,.FORCE) | $(PIPENV)
	@[ -e $@ ] && [ -x .venv/bin/python ] || rm -rf .venv
	@echo "Installing the Python packages of Pipfile.lock into .venv/ (about a minute) …"
	@$(PIPENV) sync --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@touch $@

.PHONY: scanners
scanners: $(SCANNERS_SYNCED) ## Install checkov and parliament, which `make test` runs

$(SCANNERS_SYNCED): setup/scanners.txt | check-tools
	@echo "Installing the scanners of setup/scanners.txt into .tools/ (about a minute) …"
	@$(PYTHON) -m venv --clear $(SCANNERS)
	@$(SCANNERS)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps --requirement $<
	@touch $@

# Install scripts stay off: none of what we use needs its own, and one of them downloads a binary.
node_modules/.synced: package-lock.json | check-tools
	@echo "Installing the Node packages of package-lock.json (about half a minute) …"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

imports/.inputs.sha256: cdktf_app/bindings/schema.json cdktf_app/bindings/generate.mjs $(SYNCED) node_modules/.synced
	@$(RUN) cdktf_app.bindings generate
	@touch $@

##@ Modules and packages

.PHONY: modules
modules: setup ## Write modules/ from cdktf_app
	@$(RUN) cdktf_app.emitter write

.PHONY: modules-check
modules-check: setup ## Fail when modules/ is not what cdktf_app emits
	@$(RUN) cdktf_app.emitter check

.PHONY: binding
binding: setup ## Add the binding of a provider type: make binding TYPE=aws_sqs_queue
	@$(RUN) cdktf_app.bindings add $(or $(TYPE),$(error name the type: make binding TYPE=aws_sqs_queue))

.PHONY: package
package: setup ## Build the functions' zips
	@$(RUN) cdktf_app.packaging build

.PHONY: package-check
package-check: setup ## Fail when a zip is not what lambda_src makes
	@$(RUN) cdktf_app.packaging check

.PHONY: docs
docs: setup ## Write docs/environment.md from the function's settings
	@PYTHONPATH=lambda_src $(RUN) cdktf_app.documentation

.PHONY: proto
proto: setup ## Generate the Python code by which the tests read pushes
	@$(RUN) grpc_tools.protoc --proto_path=. --python_out=. --mypy_out=. tests/proto/logproto.proto

##@ Deployment (of deployment.yaml, or the file that ALB_LOKI_DEPLOYMENT names; CDKTF_ARGS="…" for more options)

# How many stacks are worked on at the same time; CDKTF would start Terraform for all of them.
PARALLELISM ?= 4
# Each stack would download the provider, and once more the checksums that only HCP Terraform needs.
deploy diff destroy: export TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE := true
ONE := --skip-provider-lock $(CDKTF_ARGS)
MANY := --parallelism $(PARALLELISM) $(ONE)
NAMED := $(foreach stack,$(or $(STACKS),*),'$(stack)')
# Spokes without their hub: it is there already.
ALONE := $(if $(STACKS),$(if $(filter hub-%,$(STACKS)),,--ignore-missing-stack-dependencies))

.PHONY: deploy
deploy: setup ## Deploy all hubs and spokes with cdktf, or some: make deploy STACKS="hub-eu spoke-shop"
	@cdktf deploy $(NAMED) $(ALONE) $(MANY)

.PHONY: diff
diff: setup ## Show what a deployment would change, of all stacks or some: make diff STACKS=hub-eu
	@$(RUN) cdktf_app.main
	@for stack in $(or $(STACKS),$$(python -c 'import json; print(*json.load(open("cdktf.out/manifest.json"))["stacks"])')); do \
	  cdktf diff "$$stack" --skip-synth $(ONE); done

.PHONY: destroy
destroy: setup ## Destroy all spokes and hubs with cdktf, or some: make destroy STACKS=spoke-shop
	@cdktf destroy $(NAMED) $(MANY)

##@ Work on the code

.PHONY: lint
lint: setup ## Check style and types
	@ruff check --quiet
	@ruff format --check --quiet
	@mypy --no-error-summary

.PHONY: format
format: setup ## Format the code and mend what ruff can
	@ruff check --fix --quiet
	@ruff format --quiet

.PHONY: unit
unit: setup ## Run the tests that need neither LocalStack nor AWS
	@$(RUN) pytest tests/unit $(PARALLEL) $(PYTEST_ARGS)

.PHONY: applied
applied: check-linux setup scanners ## Run the tests that apply on LocalStack: make applied PYTEST_ARGS="-k hub_networks --keep-on-failure"
	@$(RUN) pytest $(APPLIED) $(WAITING) $(PYTEST_ARGS)

.PHONY: bench
bench: setup ## Measure the packaged function as Lambda runs it, emission and synthesis (BENCH_ARGS="--help")
	@$(RUN) tests.bench $(BENCH_ARGS)

.PHONY: fuzz
fuzz: setup ## Fuzz what reads keys, events, objects and lines (FUZZ_SECONDS=60 for each)
	@PYTHONPATH=lambda_src $(RUN) tests.fuzz --seconds $(or $(FUZZ_SECONDS),60)

# Where packages come from is the matter of pip's and npm's own configuration, so the locks record no addresses.
$(PIP_TOOLS): | check-tools
	@$(PYTHON) -m venv --clear .tools/pip-tools-$(PIP_TOOLS_VERSION)
	@.tools/pip-tools-$(PIP_TOOLS_VERSION)/bin/python -m pip install --quiet --disable-pip-version-check pip-tools==$(PIP_TOOLS_VERSION)

.PHONY: lock
lock: setup $(PIP_TOOLS) ## Bring the lock files and the function's requirements up to date with Pipfile, setup/scanners.in and package.json
	@$(PIPENV) lock
	@$(PYTHON) -c 'import json, pathlib; p = pathlib.Path("Pipfile.lock"); lock = json.loads(p.read_text()); lock["_meta"]["sources"] = []; p.write_text(json.dumps(lock, indent=4, sort_keys=True) + "\n")'
	@$(RUN) cdktf_app.packaging pin
	@$(PIP_TOOLS) --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file setup/scanners.txt setup/scanners.in
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

.PHONY: clean
clean: ## Remove everything that is generated or installed here
	@[ ! -e .build/demo/kept.json ] || { echo "A demo is kept running. End it first: make demo-down" >&2; exit 1; }
	@rm -rf .venv .tools node_modules imports .build cdktf.out .mypy_cache .ruff_cache .pytest_cache .hypothesis
