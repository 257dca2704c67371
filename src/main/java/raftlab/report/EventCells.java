package raftlab.report;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.MessageReader;
import raftlab.dialect.RaftMessageView;
import raftlab.node.StateChange;
import raftlab.report.EventCell.Kind;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/** Describes events in a few characters, in the column of the replica that they are about. */
final class EventCells {
  private final Set<Id> clients;
  private final EventFilter filter;
  private final boolean heartbeats;
  private final MessageReader reader;
  private final boolean isShortId;
  private final Map<Long, Event.Sent> sents = new HashMap<>();

  /** By sender and receiver: whether its last AppendEntries had no entries. */
  private final Map<String, Boolean> isLastHeartbeat = new HashMap<>();

  EventCells(Trace trace, EventFilter filter, boolean heartbeats, MessageReader reader) {
    this.filter = filter;
    this.heartbeats = heartbeats;
    this.clients = Set.copyOf(trace.header().clients());
    this.reader = reader;
    this.isShortId =
        trace.header().replicas().stream().allMatch(id -> id.toString().startsWith("00"));
  }

  /** The cells of an event: none, or that of one replica. */
  Map<Id, EventCell> of(Event event) {
    if (event instanceof Event.Sent sent) {
      sents.put(sent.number(), sent);
      return isShown(sent) && !clients.contains(sent.from())
          ? Map.of(
              sent.from(), new EventCell(kind(sent, Kind.SENT), "→", end(sent.to()), text(sent)))
          : Map.of();
    } else if (event instanceof Event.Delivered delivered) {
      Event.Sent sent = sents.get(delivered.number());
      return sent != null && isShown(sent) && !clients.contains(sent.to())
          ? Map.of(
              sent.to(),
              new EventCell(kind(sent, Kind.RECEIVED), "←", end(sent.from()), text(sent)))
          : Map.of();
    } else if (event instanceof Event.Dropped dropped) {
      Event.Sent sent = sents.remove(dropped.number());
      return sent != null && isShown(sent) && !clients.contains(sent.from())
          ? Map.of(sent.from(), new EventCell(Kind.DROPPED, "×", end(sent.to()), text(sent)))
          : Map.of();
    } else if (!filter.types().isEmpty()) {
      return Map.of();
    } else if (event instanceof Event.Reported report) {
      EventCell cell = cell(report.change());
      return cell == null ? Map.of() : Map.of(report.replica(), cell);
    } else if (event instanceof Event.Crashed crashed) {
      return Map.of(crashed.replica(), new EventCell(Kind.DOWN, "KILLED"));
    } else if (event instanceof Event.Exited exited) {
      return Map.of(exited.replica(), new EventCell(Kind.DOWN, "EXITED"));
    } else if (event instanceof Event.Started started) {
      return Map.of(started.replica(), new EventCell(Kind.UP, "started"));
    } else if (event instanceof Event.Paused paused) {
      return Map.of(paused.replica(), new EventCell(Kind.DOWN, "PAUSED"));
    } else if (event instanceof Event.Resumed resumed) {
      return Map.of(resumed.replica(), new EventCell(Kind.UP, "resumed"));
    }
    return Map.of();
  }

  /** An event of the whole cluster in words; "" for any other. */
  String across(Event event) {
    if (!filter.types().isEmpty()) {
      return "";
    } else if (event instanceof Event.Fault fault) {
      return switch (fault.what()) {
        case "crash", "restart", "start", "pause", "resume" -> "";
        default -> fault.what() + ": " + fault.how();
      };
    } else if (event instanceof Event.LeaderKnown known) {
      return known.leader().isBroadcast()
          ? "no leader is known"
          : "the leader is " + known.leader();
    }
    return "";
  }

  private boolean isShown(Event.Sent sent) {
    return filter.includes(new SentMessage(0, sent, false)) && (heartbeats || !isHeartbeat(sent));
  }

  private boolean isHeartbeat(Event.Sent sent) {
    if (isOfClient(sent)) {
      return false;
    }
    RaftMessageView view = reader.read(sent);
    if (view instanceof RaftMessageView.Append append) {
      isLastHeartbeat.put(sent.from() + ">" + sent.to(), append.isHeartbeat());
      return append.isHeartbeat();
    }
    return view instanceof RaftMessageView.AppendReply reply
        && reply.success()
        && isLastHeartbeat.getOrDefault(sent.to() + ">" + sent.from(), false);
  }

  private boolean isOfClient(Event.Sent sent) {
    return clients.contains(sent.from()) || clients.contains(sent.to());
  }

  private Kind kind(Event.Sent sent, Kind otherwise) {
    return isOfClient(sent) ? Kind.CLIENT : otherwise;
  }

  private String end(Id id) {
    return clients.contains(id)
        ? "c"
        : isShortId ? Integer.toHexString(id.value()).toUpperCase(Locale.ROOT) : id.toString();
  }

  private String text(Event.Sent sent) {
    if (isOfClient(sent)) {
      String key = sent.message().textOrNull("key");
      String value = sent.message().textOrNull("value");
      return MessageText.type(sent.message().type())
          + (key == null ? "" : " " + PrintableText.of(key, 6))
          + (value == null ? "" : "=" + PrintableText.of(value, 6));
    }
    return text(reader.read(sent), sent);
  }

  private static String text(RaftMessageView view, Event.Sent sent) {
    if (view instanceof RaftMessageView.VoteRequest request) {
      return (request.preVote() ? "prevote? t" : "vote? t") + term(request.term());
    } else if (view instanceof RaftMessageView.VoteReply reply) {
      return reply.preVote()
          ? reply.granted() ? "would vote" : "no prevote"
          : reply.granted() ? "vote yes" : "vote no";
    } else if (view instanceof RaftMessageView.Append append) {
      long first = append.prevIndex() + 1;
      return append.isHeartbeat()
          ? "heartbeat"
          : append.prevIndex() < 0
              ? "append " + append.terms().size()
              : "append " + first + (append.end() > first ? "-" + append.end() : "");
    } else if (view instanceof RaftMessageView.AppendReply reply) {
      return reply.success()
          ? "ack" + (reply.matchIndex() >= 0 ? " " + reply.matchIndex() : "")
          : "reject";
    } else if (view instanceof RaftMessageView.Install install) {
      return "snapshot" + (install.index() > 0 ? " " + install.index() : "");
    }
    return MessageText.type(sent.message().type());
  }

  private static String term(long term) {
    return term < 0 ? "?" : Long.toString(term);
  }

  private @Nullable EventCell cell(StateChange change) {
    if (change instanceof StateChange.RoleChanged now) {
      return switch (now.role()) {
        case LEADER -> new EventCell(Kind.LEADER, "LEADER t" + now.term());
        case CANDIDATE -> new EventCell(Kind.ELECTION, "CANDIDATE t" + now.term());
        case PRE_CANDIDATE -> new EventCell(Kind.ELECTION, "PRE-CANDIDATE");
        case FOLLOWER ->
            now.term() == 0 ? null : new EventCell(Kind.ELECTION, "FOLLOWER t" + now.term());
      };
    } else if (change instanceof StateChange.Voted vote) {
      return new EventCell(Kind.ELECTION, "votes for " + end(vote.candidate()));
    } else if (change instanceof StateChange.Appended entry) {
      return new EventCell(Kind.LOG, "+" + entry.index());
    } else if (change instanceof StateChange.Truncated cut) {
      return new EventCell(Kind.LOG, "-" + cut.fromIndex() + "…");
    } else if (change instanceof StateChange.Committed committed) {
      return new EventCell(Kind.LOG, "commit " + committed.index());
    } else if (change instanceof StateChange.Restored restored) {
      return new EventCell(Kind.UP, "restored " + restored.lastIndex());
    } else if (change instanceof StateChange.SnapshotTaken taken) {
      return new EventCell(Kind.LOG, "snapshot " + taken.index());
    } else if (change instanceof StateChange.SnapshotInstalled installed) {
      return new EventCell(Kind.LOG, "installed " + installed.index());
    }
    return null;
  }
}
