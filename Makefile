# 居場所アトラス: every task of the project. `make` alone lists them.
# Needs only Python 3.11 or later and make; the rest is installed into .venv from requirements.lock.

SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8501
ARGS ?=
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP_LOG := $(VENV)/install.log

# The first Python on PATH that is new enough; looked for only when an environment is made.
FIND_PYTHON = for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done

# The environment belongs to this lock, this project file and this folder (its scripts hold absolute paths).
STAMP := $(VENV)/.made-$(shell { cat requirements.lock pyproject.toml; pwd; } | cksum | tr ' ' '-')

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint format build bench fuzz pictures lock setup clean

help: ## この一覧を表示 (list these tasks)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(STAMP) ## アトラスを開く (serve the atlas; HOST=127.0.0.1 PORT=8501)
	@exec $(BIN)/ibasho serve --host $(HOST) --port $(PORT)

# Browser tests wait much: two workers keep two cores busy. A file stays with one worker, which has its own build and app.
test: build ## すべてのテスト (all tests; ARGS="-k overview" chooses some, WORKERS=0 runs them in one process)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

lint: $(STAMP) ## 書き方と型の検査 (style and types)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

format: $(STAMP) ## 書き方を整える (rewrite in the project's style)
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

build: $(STAMP) ## データベースと地図の部品を最新にする (bring database and map up to date)
	@$(BIN)/ibasho build

bench: build ## 速さを測り docs/benchmarks.md に書く (measure; needs Chromium)
	@$(BIN)/python -m tests.bench $(ARGS)

fuzz: $(STAMP) ## 壊れたファイルを10万件確かめる (100,000 broken files; ARGS="--inputs 2000")
	@$(BIN)/python -m tests.fuzz $(ARGS)

pictures: build ## README の画像を撮り直す (take the README's pictures again; needs Chromium)
	@$(BIN)/python -m tests.pictures $(ARGS)

lock: ## requirements.lock を作り直す (resolve the environment again; needs uv on PATH)
	@uv pip compile pyproject.toml --extra dev --universal --fork-strategy fewest --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet \
		--upgrade --output-file requirements.lock

setup: $(STAMP)

clean: ## 作ったものを消す (remove what was made: .venv, build, caches)
	@rm -rf $(VENV) data/build dashboard/static dashboard/area_map/node_modules build dist *.egg-info \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find dashboard etl geo tests -name __pycache__ -type d -prune -exec rm -rf {} +

# pip names each package it collects; awk makes one moving line of that on a terminal and nothing elsewhere.
$(STAMP): requirements.lock pyproject.toml
	@if [ ! -f $@ ]; then \
	if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		python=$$($(FIND_PYTHON)); \
		if [ -z "$$python" ]; then \
			echo "Python 3.11 以上が必要です。入れてから、もう一度 make を実行してください。 (Python 3.11 or later is needed.)" >&2; exit 1; fi; \
		"$$python" -m venv --clear $(VENV) || { \
			echo "仮想環境を作れません。Debian・Ubuntu では python3-venv を入れてください。 (Install python3-venv.)" >&2; \
			rm -rf $(VENV); exit 1; }; \
	fi; \
	echo "環境を用意しています（初回だけ、1 分ほど）… Installing the environment (once, about a minute)…"; \
	rm -f $(VENV)/.made-*; \
	moving=; if [ -t 1 ]; then moving=1; fi; \
	{ $(BIN)/python -m pip install --progress-bar off --require-hashes --only-binary :all: -r requirements.lock 2>&1; \
		echo "pip-exit $$?"; } | tee $(PIP_LOG) | awk -v all="$$(grep -c '==' requirements.lock)" -v moving="$$moving" ' \
		/^(Collecting|Processing) / { n++; sub(/.*\//, "", $$2); if (moving) printf "\r\033[K  取得 %d/%d  %s", n, all, $$2 } \
		/^Installing collected/ { if (moving) printf "\r\033[K  インストールしています…" } \
		/^pip-exit / { code = $$2 } \
		{ fflush() } \
		END { if (moving) printf "\r\033[K"; exit code }' || { \
		grep -v '^WARNING' $(PIP_LOG) | tail -n 12 >&2; \
		echo "部品を入れられませんでした。通信と空き容量を確かめて、もう一度 make を実行してください。" >&2; exit 1; }; \
	$(BIN)/python -m pip install --no-deps --no-build-isolation --editable . >>$(PIP_LOG) 2>&1 || { \
		tail -n 12 $(PIP_LOG) >&2; exit 1; }; \
	fi
	@touch $@
