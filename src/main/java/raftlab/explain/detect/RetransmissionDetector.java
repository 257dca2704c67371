package raftlab.explain.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.MessageFields;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A leader repeats lost AppendEntries, goes back after rejections, and ends with an answer (§5.3).
 */
final class RetransmissionDetector implements Detector {
  /** After this time a lost message is overdue, whatever the heartbeat interval. */
  private static final long OVERDUE_MICROS = 2_500_000;

  private static final int MAX_REJECTIONS = 25;
  private static final int MAX_ANSWERS = 200;
  private static final int MAX_BACKS = 2;

  /** Messages may count entries from another number than 1. */
  private static final int MAX_OFFSET = 1;

  /** A message that was delivered may wait this long until it is read. */
  private static final long READ_MICROS = 10_000;

  private static final int MAX_ARRIVALS = 512;

  private record Link(Id from, Id to) {}

  /** An append that reached a follower, up to this entry. */
  private record Arrival(long end, Event.Delivered event) {}

  /** What a leader can know of a follower in its term. */
  private static final class Progress {
    private final long term;
    private Event.@Nullable Sent lost;
    private long lostIndex;

    /** When the follower first received something else after the loss. */
    private long reachedAt = ReplicaView.NEVER;

    private long match;
    private long matchedAt;

    /** What reached the follower, the latest {@link #MAX_ARRIVALS}. */
    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    /** Whether the follower has rejected a message since then: a rejection may go back further. */
    private boolean isRejectedSince;

    private long lowerMatch = RaftMessageView.UNKNOWN;
    private Event.@Nullable Sent lowerReply;
    private long lastPrev = RaftMessageView.UNKNOWN;
    private long lastPrevTerm = RaftMessageView.UNKNOWN;

    /** How often the leader has sent it, one after the other. */
    private int repetitions;

    private int rejections;
    private boolean isAccused;

    Progress(long term) {
      this.term = term;
    }

    private void arrived(long end, Event.Delivered event) {
      arrivals.addLast(new Arrival(end, event));
      if (arrivals.size() > MAX_ARRIVALS) {
        arrivals.removeFirst();
      }
    }

    /** A message that ends before this entry, and arrived after one with it; null if none did. */
    private Event.@Nullable Delivered olderThan(long index) {
      boolean hasArrived = false;
      for (Arrival each : arrivals) {
        if (hasArrived && each.end < index) {
          return each.event;
        }
        hasArrived |= each.end >= index;
      }
      return null;
    }
  }

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Link, Progress> progress = new HashMap<>();
  private final Map<Link, Integer> answersToAnswers = new HashMap<>();
  private final Map<Link, Boolean> lastWasRejection = new HashMap<>();
  private boolean startsAtZero;
  private int backs;

  RetransmissionDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  private Progress of(Id leader, Id follower, long term) {
    return progress.compute(
        new Link(leader, follower),
        (link, known) -> known == null || known.term != term ? new Progress(term) : known);
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof Append append
        && append.prevIndex() != RaftMessageView.UNKNOWN) {
      append(from, append, message);
    } else if (message.content() instanceof AppendReply reply
        && !reply.success()
        && !message.sent().message().dst().isBroadcast()) { // that answers one replica only
      rejects(from, message);
    }
  }

  private void rejects(ReplicaView from, InFlightMessage message) {
    Link link = new Link(from.id(), message.to());
    if (!lastWasRejection.getOrDefault(new Link(message.to(), from.id()), false)) {
      answersToAnswers.remove(link);
    } else if (answersToAnswers.merge(link, 1, Integer::sum) == MAX_ANSWERS) {
      suspicions.certain(
          KnownMistake.ENDLESS_REJECTIONS,
          message.atMicros(),
          Evidence.of(message.sent()),
          "replicas %s and %s had rejected each other's rejections %d times",
          from.id(),
          message.to(),
          MAX_ANSWERS);
    }
  }

  private void append(ReplicaView from, Append append, InFlightMessage message) {
    Progress known = of(from.id(), message.to(), append.term());
    long prev = append.prevIndex();
    startsAtZero |= prev == 0;
    if (prev < -1 || prev < 0 && startsAtZero) {
      suspicions.certain(
          KnownMistake.NEXT_INDEX_BELOW_ONE,
          message.atMicros(),
          Evidence.of(message.sent()),
          "leader %s sent %s AppendEntries with prevLogIndex %d",
          from.id(),
          message.to(),
          prev);
    }
    if (known.lost != null && prev < known.lostIndex && append.end() >= known.lostIndex) {
      known.lost = null;
    }
    if (known.lowerReply != null
        && !known.isRejectedSince
        && prev == known.lowerMatch
        && prev < known.match
        && message.atMicros() - known.matchedAt > READ_MICROS) {
      goesBack(from, known, message);
    }
    overdue(from, message.to(), known, message.atMicros());
    known.rejections = prev == known.lastPrev ? known.rejections : 0;
    known.repetitions = prev == known.lastPrev ? known.repetitions + 1 : 1;
    known.lastPrev = prev;
    known.lastPrevTerm = append.prevTerm();
  }

  private void goesBack(ReplicaView leader, Progress known, InFlightMessage message) {
    Event.Sent lower = known.lowerReply;
    known.lowerReply = null;
    if (++backs == MAX_BACKS) {
      suspicions.likely(
          KnownMistake.MATCH_GOES_BACK,
          message.atMicros(),
          Evidence.of(lower, message.sent()),
          "leader %s went back to entry %d of follower %s, which had acknowledged entry %d before an"
              + " older answer with %d arrived",
          leader.id(),
          known.lowerMatch,
          message.to(),
          known.match,
          known.lowerMatch);
    }
  }

  @Override
  public void dropped(InFlightMessage message, Event.Dropped event) {
    if (message.content() instanceof Append append && !append.isHeartbeat()) {
      Progress known = of(message.from(), message.to(), append.term());
      if (known.lost == null && append.end() > known.match) {
        known.lost = message.sent();
        known.reachedAt = ReplicaView.NEVER;
        known.lostIndex = append.prevIndex() + 1;
      }
    }
  }

  private void overdue(ReplicaView leader, Id to, Progress known, long now) {
    ReplicaView follower = cluster.replica(to);
    if (known.lost == null
        || follower == null
        || !follower.isUp()
        || known.match >= known.lostIndex) {
      return;
    }
    long disturbed = Math.max(leader.disturbedAt(), follower.disturbedAt());
    long since = Math.max(known.reachedAt, Math.max(follower.upSince(), disturbed));
    if (known.reachedAt != ReplicaView.NEVER && now - since > OVERDUE_MICROS) {
      suspicions.likely(
          KnownMistake.NEVER_RETRANSMITS,
          known.lost.atMicros(),
          Evidence.of(known.lost),
          "leader %s sent entry %d to %s, the message was lost, and the entry was not sent again for"
              + " %s while others arrived",
          leader.id(),
          known.lostIndex,
          to,
          ClusterView.duration(now - known.reachedAt));
    }
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    boolean isRejection = message.content() instanceof AppendReply reply && !reply.success();
    lastWasRejection.put(new Link(message.from(), to.id()), isRejection);
    Progress sender = progress.get(new Link(message.from(), to.id()));
    if (sender != null && sender.lost != null && sender.reachedAt == ReplicaView.NEVER) {
      sender.reachedAt = event.atMicros();
    }
    if (message.content() instanceof Append append && append.prevIndex() >= 0) {
      of(message.from(), to.id(), append.term()).arrived(append.end(), event);
    } else if (message.content() instanceof AppendReply reply) {
      Progress known = of(to.id(), message.from(), reply.term());
      if (isRejection) {
        known.isRejectedSince = true;
        rejected(to, known, message, event);
      } else {
        matched(known, reply.matchIndex(), message, event);
      }
    }
  }

  private static void matched(
      Progress known, long match, InFlightMessage message, Event.Delivered event) {
    known.rejections = 0;
    if (match >= known.match) {
      if (match > known.match) {
        known.matchedAt = event.atMicros();
        known.isRejectedSince = false;
      }
      known.match = match;
      known.lowerReply = null;
    } else if (match != RaftMessageView.UNKNOWN) {
      known.lowerMatch = match;
      known.lowerReply = message.sent();
    }
  }

  private void rejected(
      ReplicaView leader, Progress known, InFlightMessage message, Event.Delivered event) {
    if (leader.reports() ? !leader.leads() : known.lastPrev == RaftMessageView.UNKNOWN) {
      return;
    }
    // The rejections of other messages, which were sent at once, may arrive meanwhile.
    known.rejections = Math.min(known.rejections + 1, known.repetitions);
    if (known.rejections < MAX_REJECTIONS || known.isAccused) {
      return;
    }
    known.isAccused = true;
    ReplicaView follower = cluster.replica(message.from());
    if (follower != null && !follower.reports() && hasAcknowledged(follower, known)) {
      rejectsWhatItHad(follower, known, message.sent(), event);
    } else if (leader.reports() || !asksForNext(message, known.lastPrev)) {
      suspicions.likely(
          KnownMistake.ENDLESS_REJECTIONS,
          event.atMicros(),
          Evidence.of(message.sent()),
          "follower %s had rejected AppendEntries of leader %s with prevLogIndex %d %d times",
          message.from(),
          leader.id(),
          known.lastPrev,
          MAX_REJECTIONS);
    }
  }

  private void rejectsWhatItHad(
      ReplicaView follower, Progress known, Event.Sent rejection, Event.Delivered event) {
    Event.Delivered older = known.olderThan(known.lastPrev);
    suspicions.likely(
        older != null
            ? KnownMistake.TRUNCATES_ON_OLD_APPEND
            : KnownMistake.KEEPS_CONFLICTING_ENTRIES,
        event.atMicros(),
        older != null ? Evidence.of(older, rejection) : Evidence.of(rejection),
        "follower %s had acknowledged entry %d of term %d, and had then rejected AppendEntries with"
            + " this prevLogIndex and prevLogTerm %d times: %s",
        follower.id(),
        known.lastPrev,
        known.lastPrevTerm,
        MAX_REJECTIONS,
        older != null
            ? "it deleted the entry when it received an older message"
            : "its log has another entry there");
  }

  /** Whether a follower has said that it has the entry before those it rejects. */
  private static boolean hasAcknowledged(ReplicaView follower, Progress known) {
    return known.lastPrev > 0
        && follower.isLogKnown()
        && follower.isLogShownInLife()
        && known.lastPrevTerm != RaftMessageView.UNKNOWN
        && follower.log().lastIndex() >= known.lastPrev
        && follower.log().termAt(known.lastPrev) == known.lastPrevTerm;
  }

  /** Whether a rejection names the entry that it rejects: then the leader only does as asked. */
  private static boolean asksForNext(InFlightMessage rejection, long prev) {
    return MessageFields.numbers(rejection.sent().message())
        .filter(number -> number != rejection.content().term())
        .anyMatch(number -> Math.abs(number - prev) <= MAX_OFFSET);
  }
}
