package raftlab.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import raftlab.wire.Id;
import raftlab.wire.NearestWord;

/**
 * Which events and messages of a run are shown.
 *
 * @param fromMicros nothing before this time, counted from when all replicas were ready
 * @param toMicros nothing after it
 * @param about only what concerns these replicas and clients; all if empty
 * @param types only messages of these types, in any case; all if empty
 * @param limit the most messages to show
 */
public record EventFilter(
    long fromMicros, long toMicros, List<Id> about, List<String> types, int limit) {
  /** How many messages are shown if nothing else is said. */
  public static final int DEFAULT_LIMIT = 2000;

  /** Everything, but for messages beyond the {@link #DEFAULT_LIMIT}. */
  public static final EventFilter ALL =
      new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), List.of(), DEFAULT_LIMIT);

  /** Takes copies of the lists. */
  public EventFilter {
    about = List.copyOf(about);
    types = List.copyOf(types);
  }

  /** Whether this time is among those that are shown. */
  boolean includes(long micros) {
    return micros >= fromMicros && micros <= toMicros;
  }

  /** Finds texts that mention one of those whom it is about. */
  Pattern mentionPattern() {
    return about.isEmpty()
        ? Pattern.compile("")
        : Pattern.compile(
            about.stream().map(Id::toString).collect(Collectors.joining("|", "\\b(", ")\\b")));
  }

  /** Whether this message is shown; its time is not asked for. */
  boolean includes(SentMessage message) {
    return (about.isEmpty() || about.stream().anyMatch(message::concerns))
        && (types.isEmpty()
            || types.stream().anyMatch(type -> type.equalsIgnoreCase(message.message().type())));
  }

  /** What is wrong with the selection if it asks for a type that no message has; "" if nothing. */
  String unknownType(MessageLog log) {
    List<String> occurring = List.copyOf(log.types());
    for (String type : types) {
      if (occurring.stream().noneMatch(type::equalsIgnoreCase)) {
        String known = String.join(", ", occurring.stream().map(MessageText::type).toList());
        return "found --type "
            + MessageText.type(type)
            + ", expected "
            + (known.isEmpty() ? "no type: the run has no messages" : "one of " + known)
            + nearest(type, occurring);
      }
    }
    return "";
  }

  private static String nearest(String type, List<String> occurring) {
    return NearestWord.of(type, occurring)
        .or(
            () ->
                occurring.stream()
                    .filter(each -> each.regionMatches(true, 0, type, 0, type.length()))
                    .findFirst())
        .map(near -> " (did you mean " + MessageText.type(near) + "?)")
        .orElse("");
  }

  /** What is wrong with the selection if it is about an ID that the run has not; "" if nothing. */
  String unknownId(MessageLog log) {
    return about.stream()
        .filter(id -> !log.participants().contains(id))
        .findFirst()
        .map(
            id ->
                "found --about "
                    + id
                    + ", expected the ID of a replica or client of this run: "
                    + String.join(", ", log.participants().stream().map(Id::toString).toList()))
        .orElse("");
  }
}
