package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.UsageLimits;
import raftlab.scenario.file.ScenarioReader;

/** Hand-ins without a sandbox where root runs the kit: each has a user of its own. */
class OtherUserTest {
  private static final String SCENARIO =
      """
      {"lifetime": 20, "replicas": 3, "start_wait": 0, "end_wait": 0, "steps": [
       {"until": "leader", "within": 10}]}
      """;

  /** Leaves its session, its output, and all variables by which the kit could find it. */
  private static final String ESCAPE =
      "env -i setsid sh -c 'trap \"\" TERM; while :; do sleep 1; done' </dev/null >/dev/null 2>&1 &";

  @TempDir private Path root;

  private Sandbox sandbox;
  private Path folder;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(HostUser.canBeOther(), "NOT TESTED: only root can run hand-ins as other users");
    sandbox = Sandbox.open(SandboxChoice.NONE, List.of());
    folder = Files.createDirectory(root.resolve("handin"));
  }

  private void program(String name, String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  private static List<String> processesOf(int user) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path each : all) {
        try {
          // A zombie has ended.
          if (owner(each) == user
              && !Files.readString(each.resolve("status")).contains("State:\tZ")) {
            found.add(each.toString());
          }
        } catch (IOException ended) {
          continue;
        }
      }
    }
    return found;
  }

  @Test
  void the_status_says_that_this_is_weaker_than_a_sandbox() {
    assertThat(sandbox.status().level()).isEqualTo(IsolationLevel.OTHER_USER);
    assertThat(sandbox.status().level().isUnsafe()).isTrue();
    assertThat(sandbox.status().warning().get(0)).startsWith("UNSAFE");
    assertThat(sandbox.status().enforced()).anyMatch(each -> each.startsWith("processes by "));
    assertThat(sandbox.status().notEnforced()).contains("network");
  }

  @Test
  void a_build_has_no_rights_of_root_and_none_of_the_graders_variables_and_leaves_nothing()
      throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "seed");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path left = Path.of("/tmp/raftlab-test-left-" + ProcessHandle.current().pid());
    Path result = root.resolve("result");
    program("build", "#!/bin/sh", "id -u >user; env >variables; echo >" + left, ESCAPE);
    Files.writeString(
        folder.resolve("Makefile"),
        "all:\n\t@./build\n\t@cat " + secret + " >stolen; echo >" + result + "; true\n");

    BuildEnd end =
        sandbox.build(folder, List.of("make"), UsageLimits.BUILD, Duration.ofSeconds(60));

    assertThat(end.fault()).as("%s", end).isEqualTo(Fault.NONE);
    int user = owner(folder);
    assertThat(user).isNotZero();
    assertThat(folder.resolve("user")).hasContent(Integer.toString(user));
    assertThat(folder.resolve("stolen")).isEmptyFile();
    assertThat(result).doesNotExist();
    assertThat(Files.readAllLines(folder.resolve("variables")))
        .contains("USER=student")
        .noneMatch(line -> line.startsWith("RAFTLAB_RUN="))
        .noneMatch(line -> line.startsWith("_JAVA") || line.startsWith("JAVA_HOME"));
    assertThat(processesOf(user)).isEmpty();
    assertThat(left).doesNotExist();
  }

  @Test
  void each_run_has_a_user_of_its_own_and_leaves_no_process_and_no_file() throws Exception {
    Path shared = Files.createFile(root.resolve("users"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-rw-rw-"));
    Path left = Path.of("/tmp/raftlab-test-run-" + ProcessHandle.current().pid());
    Files.copy(Path.of("handin/python-correct/4700kvstore"), folder.resolve("server"));
    program(
        "4700kvstore",
        "#!/bin/sh",
        "id -u >>" + left,
        "id -u >>" + shared,
        "id -u >mine",
        ESCAPE,
        "exec python3 server \"$@\"");
    Path results = Files.createDirectory(root.resolve("results"));

    RunEnd end =
        sandbox.play(
            new ReplicaProgram(folder, "4700kvstore", List.of("kv")),
            ScenarioReader.read("short", SCENARIO),
            1,
            UsageLimits.REPLICA,
            results,
            () -> {});

    assertThat(end.fault()).as("%s", end).isEqualTo(Fault.NONE);
    List<String> users = Files.readAllLines(shared);
    assertThat(users).hasSize(3).doesNotContain("0", Integer.toString(owner(folder)));
    int user = Integer.parseInt(users.get(0));
    assertThat(users).containsOnly(users.get(0));
    assertThat(processesOf(user)).isEmpty();
    assertThat(left).doesNotExist();
    assertThat(folder.resolve("mine")).doesNotExist();
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
  }
}
