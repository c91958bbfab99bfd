# The project's commands. What they do is in scripts/; `cargo` works as usual beside them.

# Outside the checkout, so that a fresh clone on the same machine builds warm.
CARGO_TARGET_DIR ?= $(HOME)/.cache/duka/target
export CARGO_TARGET_DIR
export PATH := $(PATH):$(HOME)/.cargo/bin
MAKEFLAGS += --no-print-directory

DUKA := $(CARGO_TARGET_DIR)/release/duka

.PHONY: help run test setup fmt bench build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

run: build ## the demo shop, on this machine; prints where to look and what to try
	@$(DUKA) demo

test: ## every check: format, lint, tests on both databases, the built program
	@scripts/test

setup: ## what building and testing need, if it is missing
	@scripts/setup test

fmt: ## formats the code
	@cargo fmt

bench: build ## how fast a turn is
	@$(DUKA) bench turn

build: ## the program with the dashboard inside, for production
	@scripts/setup
	@scripts/dashboard
	@cargo build --release -p duka --bin duka
