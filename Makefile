# raftlab: `make test` plays the suites course and probe, `make check` runs the project's own tests. `make help` lists all.

REPLICA ?=
JOBS    ?=
WORLD   ?= process
SUITE   ?= course probe
LAB     ?=
SEED    ?=
REPEAT  ?=
NAME    ?=
DIR     ?= handin/$(NAME)

MVN     := mvn -q -B
JAR     := target/raftlab.jar
RAFTLAB := test-scripts/raftlab
SOURCES := $(shell find src/main configs pom.xml .mvn -type f 2>/dev/null)

.PHONY: all jar test check repl handin grade bench format clean help setup

all: jar

jar: $(JAR)

# What a fresh machine lacks; does nothing where all is there.
setup:
	@test-scripts/setup

# What the JVM needs of the classes, ready to be mapped: five replicas start at once, and commands soon.
define ARCHIVE
@touch $(JAR)
@test-scripts/class-archives
endef

$(JAR): $(SOURCES) | setup
	@test-scripts/build-supervisor target/classes/raftlab/cluster/virtual
	$(MVN) -DskipTests -Djacoco.skip=true -Dspotless.skip=true package
	$(ARCHIVE)

test: $(JAR)
	@$(RAFTLAB) suite $(if $(LAB),$(LAB),$(SUITE)) --world $(WORLD) $(if $(REPLICA),--replica '$(REPLICA)') $(if $(JOBS),--jobs $(JOBS)) \
	  $(if $(SEED),--seed $(SEED)) $(if $(REPEAT),--repeat $(REPEAT))

check: | setup
	mvn -B -ntp verify
	$(ARCHIVE)
	@test-scripts/smoke
	@test-scripts/page-tests
	@test-scripts/coverage target/site/jacoco/jacoco.csv
	@test-scripts/install-sandbox --check
	@test-scripts/install-test-tools --check || true

repl: $(JAR)
	@$(RAFTLAB) repl --world $(WORLD) $(if $(REPLICA),--replica '$(REPLICA)') $(if $(SEED),--seed $(SEED))

grade: $(JAR)
	@$(RAFTLAB) grade handin || [ $$? -eq 1 ] # 1: graded, and somebody failed something

handin: $(JAR)
	@[ -n '$(NAME)' ] || { echo "which team? for example: make handin NAME=team-7 DIR=path/to/your/folder" >&2; exit 2; }
	@$(RAFTLAB) handin '$(DIR)' --name '$(NAME)'

BENCH := target/bench/benchmarks.jar

$(BENCH): $(JAR) $(shell find src/bench -type f 2>/dev/null)
	$(MVN) -Pbench -Dbuild.folder=$(abspath target/bench) -DskipTests -Djacoco.skip=true -Dspotless.skip=true package
	@touch $(BENCH)

bench: $(BENCH)
	@java -cp $(BENCH) raftlab.bench.RoutingLoad
	@java -cp $(BENCH) raftlab.bench.SimSpeed
	@java -cp $(BENCH) raftlab.bench.Throughput
	@java -cp $(BENCH) raftlab.bench.FailOver
	@java -jar $(BENCH) -foe true

format: | setup
	$(MVN) spotless:apply

clean:
	rm -rf target

help:
	@echo 'make               builds target/raftlab.jar'
	@echo 'make test          plays the suites course and probe against the reference replica'
	@echo '                   REPLICA=path  another replica   JOBS=n  runs at a time    WORLD=sim  simulated'
	@echo '                   LAB=election  another suite, or several, or all'
	@echo '                   SUITE=name    the same          SEED=n  choose the seed   REPEAT=n   with n seeds'
	@echo 'make check         runs the project'"'"'s own tests, and checks its format'
	@echo 'make repl          opens the console'
	@echo 'make handin NAME=team DIR=folder   checks a submission, and packs it as team.tar.gz'
	@echo 'make grade         builds and plays every hand-in of handin/'
	@echo 'make bench         runs the benchmarks'
	@echo 'make format        formats the sources'
	@echo 'make clean         removes what was built'
