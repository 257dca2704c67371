package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in a real terminal, by tmux; skipped where tmux is missing. */
class TerminalSessionTest {
  private static final String SOCKET = "raftlab-" + ProcessHandle.current().pid();
  private static final long MAX_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 50;

  @TempDir private Path home;

  @BeforeAll
  static void needs_tmux() throws Exception {
    boolean found;
    try {
      found = new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException missing) {
      found = false;
    }
    assumeTrue(found, "tmux is not installed");
  }

  @AfterEach
  void end() throws Exception {
    tmux("kill-server");
  }

  private static String tmux(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("tmux", "-L", SOCKET));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(20, TimeUnit.SECONDS);
    return said;
  }

  /** Opens the console in a terminal of this size, and waits for its prompt. */
  private void open(int width, int height) throws Exception {
    String java =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 -Duser.home="
            + home
            + " -cp "
            + System.getProperty("java.class.path")
            + " raftlab.Main repl --seed 3";
    tmux(
        "new-session",
        "-d",
        "-x",
        "" + width,
        "-y",
        "" + height,
        "env LC_ALL=C.UTF-8 " + java + "; echo exit code $?; exec cat");
    await("raftlab>");
  }

  private static String screen() throws Exception {
    return tmux("capture-pane", "-p");
  }

  /** Waits until this is on the screen; a terminal has no event for that. */
  private static String await(String text) throws Exception {
    long until = System.nanoTime() + MAX_MILLIS * 1_000_000;
    String screen = screen();
    while (!screen.contains(text)) {
      assertThat(System.nanoTime()).as("no \"%s\" on:\n%s", text, screen).isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      screen = screen();
    }
    return screen;
  }

  private static void type(String line) throws Exception {
    tmux("send-keys", "-l", line);
    tmux("send-keys", "Enter");
  }

  @Test
  void a_simulated_session_fits_a_small_terminal() throws Exception {
    open(80, 24);
    type("start 5 --sim");
    await("are ready");
    type("run until leader");
    await("the leader is 0003,");
    type("status");
    String status = await("messages between replicas");
    assertThat(status.lines().filter(line -> line.matches("000\\d  ready .*"))).hasSize(5);
    type("put x 1 &");
    await("sent to 0003");
    type("watch");
    String picture = await("q quit");
    assertThat(picture.lines().filter(line -> line.startsWith("000")))
        .hasSizeGreaterThanOrEqualTo(5);
    tmux("send-keys", "c");
    await("crashed");
    tmux("resize-window", "-x", "120", "-y", "40");
    await("p put");
    tmux("send-keys", "q");
    await("raftlab sim");
    type("b");
    await("undone: ");
  }

  @Test
  void keys_complete_interrupt_and_end() throws Exception {
    open(200, 50);
    tmux("send-keys", "-l", "sta");
    tmux("send-keys", "Tab");
    tmux("send-keys", "-l", "rt 3 --s");
    tmux("send-keys", "Tab");
    tmux("send-keys", "Enter");
    await("0000 0001 0002 are ready");
    type("run 86400");
    await("the leader is");
    tmux("send-keys", "C-c");
    await("stopped after");
    await("leader 0001>");
    type("wiat");
    await("did you mean wait?");
    tmux("send-keys", "Up");
    await("> wiat");
    tmux("send-keys", "C-c");
    tmux("send-keys", "C-d");
    await("exit code 0");
  }
}
