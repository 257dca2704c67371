package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.report.EventColumns;
import raftlab.report.EventFilter;
import raftlab.report.TerminalStyle;
import raftlab.run.lab.Lab;
import raftlab.wire.Id;

/** What the full-screen view shows: replicas, logs, links, rates, and the latest messages. */
final class WatchView {
  private static final int EVENTS = 2_000;
  private static final int LOG_ENTRIES_WIDTH = 3;
  private static final int LOG_NAME_WIDTH = 6;

  private final TerminalStyle style;
  private long lastMicros = -1;
  private long lastMessages;
  private long lastAnswers;
  private double messagesPerSecond;
  private double answersPerSecond;

  WatchView(TerminalStyle style) {
    this.style = style;
  }

  /** The lines that fit; on the lab's thread. */
  List<String> lines(LiveCluster cluster, int width, int height, boolean isPaused) {
    updateRates(cluster);
    Lab lab = cluster.lab();
    Map<Id, ShownState> states = ShownState.reportedOnly(cluster);
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(
            String.format(
                Locale.ROOT,
                "%s  %.1f s  %s  %.0f messages/s  %.0f answers/s%s",
                cluster.world().name(),
                lab.nowMicros() / 1e6,
                lab.leader().map(id -> "leader " + id).orElse("no leader"),
                messagesPerSecond,
                answersPerSecond,
                isPaused ? "  PAUSED" : "")));
    StatusTable table = new StatusTable(cluster, states, style);
    lines.add(style.bold(table.heading()));
    lines.addAll(table.rows());
    lines.add(
        "network "
            + InspectionCommands.networkText(lab.links().topology())
            + ", "
            + QuantityParser.percent(lab.links().network().lossProbability())
            + " lost");
    int replicas = lab.replicas().size();
    if (height - lines.size() > replicas + 4) {
      int entries = Math.max(5, (width - LOG_NAME_WIDTH) / LOG_ENTRIES_WIDTH);
      lines.addAll(LogTerms.lines(lab.replicas(), states, entries, style));
    }
    int rows = height - lines.size() - 2;
    if (rows > 2) {
      lines.addAll(
          EventColumns.ofLast(
              lab.trace(),
              EVENTS,
              new EventColumns.Options(EventFilter.ALL, false, width, rows),
              style));
    }
    while (lines.size() < height - 1) {
      lines.add("");
    }
    List<String> shown =
        new ArrayList<>(lines.subList(0, Math.max(0, Math.min(lines.size(), height - 1))));
    shown.add(
        style.faint(
            "q quit  space "
                + (isPaused ? "continue" : "stop")
                + "  s step  c crash leader  r restart crashed  i isolate leader  h heal  p put"));
    return shown;
  }

  private void updateRates(LiveCluster cluster) {
    long now = cluster.lab().nowMicros();
    long messages = cluster.lab().messagesBetweenReplicas();
    long answers = cluster.messageCounter().answers();
    if (lastMicros < 0 || now < lastMicros) {
      lastMicros = now;
      lastMessages = messages;
      lastAnswers = answers;
    } else if (now - lastMicros >= 1_000_000) {
      double seconds = (now - lastMicros) / 1e6;
      messagesPerSecond = (messages - lastMessages) / seconds;
      answersPerSecond = (answers - lastAnswers) / seconds;
      lastMicros = now;
      lastMessages = messages;
      lastAnswers = answers;
    }
  }
}
