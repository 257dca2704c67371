package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The kit as a process of its own that is told to end, as Ctrl-C does, in the middle of its work.
 */
class InterruptTest {
  private static final int TERMINATED = 128 + 15;

  private static Process start(String... words) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "raftlab.Main"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).start();
  }

  private static String readUntil(BufferedReader out, String words) throws IOException {
    String line = out.readLine();
    while (line != null && !line.contains(words)) {
      line = out.readLine();
    }
    return line;
  }

  @Test
  void a_run_that_is_interrupted_says_so_and_leaves_no_process_behind() throws Exception {
    Process kit = start("run", "--world", "process", "--seed", "1", "quiet");
    assertThat(readUntil(kit.inputReader(), "the leader is 0")).isNotNull();
    List<ProcessHandle> replicas = kit.descendants().toList();
    assertThat(replicas).hasSizeGreaterThanOrEqualTo(5);
    kit.toHandle().destroy(); // the streams stay open
    assertThat(readUntil(kit.errorReader(), "interrupted; all replicas are ended")).isNotNull();
    assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(TERMINATED);
    for (ProcessHandle replica : replicas) {
      replica.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_suite_that_is_interrupted_tells_what_is_known_and_leaves_no_process_behind()
      throws Exception {
    Process kit =
        start("suite", "--world", "process", "--seed", "1", "-j", "1", "old-key", "quiet");
    BufferedReader out = kit.inputReader();
    assertThat(readUntil(out, "PASS     old-key")).isNotNull();
    kit.toHandle().destroy(); // the streams stay open
    assertThat(readUntil(out, "1 more were not played to their end"))
        .as(() -> "stderr: " + kit.errorReader().lines().toList())
        .isNotNull();
    List<ProcessHandle> left = kit.descendants().toList();
    assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(TERMINATED);
    for (ProcessHandle replica : left) {
      replica.onExit().get(30, TimeUnit.SECONDS);
    }
  }
}
