package raftlab.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.report.TerminalStyle;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Notifies the user of important events. */
final class Notifications {
  /** This many malformed messages of a replica are reported; then every tenfold. */
  private static final int MAX_MALFORMED_SHOWN = 3;

  private final ConsoleOutput output;
  private final Map<Id, Integer> malformed = new HashMap<>();
  private final Map<Id, Role> roles = new HashMap<>();
  private final RateLimiter rateLimiter = new RateLimiter();

  Notifications(ConsoleOutput output) {
    this.output = output;
  }

  /** Reports an event if it is important. */
  void accept(Event event) {
    TerminalStyle style = output.style();
    List<String> lines = new ArrayList<>();
    if (event instanceof Event.LeaderKnown known) {
      String text = text(event);
      String painted = known.leader().isBroadcast() ? style.warning(text) : style.success(text);
      addUnlessTooMany("the leader", event, painted, lines);
    } else if (event instanceof Event.Exited exited) {
      lines.add(style.error(text(event)));
      exited
          .lastWords()
          .forEach(word -> lines.add("  " + style.faint(PrintableText.of(word, 200))));
    } else if (event instanceof Event.Malformed bad) {
      malformed(bad, lines);
    } else if (event instanceof Event.PassedOver || event instanceof Event.Overflowed) {
      lines.add(style.warning(text(event)));
    } else if (event instanceof Event.Started started) {
      // All replicas start as followers: that needs no report.
      roles.put(started.replica(), Role.FOLLOWER);
    } else if (event instanceof Event.Reported report
        && report.change() instanceof RoleChanged now
        && roles.put(report.replica(), now.role()) != now.role()) {
      String who = "replica " + report.replica();
      addUnlessTooMany(who, event, style.faint(text(event)), lines);
    }
    if (!lines.isEmpty()) {
      lines.set(0, EventHistory.line(event.atMicros(), lines.get(0), style));
      output.printNews(lines);
    }
  }

  /** Describes an event that is reported. */
  private static String text(Event event) {
    return Objects.requireNonNull(EventHistory.text(event), "reported events are listed, too");
  }

  /** After the first event beyond the rate limit, prints one remark instead. */
  private void addUnlessTooMany(String about, Event event, String text, List<String> lines) {
    int count = rateLimiter.count(about, event.atMicros());
    if (count <= RateLimiter.MAX_PER_SPAN) {
      lines.add(text);
    } else if (count == RateLimiter.MAX_PER_SPAN + 1) {
      lines.add(output.style().warning(about + " changes too often: some changes are not shown"));
    }
  }

  private void malformed(Event.Malformed bad, List<String> lines) {
    int count = malformed.merge(bad.replica(), 1, Integer::sum);
    if (count <= MAX_MALFORMED_SHOWN) {
      lines.add(output.style().error(text(bad)));
    } else if (Event.PassedOver.isReported(count)) {
      lines.add(
          output
              .style()
              .error("replica " + bad.replica() + " has sent " + count + " malformed messages"));
    }
  }

  /** Reports a remark that isn't an event. */
  void show(long atMicros, String text) {
    output.printNews(List.of(EventHistory.line(atMicros, text, output.style())));
  }
}
