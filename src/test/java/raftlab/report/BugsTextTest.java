package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.bugs.Bug;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftSettings;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.suite.BugHunt;
import raftlab.suite.SuiteReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

class BugsTextTest {
  private static final Bug BUG = BugCatalogue.find("never-retransmits");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final BugsText text =
      new BugsText(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new TerminalStyle(false),
          List.of(BUG));

  private String output() {
    text.end(1);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A run that fails since nothing goes on, which a machine that is too busy could have caused. */
  private static RunOutcome failureOnABusyMachine() throws Exception {
    Scenario scenario =
        SuiteReader.read("probe", Path.of("configs")).scenarios().stream()
            .filter(each -> each.name().equals("lost-messages"))
            .findFirst()
            .orElseThrow();
    SimWorld world = new SimWorld(BuggyNodeFactory.of(BUG, RaftSettings.DEFAULT));
    Trace played = new ScenarioRunner(scenario, world, 1).play();
    Trace late = new Trace(played.header());
    late.add(new Event.HarnessLate(0, 900_000));
    played.events().forEach(late::add);
    return RunOutcome.of(scenario, late, 1);
  }

  @Test
  void what_was_not_tried_because_of_a_stop_is_counted() {
    text.add(BUG, new BugHunt.BugHuntResult(List.of(), List.of(), List.of(), List.of(), 1, 1, 1));
    text.end(3);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("0 of 1 caught; interrupted, 2 not tried");
  }

  @Test
  void an_unknown_verdict_catches_no_bug_but_is_reported() throws Exception {
    List<RunOutcome> unknown = List.of(failureOnABusyMachine());
    text.add(BUG, new BugHunt.BugHuntResult(List.of(), unknown, List.of(), List.of(), 1, 1, 1));
    assertThat(text.isAnyMissed()).isTrue();
    assertThat(output()).contains("not caught", "probe/lost-messages is unknown:", "0 of 1 caught");
    assertThat(text.json().toString()).contains("\"unknown\":[\"probe/lost-messages\"]");
  }

  @Test
  void what_was_not_played_is_neither_caught_nor_missed() {
    text.notPlayed(BUG, "make failed:\nan error");
    assertThat(text.isAnyMissed()).isFalse();
    assertThat(text.isAnyNotPlayed()).isTrue();
    assertThat(output()).contains("not played", "      an error", "0 of 0 caught");
    assertThat(text.json().toString()).contains("\"notPlayed\":\"make failed:\\nan error\"");
  }
}
