package raftlab.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import raftlab.scenario.Scenario;

/** Says which scenarios of a suite are not played because they need the other world. */
public final class LeftOutText {
  private LeftOutText() {}

  /** One line; empty if none are left out. */
  public static Optional<String> of(List<Scenario> leftOut) {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    String names = leftOut.stream().map(Scenario::name).collect(Collectors.joining(", "));
    boolean simulated = leftOut.get(0).onlyWorld().filter("sim"::equals).isPresent();
    boolean one = leftOut.size() == 1;
    return Optional.of(
        "Left out: "
            + names
            + ". Only the "
            + (simulated ? "simulated" : "process")
            + " world can play "
            + (one ? "it. Its" : "them. Their")
            + " points do not count.");
  }
}
