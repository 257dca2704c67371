package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.Dialect;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.DisguisedTrace;
import raftlab.dialect.MessageReader;
import raftlab.dialect.MessageReader.Source;
import raftlab.dialect.SilentNode;
import raftlab.run.ScenarioRunner;
import raftlab.run.swarm.RandomScenario;
import raftlab.trace.Trace;

/** How a dialect is printed. */
class DialectTextTest {
  private static final TerminalStyle PLAIN = new TerminalStyle(false);
  private static final Trace RUN = run(1);

  private static Trace run(long seed) {
    return new ScenarioRunner(RandomScenario.of(seed), new SimWorld(SilentNode::of), seed).play();
  }

  private static List<String> text(Trace trace) {
    Dialect dialect = Dialect.of(trace);
    return DialectText.of(dialect, MessageReader.source(trace, dialect), PLAIN);
  }

  private static String line(List<String> lines, String word) {
    return lines.stream().filter(each -> each.contains(word)).findFirst().orElseThrow();
  }

  @Test
  void each_request_is_followed_by_its_reply_and_columns_are_aligned() {
    List<String> lines = text(RUN);
    String request = line(lines, "  RequestVote ");
    String reply = line(lines, "voteReply");
    String append = line(lines, "  AppendEntries ");
    assertThat(reply).startsWith("  its reply ");
    assertThat(lines.indexOf(request)).isLessThan(lines.indexOf(reply));
    assertThat(lines.indexOf(reply)).isLessThan(lines.indexOf(append));
    assertThat(request.indexOf("requestVote")).isEqualTo(append.indexOf("appendEntries"));
    assertThat(line(lines, "prevLogIndex").indexOf("prevLogIndex"))
        .isEqualTo(append.indexOf("appendEntries"));
    assertThat(request.length()).isEqualTo(append.length());
  }

  @Test
  void each_kind_has_its_number_of_messages() {
    Dialect dialect = Dialect.of(RUN);
    assertThat(dialect.count("appendEntries")).isPositive();
    assertThat(line(text(RUN), "  AppendEntries "))
        .endsWith(" " + dialect.count("appendEntries") + " sent");
  }

  @Test
  void the_first_index_is_the_replicas_own() {
    for (long style = 1; style <= 30; style++) {
      DisguisedTrace disguise = new DisguisedTrace(style);
      Dialect dialect = Dialect.of(disguise.of(RUN));
      if (dialect.certainty(Aspect.ENTRIES) == Dialect.Certainty.PROVED) {
        assertThat(dialect.firstIndex())
            .as(disguise.toString())
            .hasValue(disguise.toString().contains("shift 1") ? 0 : 1);
      }
    }
  }

  @Test
  void an_index_with_another_base_shows_it() {
    DisguisedTrace disguise = new DisguisedTrace(countingStyle());
    Dialect dialect = Dialect.of(disguise.of(RUN));
    assertThat(dialect.fields())
        .as(disguise.toString())
        .anyMatch(
            each -> each.meaning().text().equals("match index") && each.field().endsWith("- 1"));
  }

  /** A style with the length of the log in replies. */
  private static long countingStyle() {
    for (long style = 1; ; style++) {
      String words = new DisguisedTrace(style).toString();
      if (words.contains("length") && !words.contains("flags only")) {
        return style;
      }
    }
  }

  @Test
  void the_reference_replicas_heartbeats_are_answered() {
    Dialect dialect = Dialect.of(RUN);
    assertThat(dialect.heartbeats().delivered()).isPositive();
    assertThat(dialect.heartbeats().answered()).isPositive();
    assertThat(text(RUN)).anyMatch(each -> each.contains("heartbeats answered"));
  }

  @Test
  void an_aspect_names_what_was_compared() {
    Dialect dialect = Dialect.of(RUN);
    int elections = dialect.compared(Aspect.TERMS);
    assertThat(line(text(RUN), "  terms "))
        .contains(dialect.agreed(Aspect.TERMS) + " of " + elections + " election");
    assertThat(Aspect.ENTRIES.noun(1)).isEqualTo("entry");
  }

  @Test
  void without_messages_there_is_nothing_to_learn() {
    Trace empty = new Trace(RUN.header());
    Dialect dialect = Dialect.of(empty);
    assertThat(MessageReader.source(empty, dialect)).isEqualTo(Source.NAMES);
    assertThat(text(empty)).last().asString().contains("the replicas sent none");
  }

  @Test
  void colours_are_for_terminals_only() {
    Dialect dialect = Dialect.of(RUN);
    assertThat(String.join("\n", text(RUN))).doesNotContain("\033");
    assertThat(String.join("\n", DialectText.of(dialect, Source.LEARNED, new TerminalStyle(true))))
        .contains("\033");
  }
}
