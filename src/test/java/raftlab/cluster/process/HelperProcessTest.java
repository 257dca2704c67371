package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelperProcessTest {
  @TempDir private Path folder;

  private HelperProcess.HelperResult shell(String script, long millis) throws InterruptedException {
    return HelperProcess.run(
        List.of("sh", "-c", script),
        folder,
        List.of("PATH_TO_NOTHING", "HOME"),
        Duration.ofMillis(millis));
  }

  @Test
  void it_returns_the_exit_code_and_both_outputs() throws Exception {
    HelperProcess.HelperResult result = shell("echo out; echo err >&2; pwd; exit 3", 20_000);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.timedOut()).isFalse();
    assertThat(result.output()).containsExactly("out", "err", folder.toRealPath().toString());
  }

  @Test
  void what_is_named_is_not_inherited() throws Exception {
    assertThat(shell("echo \"<$HOME>\"", 20_000).output()).containsExactly("<>");
  }

  @Test
  void there_is_nothing_to_read() throws Exception {
    assertThat(shell("cat; echo end", 20_000).output()).containsExactly("end");
  }

  @Test
  void time_over_kills_what_ignores_every_signal_that_can_be_ignored() throws Exception {
    HelperProcess.HelperResult result = shell("trap '' TERM INT HUP; echo here; sleep 100", 500);
    assertThat(result.timedOut()).isTrue();
    assertThat(result.exitCode()).isEqualTo(137);
    assertThat(result.output()).containsExactly("here");
  }

  @Test
  void a_child_left_behind_holds_up_nothing() throws Exception {
    HelperProcess.HelperResult result = shell("setsid sleep 100 & echo done", 60_000);
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).containsExactly("done");
  }

  @Test
  void of_long_output_the_beginning_and_the_end_are_kept() throws Exception {
    List<String> output = shell("seq 1 30", 20_000).output();
    assertThat(output)
        .hasSize(30)
        .startsWith("1", "2")
        .endsWith("29", "30")
        .doesNotHaveDuplicates();
  }

  @Test
  void nothing_that_was_printed_is_lost_however_quickly_the_program_ends() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(shell("seq 1 100000", 20_000).output())
          .hasSize(36)
          .startsWith("1", "2")
          .contains("... (lines left out)")
          .endsWith("100000");
    }
  }
}
