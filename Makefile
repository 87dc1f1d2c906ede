# Everything a person types in this tree. `make` alone lists it; nothing here needs root.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= $(or $(JISHAN_PORT),8000)
BIN := .venv/bin
CHECKED := $(patsubst %/__init__.py,%,$(wildcard ledger/__init__.py points/__init__.py web/__init__.py \
	alembic_like_migrations/__init__.py tools/__init__.py benchmarks/__init__.py))
PYTEST := $(BIN)/python -m pytest
FOR_LONG := JISHAN_FULL=1 exec $(PYTEST) -v --timeout 0
ON_EVERY_CORE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

export PORT

.DEFAULT_GOAL := help
.PHONY: help setup serve test check matrix attack soak format lint types lock clean distclean tests-ready

help:  ## 列出命令 · list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

setup:  ## 安装运行所需 · install what Jishan runs on
	@$(PYTHON) tools/environment.py runtime

serve: setup  ## 打开示例账本：127.0.0.1:8000（PORT= 可改）· serve a book with sample data
	@JISHAN_PORT=$(PORT) exec $(BIN)/jishan serve --sample

test: tests-ready  ## 安装测试所需并运行全部测试 · install what is missing, run every test
	@exec $(PYTEST) $(ON_EVERY_CORE)

check: tests-ready lint types test  ## 格式、规范、类型和测试 · format, lint, types and tests

matrix: tests-ready  ## 全部组合 · every combination, full figures
	@$(FOR_LONG) $(ON_EVERY_CORE) -m matrix

attack: tests-ready  ## 攻击与故障 · attacks and faults, full figures
	@$(FOR_LONG) $(ON_EVERY_CORE) -m attack

soak: tests-ready  ## 长时间运行 · long runs, full figures
	@$(FOR_LONG) -m soak

format:  ## 整理格式 · format the sources
	@$(PYTHON) tools/environment.py dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock:  ## 重新锁定依赖版本 · lock the dependencies anew
	@$(PYTHON) tools/environment.py dev
	@sh tools/lock.sh

clean:  ## 删除缓存和编译结果 · delete caches and compiled files, never a book
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -path ./.venv -prune -o -path ./.git -prune -o -name __pycache__ -type d -exec rm -rf {} +
	@rm -f web/locale/*/LC_MESSAGES/*.mo

distclean: clean  ## 连同 .venv 一起删除 · delete .venv as well
	@rm -rf .venv

lint: tests-ready
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: tests-ready
	@$(BIN)/mypy --strict $(CHECKED)

tests-ready:
	@$(PYTHON) tools/environment.py dev
	@$(PYTHON) tools/system.py
