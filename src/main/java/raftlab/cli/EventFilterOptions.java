package raftlab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;
import raftlab.report.EventFilter;
import raftlab.wire.Id;

/** The options that select the events and messages to show. */
final class EventFilterOptions {
  @Option(
      names = "--messages",
      description =
          "show each message: sender, receiver, type, fields, and whether it was delivered,"
              + " delayed, duplicated or dropped, and why")
  private boolean messages;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "with --messages: only messages of these types, such as get,ok")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "with --messages: at most N messages; default " + EventFilter.DEFAULT_LIMIT)
  private Integer limit;

  @Option(
      names = "--from",
      paramLabel = "S",
      description =
          "show nothing before this time in seconds, counted from when all replicas were ready")
  private Double from;

  @Option(names = "--to", paramLabel = "S", description = "show nothing after this time in seconds")
  private Double to;

  @Option(
      names = "--about",
      paramLabel = "ID",
      split = ",",
      description = "show only events of these replicas and clients; 3 is short for 0003")
  private List<String> about = new ArrayList<>();

  /** Whether to show messages. */
  boolean messages() {
    return messages;
  }

  /**
   * The selected events.
   *
   * @param onlyMessages whether the options need {@code --messages}
   */
  EventFilter eventFilter(boolean onlyMessages) {
    return eventFilter(onlyMessages, false);
  }

  /**
   * The selected events.
   *
   * @param onlyMessages whether the options need {@code --messages}
   * @param columns whether {@code --type} selects the messages in columns
   */
  EventFilter eventFilter(boolean onlyMessages, boolean columns) {
    check("--type", !types.isEmpty() && !columns);
    check("--limit", limit != null);
    if (onlyMessages) {
      check("--from", from != null);
      check("--to", to != null);
      check("--about", !about.isEmpty());
    }
    UsageException.requireAtLeastOne("--limit", limit);
    return new EventFilter(
        micros(from, Long.MIN_VALUE),
        micros(to, Long.MAX_VALUE),
        about.stream().map(EventFilterOptions::id).toList(),
        types,
        limit == null ? EventFilter.DEFAULT_LIMIT : limit);
  }

  private void check(String option, boolean given) {
    if (given && !messages) {
      throw new UsageException("found " + option + " without --messages, expected both or neither");
    }
  }

  private static long micros(Double seconds, long otherwise) {
    return seconds == null ? otherwise : Math.round(seconds * 1e6);
  }

  private static Id id(String text) {
    String digits = text.startsWith("@") ? text.substring(1) : text;
    if (!digits.matches("[0-9A-Fa-f]{1,4}")) {
      throw new UsageException(
          "found --about " + text + ", expected the ID of a replica or client, such as 0003 or 3");
    }
    return Id.parse("0".repeat(4 - digits.length()) + digits.toUpperCase(Locale.ROOT));
  }
}
