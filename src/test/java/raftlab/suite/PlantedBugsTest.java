package raftlab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.bugs.BugCatalogue;
import raftlab.cluster.sim.SimWorld;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.node.NodeFactory;
import raftlab.replica.ReplicaOptions;
import raftlab.report.FailureText;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;

/** The suites find every planted bug, and say what it is. */
class PlantedBugsTest {
  /** Chance decides in some scenarios whether a bug shows. */
  private static final int SEEDS = 6;

  /** Of each bug, a scenario that is made to find it. */
  private static final Map<String, String> FOUND_BY = new TreeMap<>();

  private static final Map<String, RunOutcome> OUTCOMES = new TreeMap<>();

  static {
    FOUND_BY.put("accepts-old-term", "replication/old-term-commit");
    FOUND_BY.put("acks-before-commit", "probe/ok-then-kill");
    FOUND_BY.put("adds-without-catching-up", "membership/add-unreachable");
    FOUND_BY.put("answers-with-other-value", "probe/doubled");
    FOUND_BY.put("any-message-resets-timer", "probe/late-reader");
    FOUND_BY.put("applies-again-after-restart", "compaction/restart-from-snapshot");
    FOUND_BY.put("candidate-stays", "probe/ok-then-kill");
    FOUND_BY.put("changes-before-own-commit", "membership/change-before-own-entry");
    FOUND_BY.put("claims-unverified", "persistence/figure-8-restarts");
    FOUND_BY.put("commit-goes-back", "probe/far-behind");
    FOUND_BY.put("commits-at-restart", "replication/large-entries-of-old-terms");
    FOUND_BY.put("commits-old-term", "replication/large-entries-of-old-terms");
    FOUND_BY.put("commits-unverified", "probe/both-sides");
    FOUND_BY.put("commits-with-half", "probe/both-sides");
    FOUND_BY.put("compares-only-length", "replication/longer-but-older");
    FOUND_BY.put("conflict-hint-off-by-one", "replication/figure-8-churn");
    FOUND_BY.put("counts-pre-votes", "election/split-vote");
    FOUND_BY.put("counts-replies-of-old-term", "membership/replies-of-old-term");
    FOUND_BY.put("counts-votes-twice", "probe/equal-patience");
    FOUND_BY.put("drops-log-at-winning", "probe/ok-then-kill");
    FOUND_BY.put("elected-by-half", "probe/both-sides");
    FOUND_BY.put("endless-rejections", "probe/ok-then-kill");
    FOUND_BY.put("executes-retries", "service/exactly-once");
    FOUND_BY.put("fixed-election-timeout", "probe/ok-then-kill");
    FOUND_BY.put("forgets-log", "replication/old-term-commit");
    FOUND_BY.put("forgets-members", "membership/members-after-restart");
    FOUND_BY.put("forgets-own-vote", "persistence/vote-survives");
    FOUND_BY.put("forgets-term", "replication/old-term-commit");
    FOUND_BY.put("forgets-vote", "replication/old-term-commit");
    FOUND_BY.put("forgets-vote-when-following", "membership/late-vote-requests");
    FOUND_BY.put("heartbeat-without-check", "probe/both-sides");
    FOUND_BY.put("installs-old-snapshot", "compaction/late-snapshot");
    FOUND_BY.put("keeps-conflicting-entries", "probe/both-sides");
    FOUND_BY.put("keeps-deleted-configuration", "membership/deleted-change");
    FOUND_BY.put("leader-stays", "probe/both-sides");
    FOUND_BY.put("leader-stores-late", "replication/old-term-commit");
    FOUND_BY.put("leader-without-quorum-stays", "election/one-way");
    FOUND_BY.put("learner-counts", "membership/learner-does-not-count");
    FOUND_BY.put("lease-from-reply", "service/late-replies-to-leader");
    FOUND_BY.put("lease-survives-transfer", "membership/lease-in-transfer");
    FOUND_BY.put("lease-too-long", "probe/both-sides");
    FOUND_BY.put("loses-odd-keys", "probe/odd-keys");
    FOUND_BY.put("match-from-next", "probe/far-behind");
    FOUND_BY.put("match-goes-back", "unreliable/late-acknowledgements");
    FOUND_BY.put("message-too-large", "probe/big-backlog");
    FOUND_BY.put("never-retransmits", "election/re-election");
    FOUND_BY.put("next-index-below-one", "membership/add");
    FOUND_BY.put("ok-at-losing-leadership", "probe/both-sides");
    FOUND_BY.put("pre-vote-despite-leader", "election/partial-partition");
    FOUND_BY.put("pre-vote-hides-term", "probe/leads-again");
    FOUND_BY.put("reads-anywhere", "probe/stale-reads");
    FOUND_BY.put("reads-before-own-commit", "probe/ok-then-kill");
    FOUND_BY.put("reads-by-late-replies", "membership/lease-in-transfer");
    FOUND_BY.put("reads-without-majority", "probe/stale-reads");
    FOUND_BY.put("refuses-repeated-request", "election/lost-votes");
    FOUND_BY.put("refuses-shorter-log", "replication/longer-but-older");
    FOUND_BY.put("removed-leader-counts-itself", "membership/removal-needs-new-majority");
    FOUND_BY.put("removed-never-stands", "membership/removed-must-lead");
    FOUND_BY.put("removed-stands", "membership/removed-is-quiet");
    FOUND_BY.put("removed-still-counts", "membership/removed-does-not-count");
    FOUND_BY.put("restores-deleted-entries", "persistence/deleted-entries");
    FOUND_BY.put("skips-consistency-check", "replication/rejoin-of-old-leader");
    FOUND_BY.put("slow-heartbeats", "election/initial-election");
    FOUND_BY.put("snapshot-of-unapplied", "replication/large-log");
    FOUND_BY.put("snapshot-without-sessions", "compaction/sessions-in-snapshot");
    FOUND_BY.put("snapshot-without-term", "compaction/behind-a-snapshot");
    FOUND_BY.put("stores-late", "replication/old-term-commit");
    FOUND_BY.put("transfer-never-ends", "membership/transfer-to-crashed");
    FOUND_BY.put("transfer-without-flag", "membership/prompt-transfer");
    FOUND_BY.put("transfers-to-lagging", "membership/prompt-transfer");
    FOUND_BY.put("truncates-on-old-append", "probe/lost-messages");
    FOUND_BY.put("two-changes-at-once", "membership/changes-on-a-slow-network");
    FOUND_BY.put("vote-does-not-reset-timer", "election/votes-on-slow-links");
    FOUND_BY.put("votes-at-once-after-restart", "persistence/lease-and-restart");
    FOUND_BY.put("votes-for-old-log", "probe/ok-then-kill");
    FOUND_BY.put("votes-twice", "probe/late-answers");
  }

  static Stream<String> bugs() {
    return FOUND_BY.keySet().stream();
  }

  /** The outcome of the first seed that fails, or else of the last. */
  private static RunOutcome firstFailure(String bug) throws ScenarioException {
    RunOutcome known = OUTCOMES.get(bug);
    if (known == null) {
      known = play(bug, FOUND_BY.get(bug));
      OUTCOMES.put(bug, known);
    }
    return known;
  }

  private static RunOutcome play(String bug, String file) throws ScenarioException {
    NodeFactory nodes = ReplicaOptions.parse(List.of("--bug", bug)).nodeFactory();
    Scenario scenario = ScenarioReader.read(Path.of("configs", file + ".json"));
    RunOutcome outcome = null;
    for (long seed = 1; seed <= SEEDS && (outcome == null || !isFailed(outcome)); seed++) {
      outcome =
          RunOutcome.of(
              scenario, new ScenarioRunner(scenario, new SimWorld(nodes), seed).play(), 0);
    }
    return outcome;
  }

  private static boolean isFailed(RunOutcome outcome) {
    return outcome.status() == Status.FAIL;
  }

  @Test
  void a_scenario_is_known_for_every_bug() {
    assertThat(FOUND_BY.keySet()).containsExactlyInAnyOrderElementsOf(BugCatalogue.names());
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_bug_is_found(String bug) throws ScenarioException {
    assertThat(firstFailure(bug).status()).isEqualTo(Status.FAIL);
  }

  /** The picture of a run opens where this evidence is. */
  @ParameterizedTest
  @MethodSource("bugs")
  void a_failure_has_evidence_to_show(String bug) throws ScenarioException {
    RunOutcome outcome = firstFailure(bug);
    Verdict broken = FailureText.broken(outcome.judgement());
    LikelyCause cause = outcome.cause().orElseThrow();
    assertThat(FailureText.events(cause, broken)).isNotEmpty();
  }

  /** A leader that never waits with a get has no lease that it could keep. */
  @Test
  void a_leader_that_asks_no_majority_is_not_said_to_keep_its_lease() throws ScenarioException {
    RunOutcome outcome = play("reads-without-majority", "membership/lease-in-transfer");
    assertThat(outcome.status()).isEqualTo(Status.FAIL);
    assertThat(outcome.cause()).map(LikelyCause::name).hasValue("reads-without-majority");
  }

  @Test
  void the_likely_cause_is_nearly_always_right() throws ScenarioException {
    Map<String, String> wrong = new TreeMap<>();
    for (String bug : FOUND_BY.keySet()) {
      String said = firstFailure(bug).cause().map(LikelyCause::name).orElse("nothing");
      if (!said.equals(bug)) {
        wrong.put(bug, said);
      }
    }
    assertThat(wrong).hasSizeLessThanOrEqualTo(FOUND_BY.size() / 5);
  }
}
