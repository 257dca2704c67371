package raftlab.dialect;

import java.util.Optional;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Reads the messages between the replicas of a run: by the names of their fields if reports show
 * whether that is right; else by the {@link Dialect} of the run; by names alone only if too little
 * could be learned.
 */
public final class MessageReader {
  /** How the messages of a run are read. */
  public enum Source {
    /** By names: replicas report their state, which shows whether the names are right. */
    NAMES_AND_REPORTS,
    /** By what was learned from the run. */
    LEARNED,
    /** By names alone: too little was learned. */
    NAMES
  }

  private final NamedFields names;
  private final Optional<Dialect> dialect;

  private MessageReader(NamedFields names, Optional<Dialect> dialect) {
    this.names = names;
    this.dialect = dialect;
  }

  /** A reader of the messages of a run. Never fails. */
  public static MessageReader of(Trace trace) {
    NamedFields names = NamedFields.of(trace);
    Optional<Dialect> dialect =
        names.hasReports() ? Optional.empty() : Optional.of(Dialect.of(trace));
    return new MessageReader(names, dialect.filter(Dialect::isUsable));
  }

  /** A reader that goes by the names of fields alone. */
  public static MessageReader byNames(Trace trace) {
    return new MessageReader(NamedFields.of(trace), Optional.empty());
  }

  /** How the messages of a run are read, if this dialect was learned from it. */
  public static Source source(Trace trace, Dialect dialect) {
    if (trace.events().stream().anyMatch(Event.Reported.class::isInstance)) {
      return Source.NAMES_AND_REPORTS;
    }
    return dialect.isUsable() ? Source.LEARNED : Source.NAMES;
  }

  /** The content of a message between replicas. */
  public RaftMessageView read(Event.Sent sent) {
    return dialect.isPresent() ? dialect.get().read(sent.number()) : names.read(sent.message());
  }

  /** Whether a message has its sender's term; if not, the term was inferred from other messages. */
  public boolean hasTerm(Event.Sent sent) {
    return dialect.isEmpty() || dialect.get().hasTerm(sent.number());
  }

  /** The dialect by which messages are read; empty if they are read by names. */
  public Optional<Dialect> dialect() {
    return dialect;
  }
}
