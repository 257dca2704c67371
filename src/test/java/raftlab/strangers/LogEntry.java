package raftlab.strangers;

/**
 * An entry of the log: a client's request, or nothing.
 *
 * @param operation {@code get}, {@code put} or {@code noop}
 * @param client who asked; "" for an entry that does nothing
 */
record LogEntry(long term, String operation, String key, String value, String client, String mid) {
  static final String NOOP = "noop";

  static LogEntry noop(long term) {
    return new LogEntry(term, NOOP, "", "", "", "");
  }
}
