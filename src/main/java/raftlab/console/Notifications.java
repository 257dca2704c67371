package raftlab.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.report.TerminalStyle;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Notifies the user of important events. */
final class Notifications {
  /** This many malformed messages of a replica are reported; then every tenfold. */
  private static final int MALFORMED_TOLD = 3;

  private final ConsoleOutput screen;
  private final Map<Id, Integer> malformed = new HashMap<>();
  private final Map<Id, Role> roles = new HashMap<>();
  private final RateLimiter bursts = new RateLimiter();

  Notifications(ConsoleOutput screen) {
    this.screen = screen;
  }

  /** Reports an event if it is important. */
  void accept(Event event) {
    TerminalStyle style = screen.style();
    List<String> lines = new ArrayList<>();
    if (event instanceof Event.LeaderKnown known) {
      String text = EventHistory.words(event);
      String painted = known.leader().isBroadcast() ? style.wary(text) : style.good(text);
      addUnlessTooMany(Id.BROADCAST, "the leader", event, painted, lines);
    } else if (event instanceof Event.Exited exited) {
      lines.add(style.bad(EventHistory.words(event)));
      exited
          .lastWords()
          .forEach(word -> lines.add("  " + style.faint(PrintableText.of(word, 200))));
    } else if (event instanceof Event.Malformed bad) {
      malformed(bad, lines);
    } else if (event instanceof Event.PassedOver || event instanceof Event.Overflowed) {
      lines.add(style.wary(EventHistory.words(event)));
    } else if (event instanceof Event.Started started) {
      // All replicas start as followers: that needs no report.
      roles.put(started.replica(), Role.FOLLOWER);
    } else if (event instanceof Event.Reported report
        && report.change() instanceof RoleChanged now
        && roles.put(report.replica(), now.role()) != now.role()) {
      String who = "replica " + report.replica();
      addUnlessTooMany(report.replica(), who, event, style.faint(EventHistory.words(event)), lines);
    }
    if (!lines.isEmpty()) {
      lines.set(0, EventHistory.line(event.atMicros(), lines.get(0), style));
      screen.news(lines);
    }
  }

  /** After the first event beyond the rate limit, prints one remark instead. */
  private void addUnlessTooMany(
      Id about, String name, Event event, String text, List<String> lines) {
    int count = bursts.count(about, event.atMicros());
    if (count <= RateLimiter.MOST) {
      lines.add(text);
    } else if (count == RateLimiter.MOST + 1) {
      lines.add(screen.style().wary(name + " changes too often: some changes are not shown"));
    }
  }

  private void malformed(Event.Malformed bad, List<String> lines) {
    int count = malformed.merge(bad.replica(), 1, Integer::sum);
    if (count <= MALFORMED_TOLD) {
      lines.add(screen.style().bad(EventHistory.words(bad)));
    } else if (Event.PassedOver.isTold(count)) {
      lines.add(
          screen
              .style()
              .bad("replica " + bad.replica() + " has sent " + count + " malformed messages"));
    }
  }

  /** Reports a remark that isn't an event. */
  void tell(long atMicros, String text) {
    screen.news(List.of(EventHistory.line(atMicros, text, screen.style())));
  }
}
