# Two commands do everything: `make check` builds the tool and checks every spec; `make test` runs the tests.

SWIFT      ?= swift
PREFIX     ?= /usr/local
ROOT       := $(DESTDIR)$(PREFIX)
FAULTLINE  := .build/release/faultline
# Specs that are checked, and models that are checked with them.
SPECS      ?= specs Benchmarks/models
BENCHMARKS := Benchmarks/Sources Benchmarks/Tests Benchmarks/Package.swift

.PHONY: all check build test slow-test mutation-scores engine-table benchmarks benchmarks-test install format lint clean setup

all: check

setup:
	@./scripts/setup

build: setup
	@$(SWIFT) build -c release --product faultline

check: build
	@$(FAULTLINE) check --format table $(SPECS)

# The tests of the command line run the optimised executable, as users do.
test: build
	@./scripts/consumers
	@FAULTLINE_EXECUTABLE=$(FAULTLINE) $(SWIFT) test

# Everything that is too slow for each change; see docs/testing.md.
slow-test: build
	@./scripts/consumers
	@FAULTLINE_SLOW=1 FAULTLINE_EXECUTABLE=$(FAULTLINE) $(SWIFT) test

# Writes the mutation scores of the specs; see docs/mutation.md.
mutation-scores: build
	@./scripts/mutation-scores $(FAULTLINE) > docs/mutation-scores.md

# Writes what each engine says of the specs, and how long it takes; see docs/solving.md.
engine-table: build
	@./scripts/engine-table $(FAULTLINE) > docs/engines.md

# Compares with other model checkers; see Benchmarks/README.md. Options: make benchmarks OPTIONS=--quick
benchmarks: setup
	@$(SWIFT) build -c release --package-path Benchmarks --product benchmarks
	@Benchmarks/.build/release/benchmarks $(OPTIONS)

benchmarks-test: setup
	@$(SWIFT) test --package-path Benchmarks

# One tree that may be moved as a whole, to machines without Swift too. DESTDIR is for packagers.
install: setup
	@$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build-static --product faultline
	@install -d "$(ROOT)/bin" "$(ROOT)/share/faultline" "$(ROOT)/share/man/man1"
	@install -s -m 755 .build-static/release/faultline "$(ROOT)/bin/faultline"
	@rm -rf "$(ROOT)/share/faultline/specs" "$(ROOT)/share/faultline/docs" "$(ROOT)/share/faultline/ci"
	@cp -R specs docs ci "$(ROOT)/share/faultline/"
	@"$(ROOT)/bin/faultline" manual "$(ROOT)/share/man/man1"
	@install -d "$(ROOT)/share/bash-completion/completions" "$(ROOT)/share/zsh/site-functions" \
	    "$(ROOT)/share/fish/vendor_completions.d"
	@"$(ROOT)/bin/faultline" --generate-completion-script bash > "$(ROOT)/share/bash-completion/completions/faultline"
	@"$(ROOT)/bin/faultline" --generate-completion-script zsh > "$(ROOT)/share/zsh/site-functions/_faultline"
	@"$(ROOT)/bin/faultline" --generate-completion-script fish > "$(ROOT)/share/fish/vendor_completions.d/faultline.fish"
	@echo "faultline is in $(ROOT)/bin; its modules, documents and snippets for CI are in $(ROOT)/share/faultline"

format:
	@$(SWIFT) format -i -r Sources Tests Package.swift $(BENCHMARKS)

lint:
	@$(SWIFT) format lint -s -r Sources Tests Package.swift $(BENCHMARKS)

clean:
	@rm -rf .build .build-static Benchmarks/.build
