package raftlab.judge.raft;

import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange.Appended;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * An entry that a replica has appended. By the Log Matching Property, its index and term identify
 * it and all entries before it.
 */
final class AppendedEntry {
  /** The first report of it. */
  final Event.Reported event;

  final long index;
  final long term;
  final String command;

  /**
   * The term of the entry before it; 0 if it is the first, {@link ReportedState#UNKNOWN} if it
   * isn't known.
   */
  long previousTerm;

  /** The entry before it; null if there is none, or it isn't known. */
  @Nullable AppendedEntry previous;

  /** Another entry of the same index. */
  final AppendedEntry sibling;

  /** The number of entries of this index, this one included. */
  final int siblings;

  AppendedEntry(Event.Reported event, Appended appended, AppendedEntry sibling) {
    this.event = event;
    this.index = appended.index();
    this.term = appended.term();
    this.command = appended.command();
    this.sibling = sibling;
    this.siblings = sibling == null ? 1 : sibling.siblings + 1;
    this.previousTerm = ReportedState.UNKNOWN;
  }

  void follows(@Nullable AppendedEntry entry, long itsTerm) {
    previous = entry;
    previousTerm = itsTerm;
  }

  Id replica() {
    return event.replica();
  }

  /** Its command, in quotes. */
  String quote() {
    return command.isEmpty() ? "an empty entry" : "\"" + PrintableText.of(command, 60) + "\"";
  }

  @Override
  public String toString() {
    return "entry " + index + " of term " + term;
  }
}
