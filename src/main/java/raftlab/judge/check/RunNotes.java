package raftlab.judge.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.judge.figures.RunStatistics;
import raftlab.judge.load.LoadNotes;
import raftlab.judge.load.MachineLoad;
import raftlab.scenario.ActionType;
import raftlab.scenario.PerformanceMetric;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * Remarks that decide nothing, but that a reader needs to interpret the run: about the course's
 * rules, or about the kit's own behaviour.
 */
public final class RunNotes {
  private static final int MAX_PASSED_OVER = 10;
  private static final int MANY_DROPPED = 10;

  private RunNotes() {}

  public static List<String> of(JudgedRun run, Map<PerformanceMetric, PerformanceTier> tiers) {
    List<String> remarks = new ArrayList<>(run.scenario().warnings());
    for (Event event : run.rareEvents().events()) {
      if (event instanceof Event.FaultHeld held && !held.forGood()) {
        remarks.add(held.what() + " had to wait: " + held.why());
      }
    }
    if (run.scenario().events().stream().anyMatch(event -> event.type() == ActionType.PART_HARD)) {
      remarks.add(
          "part_hard always puts the leader into the minority here; the course's script does so"
              + " in two runs of five");
    }
    aboutRedirects(run.histories(), remarks);
    aboutLatency(run.statistics(), remarks);
    run.thresholds()
        .benchmarks()
        .forEach(
            (metric, bounds) -> {
              if (bounds.bonus() <= 0 && tiers.get(metric) == PerformanceTier.FULL) {
                remarks.add(
                    "the bonus tier of "
                        + metric.key()
                        + " can't be reached: it asks for less than 0");
              }
            });
    aboutPassedOver(run, remarks);
    aboutOverflows(run, remarks);
    RunStatistics statistics = run.statistics();
    MachineLoad load = statistics.load();
    if (load.isOverloaded()) {
      remarks.add("the machine was overloaded: " + load.overloadText());
    }
    LoadNotes.replicaLoadText(load).ifPresent(remarks::add);
    if (statistics.end() == EndReason.REPLICA_DIED || statistics.end() == EndReason.NOT_STARTED) {
      remarks.add("the run was ended early, since it had failed already");
    }
    return remarks;
  }

  /** Adds the last count of each kind of ignored datagrams. */
  private static void aboutPassedOver(JudgedRun run, List<String> remarks) {
    Map<String, String> last = new LinkedHashMap<>();
    for (Event event : run.trace().events()) {
      if (event instanceof Event.PassedOver passed
          && (last.size() < MAX_PASSED_OVER || last.containsKey(key(passed)))) {
        last.put(key(passed), passed.description());
      }
    }
    remarks.addAll(last.values());
  }

  /**
   * Adds drops, for each replica the largest number between two starts. A few are normal: Raft
   * tolerates loss.
   */
  private static void aboutOverflows(JudgedRun run, List<String> remarks) {
    Map<Id, Event.Overflowed> worst = new TreeMap<>();
    for (Event event : run.trace().events()) {
      if (event instanceof Event.Overflowed overflow && overflow.total() >= MANY_DROPPED) {
        worst.merge(
            overflow.replica(),
            overflow,
            (one, other) -> one.total() > other.total() ? one : other);
      }
    }
    worst.values().forEach(overflow -> remarks.add(overflow.description()));
  }

  private static String key(Event.PassedOver passed) {
    return passed.replica() + passed.what();
  }

  private static void aboutRedirects(KeyHistories histories, List<String> remarks) {
    int count = histories.redirectedButApplied().size();
    if (count > 0) {
      remarks.add(
          count
              + (count == 1 ? " put" : " puts")
              + " took effect though nothing but redirect was answered, the first of key "
              + PrintableText.of(histories.redirectedButApplied().get(0).key(), 40)
              + ": allowed, but a client that asks the leader again may then have put twice");
    }
  }

  private static void aboutLatency(RunStatistics statistics, List<String> remarks) {
    int sentAway = statistics.redirects() + statistics.failedGets() + statistics.failedPuts();
    int done = statistics.okGets() + statistics.okPuts();
    if (sentAway > done) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%d redirects and fails against %d requests done: the course's median latency counts"
                  + " them as fast answers; that of the requests done is %.2f ms",
              sentAway,
              done,
              statistics.medianDoneSeconds().orElse(0) * 1000));
    }
  }
}
