package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.Dialect;
import raftlab.dialect.DisguisedTrace;
import raftlab.dialect.SilentNode;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Trace;

/** Runs of replicas that report nothing, with messages in styles that this code has never seen. */
class SilentRunsTest {
  private static final int SEEDS = 150;

  /** Only every n-th run is also asked which rules applied. */
  private static final int SAMPLED = 10;

  private static final RaftSettings WITHOUT_PRE_VOTE =
      RaftSettings.DEFAULT.without(Setting.PRE_VOTE);

  /** Leaders are cut off in turn; no replica restarts. */
  private static Scenario changesOfLeaders() {
    try {
      return ScenarioReader.read(
          "leaders",
          """
          {
            "lifetime": 3, "replicas": 5, "start_wait": 0,
            "network": {"loss": 0.05},
            "traffic": [{"clients": 2, "until": 2.5, "keys": 2, "pause": 0.1, "to": "any", "patience": 1}],
            "events": [{"type": "cut", "who": "leader", "time": 0.6, "every": 0.9, "jitter": 0.3, "last": 2, "for": 0.6}]
          }
          """);
    } catch (ScenarioException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "votes-twice, probe/late-answers, 5",
    "elected-by-half, probe/both-sides, 1",
    "elected-by-half, probe/both-sides, 2"
  })
  void a_bug_that_messages_show_fails_and_is_named(String bug, String file, long seed)
      throws ScenarioException, IOException {
    BuggyNodeFactory factory = BuggyNodeFactory.of(BugCatalogue.find(bug), WITHOUT_PRE_VOTE);
    Scenario scenario = ScenarioReader.read(Path.of("configs", file + ".json"));
    SimWorld world = new SimWorld(host -> factory.create(SilentNode.quiet(host)));
    Trace plain = new ScenarioRunner(scenario, world, seed).play();
    Trace disguised = new DisguisedTrace(100 * seed + 1).of(plain);
    for (Trace trace : List.of(plain, disguised)) {
      Judgement judgement = Judgement.of(scenario, trace);
      assertThat(judgement.verdicts())
          .filteredOn(verdict -> verdict.status() == Status.FAIL)
          .extracting(Verdict::check)
          .contains(CheckName.PROTOCOL);
      assertThat(Explanation.of(scenario, trace, judgement)).map(LikelyCause::name).hasValue(bug);
    }
  }

  @Test
  void correct_replicas_break_no_rule() {
    Scenario scenario = changesOfLeaders();
    List<String> found = new ArrayList<>();
    int[] applied = new int[3];
    for (long seed = 1; seed <= SEEDS; seed++) {
      RaftSettings settings = seed % 3 == 0 ? RaftSettings.DEFAULT : WITHOUT_PRE_VOTE;
      SimWorld world = new SimWorld(host -> new RaftNode(SilentNode.quiet(host), settings));
      Trace plain = new ScenarioRunner(scenario, world, seed).play();
      for (int style = 0; style < 2; style++) {
        DisguisedTrace disguise = new DisguisedTrace(style == 0 ? 0 : seed);
        Trace trace = disguise.of(plain);
        String run = "seed " + seed + ", " + disguise + ": ";
        ProtocolReview.of(trace).all().forEach(each -> found.add(run + each.text()));
      }
      if (seed % SAMPLED == 1) {
        count(applied, Dialect.of(plain));
      }
    }
    assertThat(found).isEmpty();
    for (int each : applied) {
      assertThat(each).isGreaterThan(SEEDS / SAMPLED / 4); // else this test would test nothing
    }
  }

  private static void count(int[] applied, Dialect dialect) {
    List<ProtocolRule> rules = List.of(new VoteRule(), new ElectionRule(5), new CommitRule(5));
    for (int i = 0; i < rules.size(); i++) {
      applied[i] += rules.get(i).isUnderstood(dialect) ? 1 : 0;
    }
  }
}
