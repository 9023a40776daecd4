# Every way to build, test and measure taffrail. `make demo` and `make test` need nothing but Debian 12
# and a Swift 6.3 toolchain: they install the libraries that are missing.
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
RELEASE = $(SWIFT) build -c release --static-swift-stdlib --product taffrail
BIN = .build/release/taffrail
PACKAGES = libpcre2-dev libyaml-dev liblz4-dev zlib1g-dev libzstd-dev liblzma-dev libbz2-dev libsystemd-dev libsimdjson-dev libsqlite3-dev pkg-config

.PHONY: demo test check lint format setup build install model bench evaluate golden fuzz mutate clean

demo: setup build
	gzip -dc fixtures/demo/incident.json.gz | $(BIN) analyze -c - -o text

setup:
	@scripts/setup $(PACKAGES)

build:
	$(RELEASE)
	$(BIN) patterns compile --quiet

# After a change to the packs: the model of what no pattern knows is trained on their samples.
model: build
	$(BIN) patterns train -o text

lint:
	$(SWIFT) format lint --strict --parallel -r Package.swift Sources Tests

format:
	$(SWIFT) format -i --parallel -r Package.swift Sources Tests

test: setup check

check: lint
	rm -rf .build/check
	$(SWIFT) build --scratch-path .build/check --build-tests
	.build/check/debug/taffrail patterns compile
	$(SWIFT) test --scratch-path .build/check --skip-build --disable-xctest

golden:
	UPDATE_GOLDEN=1 $(SWIFT) test --disable-xctest || true

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/taffrail" "$(DESTDIR)$(PREFIX)/share/man/man1"
	install -m 755 $(BIN) "$(DESTDIR)$(PREFIX)/bin/taffrail"
	rm -rf "$(DESTDIR)$(PREFIX)/share/taffrail/patterns"
	cp -r patterns "$(DESTDIR)$(PREFIX)/share/taffrail/patterns"
	TAFFRAIL_PATTERNS_DIR="$(DESTDIR)$(PREFIX)/share/taffrail/patterns" $(BIN) patterns compile --quiet
	$(BIN) --man-page > "$(DESTDIR)$(PREFIX)/share/man/man1/taffrail.1"

bench: setup build
	$(SWIFT) build -c release --static-swift-stdlib --product taffrail-bench
	$(SWIFT) build -c release --static-swift-stdlib --product grouping-bench
	scripts/bench $(BIN)

# What is found and what is imagined on generated days; takes a minute.
evaluate: setup build
	$(SWIFT) build -c release --static-swift-stdlib --product taffrail-bench
	scripts/evaluate $(BIN)

fuzz: setup build
	scripts/fuzz $(BIN)

mutate: setup build
	scripts/mutate $(BIN)
	scripts/mutate $(BIN) --command groups

clean:
	rm -rf .build
