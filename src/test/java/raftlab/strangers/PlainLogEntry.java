package raftlab.strangers;

import java.util.Optional;
import raftlab.wire.Message;

/**
 * An entry of the log: a client's request, or nothing.
 *
 * @param operation {@code get}, {@code put} or {@code noop}
 * @param client who asked; "" for an entry that does nothing
 */
record PlainLogEntry(
    long term, String operation, String key, String value, String client, String mid) {
  static final String NOOP = "noop";

  static PlainLogEntry noop(long term) {
    return new PlainLogEntry(term, NOOP, "", "", "", "");
  }

  /** What a client's message asks for; empty if it is no request. */
  static Optional<PlainLogEntry> asked(Message message, long term) {
    boolean put = message.type().equals(Message.PUT);
    String key = message.textOrNull("key");
    String value = put ? message.textOrNull("value") : "";
    boolean isRequest = put || message.type().equals(Message.GET);
    return isRequest && message.mid() != null && key != null && value != null
        ? Optional.of(
            new PlainLogEntry(
                term, message.type(), key, value, message.src().toString(), message.mid()))
        : Optional.empty();
  }
}
