package raftlab.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import raftlab.wire.Id;
import raftlab.wire.NearestWord;

/**
 * Selects the events and messages of a run to show.
 *
 * @param fromMicros events before this time are left out; counted from when all replicas were ready
 * @param toMicros events after this time are left out
 * @param about show only events that concern these replicas and clients; all if empty
 * @param types show only messages of these types, ignoring case; all if empty
 * @param limit the most messages to show
 */
public record EventFilter(
    long fromMicros, long toMicros, List<Id> about, List<String> types, int limit) {
  /** The default limit of messages. */
  public static final int DEFAULT_LIMIT = 2000;

  /** Everything, with at most {@link #DEFAULT_LIMIT} messages. */
  public static final EventFilter ALL =
      new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, List.of(), List.of(), DEFAULT_LIMIT);

  /** Copies the lists. */
  public EventFilter {
    about = List.copyOf(about);
    types = List.copyOf(types);
  }

  /** Whether events at this time are shown. */
  boolean includes(long micros) {
    return micros >= fromMicros && micros <= toMicros;
  }

  /** A pattern that finds the IDs of {@code about} in a text. */
  Pattern mentionPattern() {
    return about.isEmpty()
        ? Pattern.compile("")
        : Pattern.compile(
            about.stream().map(Id::toString).collect(Collectors.joining("|", "\\b(", ")\\b")));
  }

  /** Whether this message is shown; ignores its time. */
  boolean includes(SentMessage message) {
    return (about.isEmpty() || about.stream().anyMatch(message::concerns))
        && (types.isEmpty()
            || types.stream().anyMatch(type -> type.equalsIgnoreCase(message.message().type())));
  }

  /** An error message if no message of the run has a selected type; "" if there is no error. */
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

  /** An error message if the run has no replica or client with a selected ID; else "". */
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
