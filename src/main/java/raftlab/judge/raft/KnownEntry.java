package raftlab.judge.raft;

import raftlab.node.StateChange.Appended;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * An entry that some replica has appended. By the Log Matching Property, index and term tell it
 * from all others, and tell what precedes it.
 */
final class KnownEntry {
  /** Stands for a term that isn't known. */
  static final long UNKNOWN = -1;

  /** Who was first to report it. */
  final Event.Reported event;

  final long index;
  final long term;
  final String command;

  /** The term of the entry before it; 0 if it is the first, {@link #UNKNOWN} if nobody told. */
  long previousTerm;

  /** The entry before it; null if there is none, or nobody told. */
  KnownEntry previous;

  /** Another entry of the same index. */
  final KnownEntry sibling;

  /** How many entries of this index there are, with this one. */
  final int siblings;

  KnownEntry(Event.Reported event, Appended appended, KnownEntry sibling) {
    this.event = event;
    this.index = appended.index();
    this.term = appended.term();
    this.command = appended.command();
    this.sibling = sibling;
    this.siblings = sibling == null ? 1 : sibling.siblings + 1;
    this.previousTerm = UNKNOWN;
  }

  void follows(KnownEntry entry, long itsTerm) {
    previous = entry;
    previousTerm = itsTerm;
  }

  Id replica() {
    return event.replica();
  }

  /** What it does, in quotes. */
  String quote() {
    return command.isEmpty() ? "an empty entry" : "\"" + PrintableText.of(command, 60) + "\"";
  }

  @Override
  public String toString() {
    return "entry " + index + " of term " + term;
  }
}
