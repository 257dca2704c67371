package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.SilentNode;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.raft.RaftSettings;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Which of several mistakes of replicas that report nothing is named as the cause. */
class ExplanationOrderTest extends SilentTraceBuilder {
  private static final long ELECTION_MICROS = 200_000;

  /** A leads term 1 by the votes of both others, and B has acknowledged three entries. */
  private void learnableRun() {
    start();
    named = Id.BROADCAST;
    for (Id voter : List.of(B, C)) {
      canvass(A, voter, 1, 0, 0);
    }
    for (Id voter : List.of(B, C)) {
      vote(voter, A, 1);
    }
    named = A;
    append(B, 1, "0/0", "1 1 1", 0);
    agree(B, 1, 3);
    append(C, 1, "0/0", "1 1 1", 0);
    agree(C, 1, 3);
  }

  /** What the program of C prints shows, whatever messages mean, that a message was too large. */
  private void sendTooLargeMessage() {
    trace.add(new Event.Exited(++now, C, 1, List.of("OSError: Message too long")));
  }

  private void acknowledge(Message put) {
    ok(put);
    trace.add(
        new Event.Answered(++now, CLIENT, put.mid(), Message.OK, null, A, Id.BROADCAST, false));
  }

  private void acknowledgeAtOnce() {
    acknowledge(ask(A, Message.PUT, "value"));
    append(B, 1, "3/1", "1", 3);
  }

  /** Before A acknowledges a write, C, which has not received it, sends A anything. */
  private void acknowledgeAfterOtherMessage(long index) {
    Message put = ask(A, Message.PUT, "value-" + index);
    appendFrom(A, B, 1, index - 1, 1, "{'term': 1, 'value': 'value-" + index + "'}");
    agree(C, 1, 3);
    acknowledge(put);
  }

  private static String cause(Scenario scenario, Trace trace) {
    return Explanation.of(scenario, trace, Judgement.of(scenario, trace)).orElseThrow().name();
  }

  @Test
  void a_write_that_was_acknowledged_too_early_comes_before_what_is_certain() {
    learnableRun();
    sendTooLargeMessage();
    acknowledgeAtOnce();
    assertThat(cause(scenario(), trace)).isEqualTo("acks-before-commit");
  }

  @Test
  void what_is_certain_comes_first_if_no_write_was_acknowledged_too_early() {
    learnableRun();
    sendTooLargeMessage();
    assertThat(cause(scenario(), trace)).isEqualTo("message-too-large");
  }

  @Test
  void when_a_leader_acknowledges_tells_the_mistake_if_its_commit_index_never_rises() {
    learnableRun();
    for (long index = 4; index < 10; index++) {
      acknowledgeAfterOtherMessage(index);
    }
    assertThat(cause(scenario(), trace)).isEqualTo("match-from-next");
  }

  /** The leader's commit index shows the mistake, though acknowledgements look like another. */
  @ParameterizedTest
  @CsvSource({
    "commits-with-half, odd-keys",
    "match-from-next, hot-key",
    "acks-before-commit, odd-keys",
    "acks-before-commit, doubled"
  })
  void the_commit_index_comes_before_what_acknowledgements_show(String bug, String probe)
      throws ScenarioException, IOException {
    BuggyNodeFactory factory = BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT);
    World world = new SimWorld(host -> factory.create(SilentNode.quiet(host)));
    Scenario played = ScenarioReader.read(Path.of("configs/probe", probe + ".json"));
    Trace run = new ScenarioRunner(played, world, 1).play();
    assertThat(Judgement.of(played, run).verdicts())
        .filteredOn(verdict -> verdict.status() == Status.FAIL)
        .extracting(Verdict::check)
        .contains(CheckName.EARLY_OK);
    assertThat(cause(played, run)).isEqualTo(bug);
  }

  @Test
  void followers_that_accept_a_deposed_leader_explain_that_it_answers_gets() {
    silentRun();
    append(C, 1, "0/0", "1 1 1", 0);
    agree(C, 1, 3);
    now += ELECTION_MICROS;
    lead(B, C, 2, 3, 1, 2);
    agreeWith(B, C, 2, 4);
    answer(ask(A, Message.GET, null), "");
    assertThat(certainByNames()).containsExactly("reads-without-majority");
    append(C, 1, "3/1", "1 1 1", 0);
    agree(C, 2, 6);
    assertThat(certainByNames())
        .containsExactlyInAnyOrder("accepts-old-term", "reads-without-majority");
    assertThat(certain()).containsExactly("accepts-old-term");
  }
}
