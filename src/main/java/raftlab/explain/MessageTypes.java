package raftlab.explain;

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
 * What the messages of each type mean, from all messages of a run. Replicas that report nothing may
 * count entries from 0, call a vote what others call a request, or put another's term into {@code
 * term}. So this reads less into their messages than {@link Vocabulary} does:
 *
 * <ul>
 *   <li>A number below the usual base (an index or a term below 0) shows another base: then no
 *       index of any message is known.
 *   <li>Terms that fall from one message to the next of the same sender and type aren't the
 *       sender's terms: then no term is known, and nothing can be read.
 *   <li>A type whose messages read differently, or whose name contradicts what its fields look like
 *       (an {@code AppendEntries} with the fields of a vote request), isn't understood.
 *   <li>A heartbeat may leave out the fields of the type's other messages.
 * </ul>
 *
 * Where replicas report their state, the reports show how far messages are understood ({@link
 * ReadingProof}), and all is read as it stands.
 */
final class MessageTypes {
  /** A term may fall this often: a message that is sent late, or a bug. */
  private static final int MOST_FALLS = 2;

  private enum Kind {
    VOTE_REQUEST,
    VOTE_REPLY,
    APPEND,
    APPEND_REPLY,
    INSTALL,
    OTHER
  }

  private record Sender(Id id, String type) {}

  private final Vocabulary vocabulary = new Vocabulary();
  private final Map<String, Kind> kinds = new TreeMap<>();
  private final Map<Sender, Long> terms = new HashMap<>();
  private boolean hasReports;
  private boolean hasOtherBase;
  private int falls;

  private MessageTypes() {}

  /** Looks at all messages of a run. Never fails, whatever they look like. */
  static MessageTypes of(Trace trace) {
    MessageTypes types = new MessageTypes();
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
    Said said = vocabulary.read(message);
    Kind kind = kind(message.type(), said);
    if (kind != Kind.OTHER || !kinds.containsKey(message.type())) {
      kinds.merge(message.type(), kind, MessageTypes::merged);
    }
    hasOtherBase |= isBelowBase(said);
    boolean isPreVote = said instanceof Said.VoteRequest request && request.preVote();
    if ((kind == Kind.APPEND || kind == Kind.VOTE_REQUEST) && !isPreVote) {
      Long before = terms.put(new Sender(sent.from(), message.type()), said.term());
      falls += before != null && before > said.term() ? 1 : 0;
    }
  }

  /** A message without the fields of others of its type is a short form of them. */
  private static Kind merged(Kind known, Kind next) {
    return known == next || known == Kind.OTHER && next == Kind.APPEND
        ? next
        : known == Kind.APPEND && next == Kind.OTHER ? known : Kind.OTHER;
  }

  private static Kind kind(String type, Said said) {
    String name = type.toLowerCase(Locale.ROOT);
    boolean isOfElections = name.contains("vote") || name.contains("elect");
    boolean isOfLogs =
        name.contains("append") || name.contains("entr") || name.contains("heartbeat");
    if (said instanceof Said.VoteRequest) {
      return isOfLogs ? Kind.OTHER : Kind.VOTE_REQUEST;
    } else if (said instanceof Said.VoteReply) {
      return isOfLogs ? Kind.OTHER : Kind.VOTE_REPLY;
    } else if (said instanceof Said.Append) {
      return isOfElections ? Kind.OTHER : Kind.APPEND;
    } else if (said instanceof Said.AppendReply) {
      return isOfElections ? Kind.OTHER : Kind.APPEND_REPLY;
    }
    return said instanceof Said.Install ? Kind.INSTALL : Kind.OTHER;
  }

  private static boolean isBelowBase(Said said) {
    if (said instanceof Said.VoteRequest request) {
      return isBelowZero(request.lastLogIndex()) || isBelowZero(request.lastLogTerm());
    } else if (said instanceof Said.Append append) {
      return isBelowZero(append.prevIndex())
          || isBelowZero(append.prevTerm())
          || isBelowZero(append.commit())
          || append.terms().stream().anyMatch(MessageTypes::isBelowZero);
    }
    return said instanceof Said.AppendReply reply
        && (isBelowZero(reply.matchIndex()) || isBelowZero(reply.hint()));
  }

  private static boolean isBelowZero(long number) {
    return number < 0 && number != Said.UNKNOWN;
  }

  /** What the message says, as far as that is known; {@link Said.Other} if it isn't. */
  Said read(Message message) {
    Said said = vocabulary.read(message);
    if (hasReports) {
      return said;
    }
    Kind kind = kinds.getOrDefault(message.type(), Kind.OTHER);
    if (falls > MOST_FALLS) {
      return new Said.Other(Said.UNKNOWN);
    } else if (kind == Kind.APPEND && !(said instanceof Said.Append)) {
      return heartbeat(said.term(), Said.UNKNOWN);
    } else if (kind == Kind.OTHER || kind(message.type(), said) != kind) {
      return new Said.Other(said.term());
    }
    return hasOtherBase ? withoutIndices(said) : said;
  }

  private static Said heartbeat(long term, long round) {
    return new Said.Append(term, round, Said.UNKNOWN, Said.UNKNOWN, Said.UNKNOWN, List.of());
  }

  private static Said withoutIndices(Said said) {
    if (said instanceof Said.VoteRequest request) {
      return new Said.VoteRequest(request.term(), request.preVote(), Said.UNKNOWN, Said.UNKNOWN);
    } else if (said instanceof Said.Append append) {
      return heartbeat(append.term(), append.round());
    } else if (said instanceof Said.AppendReply reply) {
      return new Said.AppendReply(
          reply.term(), reply.round(), reply.success(), Said.UNKNOWN, Said.UNKNOWN);
    }
    return said;
  }
}
