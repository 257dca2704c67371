package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.explain.LikelyCause;
import raftlab.explain.LikelyCause.Certainty;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.run.SmallScenario;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/** The reason of a failure stands right above the verdict. */
class FailureTextTest {
  private static List<String> why(Scenario scenario, World world) {
    Trace trace = new ScenarioRunner(scenario, world, 1).play();
    return why(RunText.of(RunOutcome.of(scenario, trace, 0), trace, new TerminalStyle(false)));
  }

  private static List<String> why(List<String> lines) {
    return lines.subList(lines.indexOf("Why"), lines.size());
  }

  private static Scenario scenario() throws ScenarioException {
    return ScenarioReader.read(Path.of("configs/probe/both-sides.json"));
  }

  private static RunOutcome play(World world) throws ScenarioException {
    Scenario scenario = scenario();
    return RunOutcome.of(scenario, new ScenarioRunner(scenario, world, 1).play(), 0);
  }

  private static World planted(String bug) {
    return new SimWorld(BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT));
  }

  private static RunOutcome failed() throws ScenarioException {
    return play(planted("commits-with-half"));
  }

  /** The messages among the lines that explain the failure. */
  private static List<String> messages(List<String> why) {
    List<String> lines =
        why.stream()
            .dropWhile(line -> !line.startsWith("  last messages"))
            .takeWhile(line -> !line.matches("  (likely|usual|observed).*"))
            .map(line -> line.substring(17))
            .toList();
    assertThat(lines).allMatch(line -> line.matches("\\d+\\.\\d{3} s  [0-9A-F]{4} → .*\\[.*].*"));
    return lines;
  }

  @Test
  void requirement_events_cause_section_and_command_come_in_this_order() throws Exception {
    List<String> lines = RunText.of(failed(), new TerminalStyle(false));
    String why = String.join("\n", lines.subList(lines.indexOf("Why"), lines.size()));
    assertThat(why)
        .containsSubsequence(
            "property",
            "what happened",
            "likely cause   commits-with-half",
            "more than half of the members",
            "see",
            "FAIL",
            "To play it again:");
  }

  @Test
  void the_certainty_decides_the_title_whatever_the_words_of_the_text() throws Exception {
    RunOutcome failed = failed();
    assertThat(List.of(Certainty.values()))
        .extracting(
            certainty -> {
              var cause = new LikelyCause("x", "Usual causes: y.", "", certainty, List.of());
              List<String> lines =
                  FailureText.of(
                      failed.judgement(),
                      Optional.of(cause),
                      Optional.empty(),
                      new TerminalStyle(false));
              return lines.get(lines.indexOf(" ".repeat(17) + cause.text()) - 1).strip();
            })
        .containsExactly(
            "likely cause   x", "likely cause   x", "usual causes   x", "observed       x");
  }

  @Test
  void a_run_that_passes_has_none() throws Exception {
    List<String> lines = RunText.of(play(new SimWorld(RaftNode::new)), new TerminalStyle(false));
    assertThat(lines).doesNotContain("Why").isNotEmpty();
  }

  @Test
  void programs_get_the_causes_name_text_section_and_certainty() throws Exception {
    var cause = OutcomeJson.of(failed()).getAsJsonObject("cause");
    assertThat(cause.get("name").getAsString()).isEqualTo("commits-with-half");
    assertThat(cause.get("certainty").getAsString()).isEqualTo("certain");
    assertThat(cause.get("section").getAsString()).isEqualTo("§5.3");
    assertThat(cause.get("text").getAsString()).contains("leader ", "entry ");
  }

  @Test
  void the_last_messages_before_a_failure_are_shown_in_order_after_the_events() throws Exception {
    List<String> why = why(scenario(), planted("commits-with-half"));
    assertThat(String.join("\n", why))
        .containsSubsequence("what happened", "last messages", "likely cause");
    List<String> messages = messages(why);
    assertThat(messages).hasSizeBetween(6, 12).anyMatch(line -> line.contains("appendEntries"));
    assertThat(messages.stream().map(line -> Double.valueOf(line.substring(0, line.indexOf(' ')))))
        .isSorted();
  }

  @Test
  void a_wrong_answer_is_shown_with_its_request_and_the_messages_of_its_replica() throws Exception {
    Scenario scenario = ScenarioReader.read(Path.of("configs/course/partition-4.json"));
    List<String> messages = messages(why(scenario, planted("reads-anywhere")));
    Pattern answer = Pattern.compile(" ([0-9A-F]{4}) → 00[12].  ok +(MID=\\w+) ");
    List<MatchResult> answers =
        messages.stream().flatMap(line -> answer.matcher(line).results()).toList();
    assertThat(answers).isNotEmpty();
    for (MatchResult each : answers) {
      assertThat(messages)
          .anyMatch(
              line ->
                  line.contains("→ " + each.group(1) + "  get") && line.contains(each.group(2)));
    }
    assertThat(messages.stream().filter(line -> !line.contains("MID=")))
        .isNotEmpty()
        .allMatch(line -> line.contains(answers.get(0).group(1)));
  }

  @Test
  void similar_messages_are_one_line_with_a_count() throws Exception {
    assertThat(messages(why(scenario(), planted("commits-with-half"))))
        .anyMatch(line -> line.matches(".*\\(\\d+ more like it.* since \\d+\\.\\d{3} s\\)"));
  }

  /** Replicas that end at their fifth put. */
  private static Node endsAtPut(Host host) {
    RaftNode node = new RaftNode(host);
    return new Node() {
      private int puts;

      @Override
      public void start() {
        node.start();
      }

      @Override
      public void receive(Message message) {
        if (message.type().equals(Message.PUT) && ++puts == 5) {
          throw new IllegalStateException("the fifth put");
        }
        node.receive(message);
      }

      @Override
      public void timeout(String timer) {
        node.timeout(timer);
      }
    };
  }

  @Test
  void the_last_requests_of_a_replica_that_exited_are_shown_too() {
    List<String> why = why(SmallScenario.with(""), new SimWorld(FailureTextTest::endsAtPut));
    String ended =
        why.stream().filter(line -> line.contains("exited unexpectedly")).findFirst().get();
    String replica = ended.replaceAll(".*replica ([0-9A-F]{4}) .*", "$1");
    assertThat(messages(why)).last().asString().contains("→ " + replica + "  put", "[delivered]");
  }
}
