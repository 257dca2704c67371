package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.UsageLimits;
import raftlab.judge.check.Verdict.Status;
import raftlab.run.RunOutcome;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/**
 * Hostile hand-ins are contained, and named. All are played first, several at a time, beside a
 * correct one; with {@code -Draftlab.hostile=all} each in a run of its own.
 */
class HostileHandInsTest {
  private static final boolean ALL = "all".equals(System.getProperty("raftlab.hostile"));
  private static final int AT_A_TIME = 3;

  private static final String GOOD =
      """
      {"title": "good", "lifetime": 60, "replicas": 3, "start_wait": 0, "end_wait": 0.2, "steps": [
        {"until": "leader", "within": 20}, {"type": "put", "key": "k", "value": "v", "within": 10},
        {"type": "pause", "who": "leader", "as": "old"}, {"until": "new_leader", "within": 20}, {"type": "resume"},
        {"type": "crash", "who": "leader"}, {"type": "restart"}, {"until": "ready", "within": 20},
        {"until": "agreed", "within": 20}, {"type": "get", "key": "k", "within": 10}]}
      """;

  @TempDir private static Path root;
  private static final Map<String, BuildEnd> BUILDS = new LinkedHashMap<>();
  private static final Map<String, RunEnd> RUNS = new LinkedHashMap<>();
  private static final List<String> TABLE = new ArrayList<>();
  private static BubblewrapProbe probe;
  private static Sandbox sandbox;

  @BeforeAll
  static void playAll() throws Exception {
    probe = BubblewrapProbe.run();
    if (!probe.works()) {
      return; // each test says so
    }
    sandbox = Sandbox.open(SandboxChoice.REQUIRED, List.of());
    ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
    Map<String, Future<RunEnd>> runs = new LinkedHashMap<>();
    Map<String, Future<BuildEnd>> builds = new LinkedHashMap<>();
    if (!ALL) {
      runs.put("quiet", pool.submit(HostileHandInsTest::playQuiet));
    }
    runs.put("good", pool.submit(HostileHandInsTest::playGood));
    HostileHandIn.alone(ALL).forEach(each -> runs.put(each.name(), pool.submit(play(each))));
    HostileHandIn.BUILDS.forEach(each -> builds.put(each.name(), pool.submit(() -> build(each))));
    for (Map.Entry<String, Future<RunEnd>> run : runs.entrySet()) {
      RUNS.put(run.getKey(), run.getValue().get(300, TimeUnit.SECONDS));
    }
    for (Map.Entry<String, Future<BuildEnd>> build : builds.entrySet()) {
      BUILDS.put(build.getKey(), build.getValue().get(300, TimeUnit.SECONDS));
    }
    pool.shutdown();
  }

  private static RunEnd playQuiet() throws Exception {
    int replicas = HostileHandIn.allQuiet().size() + 1;
    return play(
        HostileHandIn.allQuiet(root.resolve("quiet")),
        HostileHandIn.QUIET.get(0).scenario(replicas),
        UsageLimits.REPLICA);
  }

  private static RunEnd playGood() throws Exception {
    Path folder = Files.createDirectory(root.resolve("good"));
    Files.copy(
        Path.of("handin/python-correct/4700kvstore"),
        folder.resolve("4700kvstore"),
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    return play(folder, GOOD, UsageLimits.REPLICA);
  }

  private static Callable<RunEnd> play(HostileHandIn handIn) {
    return () ->
        play(handIn.copyTo(root.resolve(handIn.name())), handIn.scenario(3), handIn.limits());
  }

  private static RunEnd play(Path folder, String json, UsageLimits limits) throws Exception {
    Path results = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-results"));
    Scenario scenario = ScenarioReader.read(folder.getFileName().toString(), json);
    return sandbox.play(
        new ReplicaProgram(folder, "4700kvstore", List.of("4700kvstore")),
        scenario,
        1,
        limits,
        results,
        () -> {});
  }

  private static BuildEnd build(HostileHandIn handIn) throws Exception {
    return sandbox.build(
        handIn.copyTo(root.resolve(handIn.name())),
        List.of("make"),
        handIn.limits(),
        handIn.buildBound());
  }

  private static void needSandbox() {
    assumeTrue(probe.works(), "NOT TESTED: no sandbox on this machine: " + probe.problem());
  }

  private static RunEnd run(String name) {
    return Objects.requireNonNull(RUNS.get(name), name);
  }

  private static List<String> printed(RunEnd run, String word) throws IOException {
    assertThat(run.trace()).as("%s", run).isPresent();
    return TraceFile.read(run.trace().orElseThrow()).events().stream()
        .filter(Event.Printed.class::isInstance)
        .map(event -> (Event.Printed) event)
        .filter(line -> line.line().startsWith(word))
        .map(line -> line.replica() + " " + line.line())
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> a_replica_that_attacks_is_contained_and_named() {
    needSandbox();
    return HostileHandIn.alone(ALL).stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> assertContained(each)));
  }

  private static void assertContained(HostileHandIn handIn) throws IOException {
    RunEnd end = run(handIn.name());
    note(handIn, end.fault(), end.limit().toString(), end.reason());
    assertThat(end.fault()).as("%s", end).isEqualTo(handIn.fault());
    assertThat(end.limit()).as("%s", end).isEqualTo(handIn.limit());
    assertThat(end.reason().isEmpty()).isEqualTo(handIn.fault() == Fault.NONE);
    if (handIn.says()) {
      assertThat(printed(end, "ESCAPED")).isEmpty();
      assertThat(printed(end, "contained")).hasSize(1);
    }
  }

  @Test
  void what_looks_for_others_finds_nothing() throws IOException {
    needSandbox();
    assumeTrue(!ALL, "each is played in a run of its own");
    RunEnd end = run("quiet");
    assertThat(end.fault()).as("%s", end).isEqualTo(Fault.NONE);
    assertThat(printed(end, "ESCAPED")).isEmpty();
    assertThat(printed(end, "contained")).hasSize(HostileHandIn.QUIET.size());
  }

  @TestFactory
  Stream<DynamicTest> a_build_that_attacks_is_contained_and_named() {
    needSandbox();
    return HostileHandIn.BUILDS.stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> assertBuilt(each)));
  }

  private static void assertBuilt(HostileHandIn handIn) throws IOException {
    BuildEnd end = Objects.requireNonNull(BUILDS.get(handIn.name()));
    note(handIn, end.fault(), end.limit().toString(), end.reason());
    assertThat(end.fault()).as("%s", end).isEqualTo(handIn.fault());
    assertThat(end.limit()).as("%s", end).isEqualTo(handIn.limit());
    assertThat(end.timedOut()).as("%s", end).isEqualTo(handIn.name().equals("build-never-ends"));
    assertThat(String.join("\n", end.output())).doesNotContain("ESCAPED");
    if (handIn.says()) {
      assertThat(end.output()).contains("contained");
    }
  }

  @Test
  void a_correct_hand_in_beside_them_passes_with_crashes_pauses_and_restarts() throws Exception {
    needSandbox();
    RunEnd end = run("good");
    assertThat(end.fault()).as("%s", end).isEqualTo(Fault.NONE);
    Trace trace = TraceFile.read(end.trace().orElseThrow());
    RunOutcome outcome = RunOutcome.of(ScenarioReader.read("good", GOOD), trace, 1);
    assertThat(outcome.status()).as(outcome.judgement().reason()).isIn(Status.PASS, Status.UNKNOWN);
    assertThat(trace.events()).anyMatch(Event.Resumed.class::isInstance);
    assertThat(trace.events().stream().filter(Event.Ready.class::isInstance)).hasSize(4);
  }

  @Test
  void they_leave_no_process_folder_or_control_group() throws Exception {
    needSandbox();
    assertThat(processesOfHandIns()).isEmpty();
    assertThat(entries(Path.of(System.getProperty("java.io.tmpdir")), "raftlab-sandbox-*"))
        .noneMatch(HostileHandInsTest::isOurs);
    RunControlGroup group = ControlGroups.detect().create();
    if (group != null) {
      for (Path folder : group.roots()) {
        RunControlGroup.remove(folder);
        Path parent = Objects.requireNonNull(folder.getParent());
        String own = "raftlab-" + ProcessHandle.current().pid() + "-*";
        assertThat(entries(parent, own)).isEmpty();
      }
    }
  }

  /** Other test runs may use the same machine at the same time. */
  private static boolean isOurs(Path folder) {
    try {
      return Files.getLastModifiedTime(folder)
              .toInstant()
              .isAfter(ProcessHandle.current().info().startInstant().orElseThrow())
          && Files.list(folder).findAny().isEmpty();
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<Path> entries(Path folder, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(found::add);
    }
    return found;
  }

  private static List<String> processesOfHandIns() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path process : entries(Path.of("/proc"), "[0-9]*")) {
      try {
        String command =
            new String(
                Files.readAllBytes(process.resolve("cmdline")),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        if (command.contains("raftlab-hostile-daemon") || command.contains(root.toString())) {
          found.add(process + " " + command.replace('\0', ' '));
        }
      } catch (IOException ended) {
        continue;
      }
    }
    return found;
  }

  private static void note(HostileHandIn handIn, Fault fault, String limit, String reason)
      throws IOException {
    TABLE.add(
        String.format(
            Locale.ROOT,
            "%-22s %-11s %-58s %s",
            handIn.name(),
            fault,
            reason.isEmpty() ? "the run went on" : reason,
            handIn.description()));
  }

  @AfterAll
  static void writeTable() throws IOException {
    if (ALL) {
      Files.write(Path.of("target/hostile.txt"), TABLE);
    }
  }
}
