package raftlab.dialect;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The meaning of each message type, from all messages of a run. Replicas that report nothing may
 * count entries from 0, call a vote what others call a request, or put another's term into {@code
 * term}. So this reads less into their messages than {@link FieldAliases} does:
 *
 * <ul>
 *   <li>An index or a term below 0 shows another base: then no index of any message is read.
 *   <li>Terms that decrease from one message to the next of the same sender and type aren't the
 *       sender's terms: then nothing is read.
 *   <li>A type whose messages read differently, or whose name contradicts its fields (an {@code
 *       AppendEntries} with the fields of a vote request), isn't read.
 *   <li>A heartbeat may lack the fields of the type's other messages.
 * </ul>
 *
 * Where replicas report their state, reports show whether messages are read correctly, and all
 * fields are read.
 */
final class NamedFields {
  /** A term may decrease this often: a message that is sent late, or a bug. */
  private static final int MAX_DECREASES = 2;

  private enum Kind {
    VOTE_REQUEST,
    VOTE_REPLY,
    APPEND,
    APPEND_REPLY,
    INSTALL,
    OTHER
  }

  private record Sender(Id id, String type) {}

  private final FieldAliases aliases = new FieldAliases();
  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<Sender, Long> terms = new HashMap<>();
  private boolean hasReports;
  private boolean hasOtherBase;
  private int decreases;

  private NamedFields() {}

  /** Reads all messages of a run. Never fails. */
  static NamedFields of(Trace trace) {
    NamedFields types = new NamedFields();
    List<Id> replicas = trace.header().replicas();
    for (Event event : trace.events()) {
      if (event instanceof Event.Reported) {
        types.hasReports = true;
        return types;
      } else if (event instanceof Event.Sent sent
          && replicas.contains(sent.from())
          && replicas.contains(sent.to())) {
        types.learn(sent);
      } else if (event instanceof Event.Started started) {
        types.terms.keySet().removeIf(sender -> sender.id.equals(started.replica()));
      }
    }
    return types;
  }

  private void learn(Event.Sent sent) {
    Message message = sent.message();
    RaftMessageView content = aliases.read(message);
    Kind kind = kind(message.type(), content);
    if (kind != Kind.OTHER || !kinds.containsKey(message.type())) {
      kinds.merge(message.type(), kind, NamedFields::merged);
    }
    hasOtherBase |= isBelowBase(content);
    boolean isPreVote = content instanceof RaftMessageView.VoteRequest request && request.preVote();
    if ((kind == Kind.APPEND || kind == Kind.VOTE_REQUEST) && !isPreVote) {
      Long before = terms.put(new Sender(sent.from(), message.type()), content.term());
      decreases += before != null && before > content.term() ? 1 : 0;
    }
  }

  /** A message without the fields of others of its type is a short form of them. */
  private static Kind merged(Kind known, Kind next) {
    return known == next || known == Kind.OTHER && next == Kind.APPEND
        ? next
        : known == Kind.APPEND && next == Kind.OTHER ? known : Kind.OTHER;
  }

  private static Kind kind(String type, RaftMessageView content) {
    String name = type.toLowerCase(Locale.ROOT);
    boolean isOfElections = name.contains("vote") || name.contains("elect");
    boolean isOfLogs =
        name.contains("append") || name.contains("entr") || name.contains("heartbeat");
    if (content instanceof RaftMessageView.VoteRequest) {
      return isOfLogs ? Kind.OTHER : Kind.VOTE_REQUEST;
    } else if (content instanceof RaftMessageView.VoteReply) {
      return isOfLogs ? Kind.OTHER : Kind.VOTE_REPLY;
    } else if (content instanceof RaftMessageView.Append) {
      return isOfElections ? Kind.OTHER : Kind.APPEND;
    } else if (content instanceof RaftMessageView.AppendReply) {
      return isOfElections ? Kind.OTHER : Kind.APPEND_REPLY;
    }
    return content instanceof RaftMessageView.Install ? Kind.INSTALL : Kind.OTHER;
  }

  private static boolean isBelowBase(RaftMessageView content) {
    if (content instanceof RaftMessageView.VoteRequest request) {
      return isBelowZero(request.lastLogIndex()) || isBelowZero(request.lastLogTerm());
    } else if (content instanceof RaftMessageView.Append append) {
      return isBelowZero(append.prevIndex())
          || isBelowZero(append.prevTerm())
          || isBelowZero(append.commit())
          || append.terms().stream().anyMatch(NamedFields::isBelowZero);
    }
    return content instanceof RaftMessageView.AppendReply reply
        && (isBelowZero(reply.matchIndex()) || isBelowZero(reply.hint()));
  }

  private static boolean isBelowZero(long number) {
    return number < 0 && number != RaftMessageView.UNKNOWN;
  }

  /** Whether replicas report their state. */
  boolean hasReports() {
    return hasReports;
  }

  /** The content of a message; {@link RaftMessageView.Other} if it can't be read. */
  RaftMessageView read(Message message) {
    RaftMessageView content = aliases.read(message);
    if (hasReports) {
      return content;
    }
    Kind kind = kinds.getOrDefault(message.type(), Kind.OTHER);
    if (decreases > MAX_DECREASES) {
      return new RaftMessageView.Other(RaftMessageView.UNKNOWN);
    } else if (kind == Kind.APPEND && !(content instanceof RaftMessageView.Append)) {
      return heartbeat(content.term(), RaftMessageView.UNKNOWN);
    } else if (kind == Kind.OTHER || kind(message.type(), content) != kind) {
      return new RaftMessageView.Other(content.term());
    }
    return hasOtherBase ? withoutIndices(content) : content;
  }

  private static RaftMessageView heartbeat(long term, long round) {
    return new RaftMessageView.Append(
        term,
        round,
        RaftMessageView.UNKNOWN,
        RaftMessageView.UNKNOWN,
        RaftMessageView.UNKNOWN,
        List.of());
  }

  private static RaftMessageView withoutIndices(RaftMessageView content) {
    if (content instanceof RaftMessageView.VoteRequest request) {
      return new RaftMessageView.VoteRequest(
          request.term(), request.preVote(), RaftMessageView.UNKNOWN, RaftMessageView.UNKNOWN);
    } else if (content instanceof RaftMessageView.Append append) {
      return heartbeat(append.term(), append.round());
    } else if (content instanceof RaftMessageView.AppendReply reply) {
      return new RaftMessageView.AppendReply(
          reply.term(),
          reply.round(),
          reply.success(),
          RaftMessageView.UNKNOWN,
          RaftMessageView.UNKNOWN);
    }
    return content;
  }
}
