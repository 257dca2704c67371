package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.run.concrete.RunComparison;

/** Prints how far a replayed run matches the original run. */
public final class RunComparisonText {
  private RunComparisonText() {}

  /** A summary line, a line for the first difference, and a line for each link that differs. */
  public static List<String> of(RunComparison likeness) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d messages between replicas have the same type and place on their link.",
            likeness.matching(),
            likeness.before()));
    RunComparison.Difference first = likeness.first();
    if (first == null) {
      return lines;
    }
    lines.add(
        "The first difference is at "
            + NumberText.seconds(first.atMicros()).strip()
            + ", message "
            + first.nth()
            + " from "
            + first.from()
            + " to "
            + first.to()
            + ": "
            + orNone(first.before())
            + " before, "
            + orNone(first.after())
            + " now.");
    for (RunComparison.LinkComparison link : likeness.links()) {
      if (link.matching() < Math.max(link.before(), link.after())) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %s to %s: the first %,d alike, of %,d before and %,d now",
                link.from(),
                link.to(),
                link.matching(),
                link.before(),
                link.after()));
      }
    }
    return lines;
  }

  private static String orNone(String type) {
    return type.isEmpty() ? "no message" : type;
  }
}
