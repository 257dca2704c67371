package raftlab.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import raftlab.judge.load.LoadNotes;
import raftlab.run.RunOutcome;
import raftlab.wire.Id;

/** A suite's note about replicas that use a processor while nothing happens. */
final class BusyWaitingText {
  private BusyWaitingText() {}

  /** The note about these runs; empty if no replica does so. */
  static Optional<String> of(List<List<RunOutcome>> outcomes) {
    Map<Id, List<Integer>> percents = new TreeMap<>();
    int runs = 0;
    int busy = 0;
    for (RunOutcome outcome : outcomes.stream().flatMap(List::stream).toList()) {
      Map<Id, Integer> found = outcome.judgement().statistics().load().busyWaiting();
      found.forEach(
          (replica, percent) ->
              percents.computeIfAbsent(replica, id -> new java.util.ArrayList<>()).add(percent));
      runs++;
      busy += found.isEmpty() ? 0 : 1;
    }
    if (busy == 0) {
      return Optional.empty();
    }
    Map<Id, Integer> means =
        percents.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> mean(each.getValue())));
    return Optional.of(
        LoadNotes.busyWaitingText(new TreeMap<>(means), " in " + busy + " of " + runs + " runs"));
  }

  private static int mean(List<Integer> values) {
    return (int) Math.round(values.stream().mapToInt(Integer::intValue).average().orElseThrow());
  }
}
