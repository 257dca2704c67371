package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shell that signals process groups. */
class ProcessReaperTest {
  private final String token = "guardian-test-" + UUID.randomUUID();

  private Process start() throws Exception {
    List<String> words = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    words.addAll(List.of("sh", "-c", "echo up; sleep 600"));
    ProcessBuilder builder = new ProcessBuilder(words);
    ReplicaCommand.addMarker(builder.environment(), token);
    Process process = builder.start();
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("up");
    return process;
  }

  @Test
  void a_group_that_is_stopped_is_killed_when_the_guardian_ends() throws Exception {
    Process process = start();
    try (ProcessReaper guardian = new ProcessReaper(token, null)) {
      guardian.watch(process.pid());
      guardian.suspend(process.pid());
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
  }

  @Test
  void a_process_that_hides_is_found_by_its_user() throws Exception {
    assumeTrue(
        new ProcessBuilder("id", "-u").start().inputReader().readLine().equals("0"),
        "NOT TESTED: only root can start processes of other users");
    int user = 61_000 + (int) (ProcessHandle.current().pid() % 1_000);
    List<String> words = new ArrayList<>(ReplicaCommand.newSessionPrefix());
    String number = Integer.toString(user);
    words.addAll(List.of("setpriv", "--reuid", number, "--regid", number, "--clear-groups"));
    words.addAll(List.of("sh", "-c", "echo up; sleep 600"));
    Process process = new ProcessBuilder(words).start();
    assertThat(process.inputReader().readLine()).isEqualTo("up");
    new ProcessReaper(token, null, ProcessOwner.SHARED, List.of()).close();
    assertThat(process.isAlive()).isTrue();

    new ProcessReaper(token, null, new ProcessOwner(user, null), List.of()).close();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
  }

  @Test
  void it_answers_even_if_there_is_no_such_group() throws Exception {
    Process process = start();
    try (ProcessReaper guardian = new ProcessReaper(token, null)) {
      guardian.watch(process.pid());
      guardian.kill(process.pid());
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      guardian.suspend(process.pid());
      guardian.resume(process.pid());
    }
    assertThat(process.exitValue()).isEqualTo(137);
  }

  @Test
  @Timeout(60)
  void a_guardian_that_does_not_answer_is_not_waited_for_for_ever() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    try (ProcessReaper guardian = new ProcessReaper(token, null)) {
      ProcessHandle shell =
          ProcessHandle.current()
              .children()
              .filter(child -> !before.contains(child))
              .findFirst()
              .orElseThrow();
      signal("STOP", shell);
      try {
        guardian.suspend(Integer.MAX_VALUE);
      } finally {
        signal("CONT", shell);
      }
      assertThat(shell.isAlive()).isTrue();
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }
}
