package raftlab.explain.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.MessageReader;
import raftlab.explain.view.StateHistory.Entry;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.replica.ReplicaOptions;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/** What replicas report is taken over; of those that report nothing, messages show the state. */
class StateHistoryTest {
  private static Trace play(String file, String... options) throws ScenarioException {
    Scenario scenario = ScenarioReader.read(Path.of("configs", file + ".json"));
    SimWorld world = new SimWorld(ReplicaOptions.parse(List.of(options)).nodeFactory());
    return new ScenarioRunner(scenario, world, 1).play();
  }

  private static List<Entry> history(Trace trace) {
    return StateHistory.of(trace, MessageReader.of(trace), false);
  }

  private static List<String> elections(List<Entry> history) {
    return history.stream()
        .filter(entry -> entry.change() instanceof RoleChanged now && now.role() == Role.LEADER)
        .map(entry -> entry.replica() + " in term " + ((RoleChanged) entry.change()).term())
        .toList();
  }

  /** The terms of the entries of each replica's log, by index. */
  private static Map<Id, Map<Long, Long>> logs(List<Entry> history) {
    Map<Id, Map<Long, Long>> logs = new TreeMap<>();
    for (Entry entry : history) {
      if (entry.change() instanceof Appended appended) {
        logs.computeIfAbsent(entry.replica(), added -> new TreeMap<>())
            .put(appended.index(), appended.term());
      }
    }
    return logs;
  }

  @Test
  void reports_are_taken_over_one_by_one() throws Exception {
    Trace trace = play("course/crash-3");
    List<Entry> history = history(trace);

    List<Entry> expected = new ArrayList<>();
    for (int i = 0; i < trace.events().size(); i++) {
      if (trace.events().get(i) instanceof Event.Reported report) {
        expected.add(new Entry(i, report.replica(), report.change(), true));
      }
    }
    assertThat(history).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"course/crash-3", "course/partition-2", "course/unreliable-2"})
  void messages_show_the_elections_and_logs_that_reports_show(String scenario) throws Exception {
    List<Entry> reported = history(play(scenario));
    List<Entry> inferred = history(play(scenario, "--silent"));

    assertThat(inferred).isNotEmpty().noneMatch(Entry::isReported);
    assertThat(elections(inferred)).isEqualTo(elections(reported));
    Map<Id, Map<Long, Long>> truth = logs(reported);
    logs(inferred)
        .forEach(
            (replica, log) -> {
              assertThat(log).isNotEmpty();
              assertThat(truth.get(replica)).containsAllEntriesOf(log);
            });
  }

  @Test
  void no_inferred_commit_index_is_above_the_true_one() throws Exception {
    long reported = highestCommit(history(play("course/crash-3")));
    long inferred = highestCommit(history(play("course/crash-3", "--silent")));

    assertThat(inferred).isBetween(reported - 1, reported);
  }

  private static long highestCommit(List<Entry> history) {
    return history.stream()
        .filter(entry -> entry.change() instanceof Committed)
        .mapToLong(entry -> ((Committed) entry.change()).index())
        .max()
        .orElse(0);
  }
}
