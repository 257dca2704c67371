package raftlab.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** What a correct replica may do in rare cases is no certain cause. */
class CertainCauseRulesTest extends ExplainTraceBuilder {
  private static final long SECOND = 1_000_000;

  /** The contract has no checksum: a replica can't recognize such a message. */
  @Test
  void nothing_is_certain_after_the_network_has_corrupted_a_message_between_replicas()
      throws Exception {
    Scenario scenario =
        ScenarioReader.read(
            "corrupt",
            """
            {"lifetime": 4, "replicas": 3, "start_wait": 1, "end_wait": 1,
             "network": {"corrupt": 0.05},
             "traffic": [{"clients": 4, "rate": 60, "mix": {"put": 1, "get": 1}, "until": 3}]}
            """);
    for (long seed = 1; seed <= 10; seed++) {
      Trace run = new ScenarioRunner(scenario, new SimWorld(RaftNode::new), seed).play();
      assertThat(run.events()).hasAtLeastOneElementOfType(Event.Corrupted.class);
      assertThat(Explanation.certain(scenario, run)).as("seed " + seed).isEmpty();
    }
  }

  /** B stands in term 2: by the wish of its leader, or because its election timeout elapsed. */
  private void candidateReceivesVoteRequestOfTerm3(long waitedMicros) {
    goodRun();
    tell(A, B, "timeoutNow", "'term': 1");
    now += waitedMicros;
    say(B, new TermChanged(2), new Voted(2, B), role(Role.CANDIDATE, 2, Id.BROADCAST));
    String request = "'term': 2, 'lastLogIndex': 2, 'lastLogTerm': 1";
    send(B, C, "requestVote", request);
    say(C, new TermChanged(3), new Voted(3, C), role(Role.CANDIDATE, 3, Id.BROADCAST));
    tell(C, B, "requestVote", "'term': 3, 'lastLogIndex': 0, 'lastLogTerm': 0");
    for (int i = 0; i < 3; i++) {
      now += SECOND;
      send(B, C, "requestVote", request);
    }
  }

  /** Dissertation §4.2.3: it has received from a leader within the minimum election timeout. */
  @Test
  void a_candidate_that_its_leader_has_asked_to_stand_may_ignore_a_later_candidate() {
    candidateReceivesVoteRequestOfTerm3(1_000);
    assertThat(certain()).isEmpty();
  }

  @Test
  void a_candidate_whose_election_timeout_elapsed_adopts_the_term_of_a_later_candidate() {
    candidateReceivesVoteRequestOfTerm3(SECOND);
    assertThat(certain()).containsExactly("candidate-stays");
  }

  /**
   * B crashed in the middle of a step, so it has not reported entries that it finds after the
   * restart: its log is known from entry 2 on. The leader of term 3 has another entry 2.
   */
  @Test
  void the_first_known_entry_of_a_log_may_conflict_with_what_the_leader_sends() throws Exception {
    goodRun();
    append(B, 1, "2/1", "1", 1);
    say(B, entry(3, 1));
    trace.add(new Event.Crashed(++now, B));
    trace.add(new Event.Started(++now, B));
    say(B, new Restored(2, C, 0, 2, 2));
    tell(
        C,
        B,
        "appendEntries",
        "'term': 2, 'prevLogIndex': 2, 'prevLogTerm': 2, 'entries': [{'term': 2}],"
            + " 'leaderCommit': 0");
    say(B, role(Role.FOLLOWER, 2, C), entry(3, 2));
    say(B, new TermChanged(3));
    append(B, 3, "1/1", "3", 1);
    say(B, role(Role.FOLLOWER, 3, A), new Truncated(2), entry(2, 3));
    Scenario withStorage =
        ScenarioReader.read(
            "restarts",
            """
            {"lifetime": 10, "replicas": 3, "requests": 1, "mix": 0.5,
             "events": [{"type": "restart_all", "time": 5}]}
            """);
    assertThat(withStorage.needsStorage()).isTrue();
    assertThat(Explanation.certain(withStorage, trace))
        .extracting(LikelyCause::name)
        .doesNotContain("accepts-old-term", "truncates-on-old-append");
  }
}
