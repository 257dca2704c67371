package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;

@Timeout(120)
class ProcessConsoleTest {
  private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void real_replicas_are_started_asked_crashed_and_leave_nothing_behind() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    List<ProcessHandle> ours;
    try (TestConsole console = new TestConsole(new ProcessWorld(ReplicaCommand.reference()))) {
      assertThat(console.obey("start 3")).contains("0000 0001 0002 are ready");
      ours =
          ProcessHandle.current()
              .descendants()
              .filter(process -> !before.contains(process))
              .toList();
      assertThat(ours).hasSizeGreaterThanOrEqualTo(3);
      assertThat(console.obey("wait leader")).contains("the leader is");
      assertThat(console.obey("put x 1")).contains("ok  from");
      assertThat(console.obey("get x")).contains("\"1\"  from");
      assertThat(console.obey("crash leader")).contains("killed");
      assertThat(console.obey("wait leader")).contains("the leader is");
      assertThat(console.obey("get x")).contains("\"1\"  from");
      console.obey("quit");
      assertThat(console.console().session().isOver()).isTrue();
    }
    awaitEnd(ours);
  }

  @Test
  void notifications_appear_without_a_command() throws Exception {
    try (TestConsole console = new TestConsole(new ProcessWorld(ReplicaCommand.reference()))) {
      console.obey("start 3");
      console.await("the leader is");
    }
  }

  @Test
  void a_replica_that_exits_is_notified_with_its_last_output() {
    String complainer = "sh -c 'echo its last words >&2; exit 3'";
    try (TestConsole console =
        new TestConsole(new ProcessWorld(ReplicaCommand.parse(complainer)))) {
      assertThat(console.obey("start 2"))
          .contains("exited unexpectedly with exit code 3", "its last words", "2 of 2 ");
      assertThat(console.obey("output 1")).contains("! its last words");
    }
  }

  @Test
  void a_console_that_is_killed_leaves_nothing_behind() throws Exception {
    Process console =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "raftlab.Main",
                "repl")
            .redirectErrorStream(true)
            .start();
    try (OutputStream commands = console.getOutputStream();
        BufferedReader said =
            new BufferedReader(
                new InputStreamReader(console.getInputStream(), StandardCharsets.UTF_8))) {
      commands.write("start 3\n".getBytes(StandardCharsets.UTF_8));
      commands.flush();
      awaitLine(said, "are ready");
      List<ProcessHandle> its = console.descendants().toList();
      assertThat(its).hasSizeGreaterThanOrEqualTo(4);
      console.destroyForcibly();
      awaitEnd(its);
    } finally {
      console.destroyForcibly();
    }
  }

  private static void awaitLine(BufferedReader said, String part) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(part)) {
        return;
      }
    }
    throw new AssertionError("the console ended without saying \"" + part + "\"");
  }
}
