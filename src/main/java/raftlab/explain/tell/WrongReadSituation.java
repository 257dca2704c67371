package raftlab.explain.tell;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.judge.check.Contradiction;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Which replica missed an acknowledged write in a get, and what had happened since the write: from
 * the clients' requests, the leaders that replicas name, crashes and restarts. It needs no reading
 * of the messages between replicas.
 *
 * @param kind the kind of situation
 * @param text the facts, in one or two sentences
 */
record WrongReadSituation(Kind kind, String text) {
  /** The kinds of situation, the more telling first. */
  enum Kind {
    /** The replica that answered named another as its leader. */
    READ_AT_FOLLOWER("stale-read-at-follower"),
    /** The replica that answered led, but another replica had claimed to lead after it. */
    READ_AT_DEPOSED_LEADER("stale-read-at-deposed-leader"),
    /** A new leader answered without the write, and later gets had it. */
    READ_AFTER_ELECTION("stale-read-after-election"),
    /** Replicas were restarted after the write, and no later get had it. */
    LOST_AFTER_RESTART("lost-write-after-restart"),
    /** The replica that acknowledged the write crashed, and no later get had it. */
    LOST_AFTER_CRASH("lost-write-after-crash"),
    /** Another replica led after the write, and no later get had it. */
    LOST_AFTER_ELECTION("lost-write-after-election"),
    /** The same leader acknowledged the write and answered the get. */
    MISSED_BY_SAME_LEADER("missed-by-same-leader");

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /** Returns the name in reports, in kebab case. */
    String id() {
      return id;
    }

    /** Whether the write is gone, as far as clients could see. */
    boolean isLoss() {
      return this == LOST_AFTER_RESTART
          || this == LOST_AFTER_CRASH
          || this == LOST_AFTER_ELECTION
          || this == MISSED_BY_SAME_LEADER;
    }
  }

  /** Returns the situation; empty if the contradiction isn't a get that missed a write. */
  static Optional<WrongReadSituation> of(Contradiction wrong, Trace trace) {
    if (!(wrong.blamed() instanceof Event.Answered answer)) {
      return Optional.empty();
    }
    Map<String, Event.Requested> requests = new HashMap<>();
    Event.Answered acknowledged = null;
    for (Event event : wrong.evidence()) {
      if (event instanceof Event.Requested request) {
        requests.put(request.mid(), request);
      } else if (event instanceof Event.Answered ok
          && ok != answer
          && ok.type().equals(Message.OK)
          && isWrite(requests.get(ok.mid()))) {
        acknowledged = ok;
      }
    }
    Event.Requested read = requests.get(answer.mid());
    if (acknowledged == null
        || read == null
        || !read.type().equals(Message.GET)
        || acknowledged.atMicros() > read.atMicros()) {
      return Optional.empty();
    }
    Event.Requested write = Objects.requireNonNull(requests.get(acknowledged.mid()));
    return Optional.ofNullable(new Finder(write, acknowledged, read, answer).find(trace));
  }

  private static boolean isWrite(Event.@Nullable Requested request) {
    return request != null && request.value() != null && !request.isAdministration();
  }

  /** Reads a trace once. */
  private static final class Finder {
    private final Event.Requested write;
    private final Event.Answered acknowledged;
    private final Event.Requested read;
    private final Event.Answered answer;
    private final Map<Id, Id> named = new HashMap<>();
    private final Map<Id, Long> leadsSince = new HashMap<>();
    private final Set<Id> clients = new HashSet<>();
    private final Set<String> laterReads = new LinkedHashSet<>();
    private final Set<Id> restarted = new LinkedHashSet<>();
    private long beganMicros;
    private long acknowledgerCrashedAt = -1;
    private boolean isReadLater;

    Finder(
        Event.Requested write,
        Event.Answered acknowledged,
        Event.Requested read,
        Event.Answered answer) {
      this.write = write;
      this.acknowledged = acknowledged;
      this.read = read;
      this.answer = answer;
    }

    @Nullable WrongReadSituation find(Trace trace) {
      clients.addAll(trace.header().clients());
      WrongReadSituation atRead = null;
      boolean isAnswered = false;
      for (Event event : trace.events()) {
        if (isAnswered) {
          afterAnswer(event);
        } else if (event == answer) {
          isAnswered = true;
          atRead = atRead();
        } else {
          beforeAnswer(event);
        }
      }
      if (atRead != null) {
        return atRead;
      }
      return isReadLater ? afterElection() : loss(trace.header().replicas().size());
    }

    private void beforeAnswer(Event event) {
      if (event instanceof Event.Began began) {
        beganMicros = began.atMicros();
      } else if (event instanceof Event.Sent sent && !clients.contains(sent.from())) {
        naming(sent);
      } else if (event instanceof Event.Crashed crashed) {
        forget(crashed.replica());
        if (crashed.replica().equals(acknowledged.replica())
            && crashed.atMicros() > acknowledged.atMicros()) {
          acknowledgerCrashedAt = crashed.atMicros();
        }
      } else if (event instanceof Event.Started started
          && started.atMicros() > acknowledged.atMicros()) {
        restarted.add(started.replica());
      }
    }

    private void naming(Event.Sent sent) {
      Id from = sent.from();
      Id leader = sent.message().leader();
      named.put(from, leader);
      if (leader.equals(from)) {
        leadsSince.putIfAbsent(from, sent.atMicros());
      } else {
        leadsSince.remove(from);
      }
    }

    private void forget(Id replica) {
      named.remove(replica);
      leadsSince.remove(replica);
    }

    private void afterAnswer(Event event) {
      if (event instanceof Event.Requested later
          && later.type().equals(Message.GET)
          && Objects.equals(later.key(), read.key())) {
        laterReads.add(later.mid());
      } else if (event instanceof Event.Answered later
          && laterReads.contains(later.mid())
          && later.type().equals(Message.OK)
          && later.value() != null) {
        isReadLater |= has(later.value());
      }
    }

    private boolean has(String value) {
      String written = Objects.requireNonNull(write.value());
      return write.type().equals(Message.APPEND) ? value.contains(written) : value.equals(written);
    }

    /** What was wrong at the replica that answered; null if it was the latest to lead. */
    private @Nullable WrongReadSituation atRead() {
      Id reader = answer.replica();
      Id leader = named.getOrDefault(reader, Id.BROADCAST);
      Long since = leadsSince.get(reader);
      if (since == null) {
        return leader.isBroadcast()
            ? null
            : situation(
                Kind.READ_AT_FOLLOWER,
                "Replica %s answered the get at %s, although its own messages named %s as the leader.",
                reader,
                seconds(answer.atMicros()),
                leader);
      }
      for (Map.Entry<Id, Long> other : leadsSince.entrySet()) {
        if (!other.getKey().equals(reader)
            && other.getValue() > since
            && other.getValue() < read.atMicros()) {
          return situation(
              Kind.READ_AT_DEPOSED_LEADER,
              "Replica %s answered the get at %s as leader, although replica %s had led since %s.",
              reader,
              seconds(answer.atMicros()),
              other.getKey(),
              seconds(other.getValue()));
        }
      }
      return null;
    }

    private @Nullable WrongReadSituation afterElection() {
      Long since = leadsSince.get(answer.replica());
      if (since == null || since < acknowledged.atMicros()) {
        return null;
      }
      return situation(
          Kind.READ_AFTER_ELECTION,
          "Replica %s answered the get %.3f s after its first message as leader. Later gets returned"
              + " the newer value, so the write was not lost.",
          answer.replica(),
          (answer.atMicros() - since) / 1e6);
    }

    private @Nullable WrongReadSituation loss(int replicas) {
      String acknowledger = acknowledged.replica().toString();
      String when = seconds(acknowledged.atMicros());
      if (!restarted.isEmpty()) {
        return situation(
            Kind.LOST_AFTER_RESTART,
            "Replica %s acknowledged the write at %s. Then %d of %d replicas were restarted (%s), and"
                + " no later get returned the value.",
            acknowledger,
            when,
            restarted.size(),
            replicas,
            RefusalText.names(restarted));
      }
      if (acknowledgerCrashedAt >= 0) {
        return situation(
            Kind.LOST_AFTER_CRASH,
            "Replica %s acknowledged the write at %s and crashed at %s, and no later get returned the"
                + " value.",
            acknowledger,
            when,
            seconds(acknowledgerCrashedAt));
      }
      Long since = leadsSince.get(answer.replica());
      if (since == null) {
        return null;
      }
      if (!acknowledged.replica().equals(answer.replica())) {
        return situation(
            Kind.LOST_AFTER_ELECTION,
            "Replica %s acknowledged the write at %s. Replica %s, leader since %s, answered without"
                + " it, and no later get returned the value.",
            acknowledger,
            when,
            answer.replica(),
            seconds(since));
      }
      return since > acknowledged.atMicros()
          ? null
          : situation(
              Kind.MISSED_BY_SAME_LEADER,
              "Replica %s led from %s on without a break, acknowledged the write at %s and answered"
                  + " the get at %s.",
              acknowledger,
              seconds(since),
              when,
              seconds(answer.atMicros()));
    }

    private String seconds(long micros) {
      return String.format(Locale.ROOT, "%.3f s", (micros - beganMicros) / 1e6);
    }

    private static WrongReadSituation situation(Kind kind, String format, Object... args) {
      return new WrongReadSituation(kind, String.format(Locale.ROOT, format, args));
    }
  }
}
