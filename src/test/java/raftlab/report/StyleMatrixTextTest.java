package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.suite.StyledBug;
import raftlab.suite.StyledRuns;

class StyleMatrixTextTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StyleMatrixText text =
      new StyleMatrixText(
          new PrintStream(bytes, true, StandardCharsets.UTF_8),
          new TerminalStyle(false),
          List.of(StyledBug.CORRECT, "votes-twice", "forgets-log"),
          List.of("mid-only", "echo"),
          5);

  private void playAll() {
    text.addImpossible(StyledBug.of("echo", "forgets-log"));
    text.add(StyledBug.of("mid-only", "none"), StyledRuns.hunt(3));
    text.add(
        StyledBug.of("echo", "none"),
        StyledRuns.suspicious(3, StyledRuns.suspected("votes-twice")));
    text.add(
        StyledBug.of("mid-only", "votes-twice"),
        StyledRuns.hunt(1, StyledRuns.failed("votes-twice", Certainty.CERTAIN)));
    text.add(
        StyledBug.of("echo", "votes-twice"),
        StyledRuns.hunt(1, StyledRuns.failed("forgets-term", Certainty.LIKELY)));
    text.add(StyledBug.of("mid-only", "forgets-log"), StyledRuns.hunt(1));
  }

  private String output() {
    text.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void rows_are_bugs_and_columns_are_styles() {
    playAll();
    assertThat(output().lines())
        .containsSequence(
            "               mo ec",
            "  none         +  X",
            "  votes-twice  +  X",
            "  forgets-log  -  .")
        .contains("Columns  mo mid-only, ec echo");
  }

  @Test
  void totals_count_replicas_with_bugs_and_correct_ones_apart() {
    playAll();
    assertThat(output())
        .contains("1 right cause, 1 false cause, 1 not caught, 1 not applicable", "1 of 2 passed");
  }

  @Test
  void each_false_cause_and_each_suspicion_of_a_correct_replica_is_listed() {
    playAll();
    assertThat(output().lines().map(line -> line.replaceAll(" \\S+/small ", " small ")))
        .contains(
            "suspicion  echo  none  small seed 1  votes-twice (certain)",
            "failure  echo  votes-twice  small seed 1  forgets-term (likely)")
        .filteredOn(line -> line.contains("small seed"))
        .as("each as it is found, and again at the end")
        .hasSize(4);
    assertThat(text.isAnyWrong()).isTrue();
  }

  @Test
  void replicas_that_were_not_played_leave_their_cells_empty_and_are_counted() {
    text.add(StyledBug.of("echo", "votes-twice"), StyledRuns.hunt(1));
    assertThat(output()).contains("4 not played");
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .contains("  none", "  votes-twice     -", "  forgets-log");
    assertThat(text.isAnyWrong()).isFalse();
  }

  @Test
  void the_json_has_an_object_for_each_replica() {
    playAll();
    assertThat(StyleMatrixJson.of(text))
        .map(each -> ((JsonObject) each).get("result").getAsString())
        .containsExactly(
            "not-applicable",
            "right-cause",
            "false-cause",
            "right-cause",
            "false-cause",
            "not-caught");
    JsonObject run =
        StyleMatrixJson.of(text)
            .get(4)
            .getAsJsonObject()
            .getAsJsonArray("caught")
            .get(0)
            .getAsJsonObject();
    assertThat(run.get("cause").getAsString()).isEqualTo("forgets-term");
    assertThat(run.get("certainty").getAsString()).isEqualTo("likely");
    assertThat(run.get("isWrong").getAsBoolean()).isTrue();
  }
}
