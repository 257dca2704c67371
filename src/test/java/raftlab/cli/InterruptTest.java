package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit as a process of its own that is interrupted, as by Ctrl-C, in the middle of its work. */
class InterruptTest {
  private static final int TERMINATED = 128 + 15;
  private static final int INTERRUPTED = 128 + 2;

  @TempDir private Path folder;

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
    assertThat(readUntil(kit.errorReader(), "interrupted")).isNotNull();
    assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(TERMINATED);
    for (ProcessHandle replica : replicas) {
      replica.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void an_interrupted_suite_prints_its_results_so_far_and_leaves_no_process_behind()
      throws Exception {
    Process kit =
        start("suite", "--world", "process", "--seed", "1", "-j", "1", "old-key", "quiet");
    BufferedReader out = kit.inputReader();
    assertThat(readUntil(out, "[1/2] PASS old-key")).isNotNull();
    kit.toHandle().destroy(); // the streams stay open
    assertThat(readUntil(out, "PASS     old-key")).isNotNull();
    assertThat(readUntil(out, "interrupted: 1 of 2 scenarios played, 1 passed, 0 failed"))
        .as(() -> "stderr: " + kit.errorReader().lines().toList())
        .isNotNull();
    List<ProcessHandle> left = kit.descendants().toList();
    assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(TERMINATED);
    for (ProcessHandle replica : left) {
      replica.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_suite_that_gets_ctrl_c_lists_what_failed_and_returns_130() throws Exception {
    String replica = endsOnce().toString();
    Process kit =
        start(
            "suite", "--world", "process", "--seed", "1", "-j", "1", "-r", replica, "old-key",
            "quiet");
    BufferedReader out = kit.inputReader();
    assertThat(readUntil(out, "[1/2] FAIL old-key")).isNotNull();
    interrupt(kit);
    assertThat(readUntil(out, "Causes")).isNotNull();
    assertThat(readUntil(out, "again: ")).isNotNull();
    assertThat(readUntil(out, "  FAIL     old-key")).isNotNull();
    assertThat(readUntil(out, "interrupted: 1 of 2 scenarios played, 0 passed, 1 failed"))
        .isNotNull();
    assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(INTERRUPTED);
  }

  @Test
  void a_grading_that_gets_ctrl_c_keeps_what_is_graded_and_leaves_no_process_behind()
      throws Exception {
    Path handIns = folder.resolve("handin");
    Files.createDirectories(handIns.resolve("a-without-program"));
    Path hangs = Files.createDirectories(handIns.resolve("b-hangs"));
    Files.copy(endsNever(), hangs.resolve("4700kvstore"));
    assertThat(hangs.resolve("4700kvstore").toFile().setExecutable(true)).isTrue();
    String results = folder.resolve("grades").toString();
    Process kit = start("grade", "--jobs", "1", "--out", results, handIns.toString());
    BufferedReader out = kit.inputReader();
    assertThat(readUntil(out, "a-without-program")).isNotNull();
    while (kit.descendants().noneMatch(InterruptTest::isReplica)) {
      assertThat(kit.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    List<ProcessHandle> left = kit.descendants().toList();
    interrupt(kit);
    assertThat(readUntil(out, "Interrupted: 1 of 2")).isNotNull();
    assertThat(kit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(kit.exitValue()).isEqualTo(INTERRUPTED);
    for (ProcessHandle process : left) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(Path.of(results, "grades.csv")).content().contains("a-without-program,no program");
    assertThat(Path.of(results, ".work")).doesNotExist();
    assertThat(Path.of(results, "teams", "b-hangs", "runs")).doesNotExist();
  }

  private static boolean isReplica(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("4700kvstore");
  }

  private Path endsNever() throws IOException {
    return Files.writeString(folder.resolve("hangs"), "#!/bin/sh\nwhile :; do sleep 1; done\n");
  }

  /** Replicas of which the very first one ends at once; all others say nothing. */
  private Path endsOnce() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("replica"),
            "#!/bin/sh\nmkdir \"$0.ended\" 2>/dev/null && exit 1\nexec sleep 60\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  /** As Ctrl-C does. */
  private static void interrupt(Process kit) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(kit.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
