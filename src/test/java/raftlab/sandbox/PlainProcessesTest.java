package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;

/** Hand-ins where there is no sandbox: they are built and played, with limits, and a warning. */
class PlainProcessesTest {
  private static final String SCENARIO =
      """
      {"lifetime": 60, "replicas": 3, "start_wait": 0, "end_wait": 0, "steps": [{"until": "leader", "within": 30}]}
      """;

  @TempDir private Path root;
  private Sandbox sandbox;
  private Path folder;

  @BeforeEach
  void open() throws Exception {
    sandbox = Sandbox.open(SandboxChoice.NONE, List.of());
    folder = Files.createDirectory(root.resolve("handin"));
    Files.copy(
        Path.of("handin/python-correct/4700kvstore"),
        folder.resolve("4700kvstore"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private BuildEnd build(String rule, UsageLimits limits) throws Exception {
    Files.writeString(folder.resolve("Makefile"), "all:\n\t@" + rule + "\n");
    return sandbox.build(folder, List.of("make"), limits, Duration.ofSeconds(60));
  }

  @Test
  void a_warning_and_the_status_say_that_this_is_unsafe() {
    assertThat(sandbox.status().isIsolated()).isFalse();
    assertThat(sandbox.status().warning().get(0)).startsWith("UNSAFE");
    assertThat(sandbox.status().summary()).startsWith("UNSAFE");
    assertThat(sandbox.status().notEnforced()).contains("network");
  }

  @Test
  void a_hand_in_is_built_and_played() throws Exception {
    BuildEnd built = build("pwd >where; echo done", UsageLimits.BUILD);
    assertThat(built.fault()).as("%s", built).isEqualTo(Fault.NONE);
    assertThat(built.output()).containsExactly("done");
    assertThat(folder.resolve("where")).exists();
    assertPlayed();
  }

  @Test
  void a_hand_in_that_needs_no_build_is_played() throws Exception {
    assertPlayed();
  }

  private void assertPlayed() throws Exception {
    Path results = Files.createDirectory(root.resolve("results"));
    Scenario scenario = ScenarioReader.read("short", SCENARIO);
    RunEnd end =
        sandbox.play(
            new ReplicaProgram(folder, "4700kvstore", List.of("kv")),
            scenario,
            1,
            UsageLimits.REPLICA,
            results,
            () -> {});
    assertThat(end.fault()).as("%s", end).isEqualTo(Fault.NONE);
    assertThat(end.trace()).contains(results.resolve("trace"));
  }

  @Test
  void a_build_that_fails_or_exceeds_a_limit_is_the_submissions_fault() throws Exception {
    BuildEnd failed = build("echo oh no; exit 3", UsageLimits.BUILD);
    assertThat(failed.fault()).isEqualTo(Fault.SUBMISSION);
    assertThat(failed.text()).isEqualTo("make failed with exit code 2");
    assertThat(failed.output()).contains("oh no");
    BuildEnd flooding = build("yes", UsageLimits.BUILD.withOutput(100_000));
    assertThat(flooding.limit()).contains(UsageLimit.OUTPUT);
    assertThat(flooding.text()).isEqualTo("make was killed: it printed more than 100000 bytes");
  }
}
