# Two commands do everything: `make check` builds the tool and checks every spec; `make test` runs the tests.

SWIFT      ?= swift
PREFIX     ?= /usr/local
FAULTLINE  := .build/release/faultline
# Specs that are checked, and models that are checked with them.
SPECS      ?= specs Benchmarks/models
BENCHMARKS := Benchmarks/Sources Benchmarks/Tests Benchmarks/Package.swift

.PHONY: all check build test slow-test mutation-scores benchmarks benchmarks-test install format lint clean setup

all: check

setup:
	@./scripts/setup

build: setup
	@$(SWIFT) build -c release --product faultline

check: build
	@$(FAULTLINE) check --format table $(SPECS)

# The tests of the command line run the optimised executable, as users do.
test: build
	@FAULTLINE_EXECUTABLE=$(FAULTLINE) $(SWIFT) test

# Everything that is too slow for each change; see docs/testing.md.
slow-test: build
	@FAULTLINE_SLOW=1 FAULTLINE_EXECUTABLE=$(FAULTLINE) $(SWIFT) test

# Writes the mutation scores of the specs; see docs/mutation.md.
mutation-scores: build
	@./scripts/mutation-scores $(FAULTLINE) > docs/mutation-scores.md

# Compares with other model checkers; see Benchmarks/README.md. Options: make benchmarks OPTIONS=--quick
benchmarks: setup
	@$(SWIFT) build -c release --package-path Benchmarks --product benchmarks
	@Benchmarks/.build/release/benchmarks $(OPTIONS)

benchmarks-test: setup
	@$(SWIFT) test --package-path Benchmarks

install: build
	@install -d "$(PREFIX)/bin" "$(PREFIX)/share/faultline"
	@install -m 755 $(FAULTLINE) "$(PREFIX)/bin/faultline"
	@rm -rf "$(PREFIX)/share/faultline/specs"
	@cp -R specs "$(PREFIX)/share/faultline/specs"
	@echo "faultline is in $(PREFIX)/bin; its modules are in $(PREFIX)/share/faultline/specs"

format:
	@$(SWIFT) format -i -r Sources Tests Package.swift $(BENCHMARKS)

lint:
	@$(SWIFT) format lint -s -r Sources Tests Package.swift $(BENCHMARKS)

clean:
	@rm -rf .build Benchmarks/.build
