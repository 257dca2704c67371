package raftlab.console;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.report.EventFilter;
import raftlab.report.MessageSummary;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Prints messages as they are sent and dropped. */
final class MessagePrinter {
  /** Messages that are not delivered are forgotten if there are more. */
  private static final int MAX_OPEN = 10_000;

  private final ConsoleOutput output;
  private final EventFilter filter;
  private final boolean heartbeats;

  /** Messages that may be dropped yet. */
  private final Map<Long, Event.Sent> open = new HashMap<>();

  MessagePrinter(ConsoleOutput output, EventFilter filter, boolean heartbeats) {
    this.output = output;
    this.filter = filter;
    this.heartbeats = heartbeats;
  }

  void accept(LiveCluster cluster, Event event) {
    if (event instanceof Event.Sent sent && isShown(cluster, sent)) {
      if (open.size() > MAX_OPEN) {
        open.clear();
      }
      open.put(sent.number(), sent);
      print(
          sent,
          sent.from()
              + " → "
              + sent.to()
              + "  "
              + MessageSummary.type(sent)
              + "  "
              + output.style().faint(MessageSummary.fields(sent)));
    } else if (event instanceof Event.Delivered delivered) {
      open.remove(delivered.number());
    } else if (event instanceof Event.Dropped dropped) {
      Event.Sent sent = open.remove(dropped.number());
      if (sent != null) {
        print(
            dropped,
            sent.from()
                + output.style().error(" × ")
                + sent.to()
                + "  "
                + MessageSummary.type(sent)
                + "  "
                + output
                    .style()
                    .warning("dropped: " + dropped.why().name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private boolean isShown(LiveCluster cluster, Event.Sent sent) {
    Id from = sent.from();
    Id to = sent.to();
    List<Id> about = filter.about();
    List<String> types = filter.types();
    return cluster.lab().replicas().contains(from)
        && cluster.lab().replicas().contains(to)
        && (about.isEmpty() || about.contains(from) || about.contains(to))
        && (types.isEmpty() || types.stream().anyMatch(sent.message().type()::equalsIgnoreCase))
        && (heartbeats || !cluster.heartbeats().isHeartbeat(sent));
  }

  private void print(Event event, String text) {
    output.printNews(
        List.of(output.cut(EventHistory.line(event.atMicros(), text, output.style()))));
  }
}
