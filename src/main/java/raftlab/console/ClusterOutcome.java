package raftlab.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import raftlab.report.TerminalStyle;
import raftlab.run.lab.Lab;
import raftlab.wire.Id;

/**
 * What a run has led to, to be compared with another.
 *
 * @param facts what was found, by name
 */
record ClusterOutcome(Map<String, String> facts) {
  static ClusterOutcome of(LiveCluster cluster, BranchVerdict verdict) {
    Map<String, String> facts = new LinkedHashMap<>();
    Lab lab = cluster.lab();
    facts.put("leader", lab.leader().map(Id::toString).orElse("none"));
    facts.put("time", QuantityParser.time(lab.nowMicros()));
    facts.put("elections", Long.toString(cluster.messageCounter().leaders()));
    for (Id id : lab.replicas()) {
      facts.put(
          id.toString(),
          lab.isRunning(id)
              ? cluster.reports().role(id)
                  + " in term "
                  + cluster.reports().term(id)
                  + ", log end "
                  + cluster.reports().lastIndex(id)
                  + ", commit "
                  + cluster.reports().commitIndex(id)
              : "down");
    }
    facts.put("answers", cluster.messageCounter().answersText());
    facts.put("messages", lab.messagesBetweenReplicas() + " between replicas");
    facts.put(
        "judges", verdict.status() + (verdict.reason().isEmpty() ? "" : ": " + verdict.reason()));
    return new ClusterOutcome(facts);
  }

  /** The facts that differ, one line each. */
  static List<String> compare(ClusterOutcome without, ClusterOutcome with, TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    for (String name : new TreeSet<>(without.facts.keySet())) {
      String before = without.facts.getOrDefault(name, "");
      String after = with.facts.getOrDefault(name, "");
      if (!before.equals(after)) {
        lines.add(
            String.format(Locale.ROOT, "  %-10s", name)
                + style.faint("without: ")
                + before
                + style.faint("  with: ")
                + style.bold(after));
      }
    }
    return lines.isEmpty()
        ? List.of("  nothing differs: same leader, terms, logs, answers and number of messages")
        : lines;
  }
}
