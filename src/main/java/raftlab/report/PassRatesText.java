package raftlab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.suite.PassRate;
import raftlab.suite.RepeatCounts;

/** Prints how often each scenario passed. */
final class PassRatesText {
  private static final int WORD = 7;

  private final TerminalStyle style;
  private final int nameWidth;
  private final List<String> flaky = new ArrayList<>();

  /**
   * Has printed nothing yet.
   *
   * @param nameWidth the width of the column of names, in characters
   */
  PassRatesText(TerminalStyle style, int nameWidth) {
    this.style = style;
    this.nameWidth = nameWidth;
  }

  /** The line of a scenario that was played at least once. */
  String line(String name, String title, RepeatCounts repeats) {
    if (repeats.isFlaky()) {
      flaky.add(name);
    }
    PassRate rate = repeats.rate();
    return String.format(
        Locale.ROOT,
        "  %s  %-" + nameWidth + "s %s%s  %s",
        word(repeats),
        name,
        String.format(
            Locale.ROOT,
            "%d of %d passed: %.1f %% (95 %%: %.1f to %.1f)",
            rate.passes(),
            rate.runs(),
            rate.fraction() * 100,
            rate.low() * 100,
            rate.high() * 100),
        others(repeats),
        style.faint(title));
  }

  private String word(RepeatCounts repeats) {
    return repeats.isFlaky()
        ? style.warning(String.format(Locale.ROOT, "%-" + WORD + "s", "FLAKY"))
        : style.status(repeats.status(), WORD);
  }

  private static String others(RepeatCounts repeats) {
    return (repeats.failed() == 0 ? "" : ", " + repeats.failed() + " failed")
        + (repeats.blocked() == 0 ? "" : ", " + repeats.blocked() + " blocked")
        + (repeats.unknown() == 0 ? "" : ", " + repeats.unknown() + " unknown");
  }

  /** Names the scenarios, of all that had a line, that passed in some runs and failed in others. */
  List<String> flaky() {
    return flaky.isEmpty()
        ? List.of()
        : List.of(
            style.bold("Flaky")
                + "  "
                + flaky.size()
                + (flaky.size() == 1 ? " scenario passes" : " scenarios pass")
                + " with some seeds only: "
                + String.join(", ", flaky));
  }
}
