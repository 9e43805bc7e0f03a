# Two commands do everything: `make run` and `make test`. Each sets up what it needs first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint bench eval peers translations screenshots chaos-import policy-million clean

run: $(READY)
	@.ci/system-libraries
	$(BIN)/agentassist demo

test: $(READY)
	@.ci/system-libraries test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	@mkdir -p build
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks --json build/bench.json
	@cat build/bench.json

eval: $(READY)
	$(BIN)/python -m benchmarks.quality

peers: $(READY)
	$(BIN)/python -m benchmarks.peers

chaos-import: $(READY)
	AGENTASSIST_KILLS=200 $(BIN)/python -m pytest tests/services/test_import_killed.py

DECISIONS ?= 1000000
policy-million: $(READY)
	AGENTASSIST_DECISIONS=$(DECISIONS) $(BIN)/python -m pytest tests/domain/test_policy_million.py

translations: $(READY)
	$(BIN)/python .ci/translations.py

screenshots: $(READY)
	QT_QPA_PLATFORM=offscreen $(BIN)/agentassist demo --screenshots docs/images

$(READY): pyproject.toml .ci/set-up .ci/constraints.txt
	@.ci/set-up "$(PYTHON)" "$(VENV)"
	@touch $@

clean:
	rm -rf $(VENV) build dist screenshots
