# What a new machine needs, and what can be made: `make help`.
#
# Every target installs what it lacks by apt (with sudo when not root, asking nothing).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

PACKAGES := libgit2-dev libcurl4-openssl-dev libarchive-dev libraptor2-0 pkg-config binutils make \
	libbrotli-dev libbz2-dev libidn2-dev liblzma-dev libnghttp2-dev libpsl-dev libssl-dev \
	libunistring-dev libzstd-dev nettle-dev \
	iptables iproute2 apparmor busybox-static git python3 python3-venv openssl curl \
	ca-certificates procps man-db docker-registry apache2-utils git-lfs lighttpd nginx fcgiwrap \
	openssh-server openssh-client gnupg libarchive-tools unzip zip zstd
# Another engine's package, where there is one, would be removed by Debian's.
PACKAGES += $(if $(shell PATH=$$PATH:/usr/sbin:/sbin command -v dockerd),,docker.io)
# Its runc is the one that comes with dockerd, in whatever package: Debian's would remove Docker's.
PACKAGES += $(if $(shell command -v podman),,podman) containernetworking-plugins

RELEASE := .build/release-sc
SOURCES := Package.swift $(shell find Sources -type f)
VENV := .build/venv
LFS_VENV := .build/lfs-venv
BENCH_VENV := .build/bench-venv

# What runs on the other engines: all that asks one, and of that what tells the most in a minute.
# One test after the other on podman, which fails to read an image when another goes meanwhile.
ENGINES := podman docker-tls
ENGINE_SUITES := SmartContainersTests|CommandsTests
ENGINE_SELECTION := InteractiveCommandTests|InteractionTests|RunRecordingTests|ImageRecordingTests|ContainerRecordingTests|RegistryRecordingTests|VolumeRecordingTests|KnownEngineTests
define test_engines
for engine in $(ENGINES); do \
	  echo "on $$engine:"; \
	  SC_TEST_ENGINE=$$engine RDF_PYTHON=$(CURDIR)/$(VENV)/bin/python \
	    $(SWIFT) test --skip-build $$([[ $$engine != podman ]] || echo --no-parallel) \
	    --filter '$(1)'; \
	done
endef

# Debug unless said otherwise; `make demo SC=/usr/local/bin/sc` shows an installed one.
SC ?= $(CURDIR)/.build/debug/sc

.PHONY: help
help: ## Says what can be made.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: dependencies
dependencies: ## Installs the Debian packages that build and tests need.
	@command -v $(SWIFT) >/dev/null || { \
	  echo "Swift is missing: see https://www.swift.org/install/linux/" >&2; exit 1; }
	@missing=(); for package in $(PACKAGES); do \
	  [[ $$(dpkg-query -W -f='$${db:Status-Status}' $$package 2>/dev/null) == installed ]] \
	    || missing+=($$package); \
	done; \
	if (( $${#missing[@]} )); then \
	  as_root=(); \
	  if (( EUID )); then as_root=(sudo -n); fi; \
	  "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq; \
	  "$${as_root[@]}" env DEBIAN_FRONTEND=noninteractive Tests/Servers/install.sh \
	    "$${missing[@]}"; \
	fi

.PHONY: build
build: dependencies ## Builds the library and `sc` for development.
	$(SWIFT) build

# hydra-python-core names its own development's tools as what it needs; it needs requests and pyld.
$(VENV)/ready: Tests/requirements.txt | dependencies
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps hydra-python-core==0.3.1
	touch $@

$(LFS_VENV)/ready: Tests/requirements-lfs.txt | dependencies
	python3 -m venv $(LFS_VENV)
	$(LFS_VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements-lfs.txt
	touch $@

# All tests of a run begin at once. Those that keep two processors busy by themselves come after the
# others, which would wait for longer than they may.
LATER_SUITES := RunFilesTests|Rerun|Reproduction|ArchiveCommandTests|Package|Bag|Lineage|Blame|Attest|OversizedPeerTests|ProxyCommandTests|ContentUploadTests|ContentTransferTests|Recipe

.PHONY: test
test: dependencies $(VENV)/ready $(LFS_VENV)/ready ## Runs all tests, on a private container engine.
	$(SWIFT) build --build-tests
	RDF_PYTHON=$(CURDIR)/$(VENV)/bin/python LFS_VENV=$(CURDIR)/$(LFS_VENV) \
	  $(SWIFT) test --skip-build --skip '$(LATER_SUITES)'
	RDF_PYTHON=$(CURDIR)/$(VENV)/bin/python LFS_VENV=$(CURDIR)/$(LFS_VENV) \
	  $(SWIFT) test --skip-build --filter '$(LATER_SUITES)'
	$(call test_engines,$(ENGINE_SELECTION))
	Tests/Servers/try-hooks.sh
	KILLS=10 Tests/Soak/kill.py $(SC)
	PROCESSES=8 OPERATIONS=5 Tests/Soak/parallel.py $(SC)
	CLONES=4 OPERATIONS=5 PUSH_EVERY=2 CUTS=10 GIANT=0 Tests/Soak/sharing.py $(SC)

.PHONY: test-engines
test-engines: dependencies $(VENV)/ready ## Runs what an engine is needed for on podman, and on dockerd over TLS.
	$(SWIFT) build --build-tests
	$(call test_engines,$(ENGINE_SUITES))

.PHONY: demo
demo: dependencies ## Shows the main job: containers, and their provenance in git.
	$(SWIFT) build --product sc
	Tests/Demo/demo.sh $(SC)

# How a soak builds the tests that take hours otherwise, and how long it breaks documents.
FUZZ_SECONDS ?= 600
OPTIMIZED := -c release -Xswiftc -enable-testing --scratch-path .build/soak

.PHONY: soak
soak: dependencies ## Kills sc at 200 moments, shares over lines that break, breaks 100,000 packages, joins 5,000 random histories, and feeds JSON-LD what is broken or huge.
	$(SWIFT) build --product sc
	KILLS=200 Tests/Soak/kill.py $(SC)
	PROCESSES=8 OPERATIONS=50 Tests/Soak/parallel.py $(SC)
	CLONES=16 OPERATIONS=50 CUTS=100 Tests/Soak/sharing.py $(SC)
	$(SWIFT) build --build-tests $(OPTIMIZED)
	SC_PACKAGE_MUTATIONS=25000 $(SWIFT) test --skip-build $(OPTIMIZED) \
	  --filter 'ArchiveTests.PackageMutationTests'
	SC_MERGES=5000 $(SWIFT) test --skip-build $(OPTIMIZED) --filter 'HistoryTests.MergeTests'
	SC_SOAK=1 SC_FUZZ_SECONDS=$(FUZZ_SECONDS) $(SWIFT) test --skip-build $(OPTIMIZED) \
	  --no-parallel --filter 'JSONLDTests.(SoakTests|MutationTests)'

$(BENCH_VENV)/ready: | dependencies
	python3 -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/pip install --quiet --disable-pip-version-check docker==7.1.0 \
	  rdflib==7.6.0 pyld==3.3.0 pyoxigraph==0.5.13 datalad==1.7.1 datalad-container==1.2.6
	touch $@

# `make bench SECTION=streams` measures that alone.
.PHONY: bench
bench: PACKAGES += git-annex
bench: release $(BENCH_VENV)/ready ## Measures sc beside docker, docker-py and git, in one run.
	BENCH_PYTHON=$(CURDIR)/$(BENCH_VENV)/bin/python Tests/Bench/bench.py $(CURDIR)/$(RELEASE)/sc $(SECTION)

.PHONY: release
release: dependencies $(RELEASE)/installable ## Builds the sc that is installed, its man pages and completions.

$(RELEASE)/linking: Sources/System/linking.sh Sources/CCurl/Absent.c \
    Sources/CArchive/CArchive.c Sources/CArchive/include/CArchive.h | dependencies
	mkdir -p $(RELEASE)
	$< $(RELEASE)/archives >$@

# Everything but the C library and libzstd is linked statically, the Swift runtime too: it starts
# faster and needs no Swift on the machine. The symbols that nobody looks up and a relocation of 24
# bytes for each pointer would have to be read at each start. Types like a dictionary's are made by
# code that knows the conformances of their arguments; by name each would be looked for among 5,400.
$(RELEASE)/sc: $(SOURCES) $(RELEASE)/linking | dependencies
	$(SWIFT) build -c release --product sc --static-swift-stdlib --disable-local-rpath \
	  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
	  -Xswiftc -use-ld=lld -Xlinker --as-needed -Xlinker --gc-sections \
	  -Xlinker --no-export-dynamic -Xlinker -z -Xlinker pack-relative-relocs $$(cat $(RELEASE)/linking)
	strip -o $@ .build/release/sc

$(RELEASE)/installable: $(RELEASE)/sc
	rm -rf $(RELEASE)/man $(RELEASE)/completions
	mkdir -p $(RELEASE)/man $(RELEASE)/completions
	$(RELEASE)/sc __manual "$$(git log -1 --format=%cs 2>/dev/null || date +%F)" $(RELEASE)/man
	$(RELEASE)/sc completion bash >$(RELEASE)/completions/sc
	$(RELEASE)/sc completion zsh >$(RELEASE)/completions/_sc
	$(RELEASE)/sc completion fish >$(RELEASE)/completions/sc.fish
	touch $@

# A `make release` before `sudo make install` spares root the Swift toolchain.
.PHONY: install
install: $(RELEASE)/installable ## Installs sc, man pages, completions and the ontology under PREFIX.
	install -D -m 755 $(RELEASE)/sc $(DESTDIR)$(PREFIX)/bin/sc
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(RELEASE)/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -D -m 644 $(RELEASE)/completions/sc \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sc
	install -D -m 644 $(RELEASE)/completions/_sc $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sc
	install -D -m 644 $(RELEASE)/completions/sc.fish \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sc.fish
	install -d $(DESTDIR)$(PREFIX)/share/smartcontainers/ontology
	install -m 644 templates/ontology/* $(DESTDIR)$(PREFIX)/share/smartcontainers/ontology/
	install -d $(DESTDIR)$(PREFIX)/share/smartcontainers/hooks
	install -m 755 hooks/* $(DESTDIR)$(PREFIX)/share/smartcontainers/hooks/

.PHONY: uninstall
uninstall: ## Removes what install put under PREFIX.
	rm -f $(DESTDIR)$(PREFIX)/bin/sc \
	  $(DESTDIR)$(PREFIX)/share/man/man1/sc.1 $(DESTDIR)$(PREFIX)/share/man/man1/sc-*.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/sc \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_sc \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/sc.fish
	rm -rf $(DESTDIR)$(PREFIX)/share/smartcontainers

.PHONY: format
format: ## Lays out the Swift sources.
	$(SWIFT) format -i -r Package.swift Sources Tests Examples

.PHONY: lint
lint: ## Checks the layout of the Swift sources and the syntax of the scripts.
	$(SWIFT) format lint --strict -r Package.swift Sources Tests Examples
	for script in .ci/run $$(find Tests -name '*.sh'); do bash -n "$$script"; done
	for hook in hooks/*; do sh -n "$$hook"; done
	python3 -c 'import ast, sys; [ast.parse(open(name).read(), name) for name in sys.argv[1:]]' \
	  $$(find Tests -name '*.py')

.PHONY: clean
clean: ## Removes what was built.
	rm -rf .build
