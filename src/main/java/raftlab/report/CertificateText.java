package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.trace.TraceDifference;
import raftlab.wire.PrintableText;

/** Says whether runs were the same when they were played again. */
public final class CertificateText {
  private static final int MAX_EVENT = 160;

  private final List<String> differences = new ArrayList<>();
  private int same;

  /** A run was the same to the byte. */
  public synchronized void same() {
    same++;
  }

  /** A run was different. */
  public synchronized void different(String scenario, TraceDifference difference) {
    differences.add(
        String.format(
            Locale.ROOT,
            "  %s differs from event %d on, at %.6f s",
            scenario,
            difference.number(),
            difference.atMicros() / 1e6));
    differences.add("    first:  " + shown(difference.first().orElse("(it has ended)")));
    differences.add("    second: " + shown(difference.second().orElse("(it has ended)")));
  }

  private static String shown(String event) {
    return PrintableText.of(event, MAX_EVENT);
  }

  /** Whether a run was different. */
  public synchronized boolean hasDifferences() {
    return !differences.isEmpty();
  }

  /** Returns the lines; none if nothing was compared. */
  public synchronized List<String> lines() {
    int all = same + differences.size() / 3;
    if (all == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        differences.isEmpty()
            ? "Repeatable  "
                + (all == 1 ? "1 run was" : all + " runs were")
                + " played twice, and the same to the byte"
            : "Not repeatable  "
                + differences.size() / 3
                + " of "
                + all
                + " runs were different when they were played again");
    lines.addAll(differences);
    return lines;
  }
}
