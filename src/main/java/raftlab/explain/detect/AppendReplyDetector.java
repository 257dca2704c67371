package raftlab.explain.detect;

import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.LeaderAppends;
import raftlab.explain.view.LeaderAppends.DeliveredAppend;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.trace.Event;

/** A follower answers AppendEntries with success only if its log has what the message says. */
final class AppendReplyDetector implements Detector {
  /** An answer that is sent so soon after a new term may be of the time before. */
  private static final long BATCH_MICROS = 50_000;

  /** An answer to a message of the time before a new term is sent within this time. */
  private static final long LATE_MICROS = 500_000;

  private final Suspicions suspicions;

  AppendReplyDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    if (!(message.content() instanceof AppendReply reply)) {
      return;
    }
    if (reply.success() && reply.term() >= 0 && reply.term() < from.term()) {
      outdated(from, reply.term(), message.sent());
      return;
    }
    DeliveredAppend ofDeposed = acceptedOfDeposed(from, reply, message);
    if (ofDeposed != null) {
      suspicions.certain(
          KnownMistake.ACCEPTS_OLD_TERM,
          message.atMicros(),
          Evidence.of(ofDeposed.event(), message.sent()),
          "replica %s, in term %d, accepted a message of %s, the leader of term %d",
          from.id(),
          from.term(),
          message.to(),
          ofDeposed.append().term());
      return;
    }
    suspicions.kept(KnownMistake.ACCEPTS_OLD_TERM);
    LeaderAppends appends = from.appends(reply.term());
    if (appends != null && appends.hasAppends() && reply.success()) {
      succeeded(from, reply, appends, message.sent());
    } else if (!reply.success() && from.reports() && appends != null) {
      rejected(from, reply, appends, message.sent());
    }
  }

  /**
   * The message of a leader of an earlier term, received well after the replica had entered its
   * own, that a reply with its own term accepts; null if there is none. Reports show this better.
   */
  private static @Nullable DeliveredAppend acceptedOfDeposed(
      ReplicaView replica, AppendReply reply, InFlightMessage message) {
    if (replica.reports()
        || !reply.success()
        || !message.hasTerm()
        || reply.term() != replica.term()) {
      return null;
    }
    long settled = Math.max(replica.termSince(), replica.disturbedAt()) + LATE_MICROS;
    LeaderAppends own = replica.appends(reply.term());
    if (own != null && own.leader().equals(message.to())) {
      return null;
    }
    DeliveredAppend accepted = null;
    for (LeaderAppends earlier : replica.appendsBefore(reply.term())) {
      DeliveredAppend latest = earlier.latest();
      if (earlier.leader().equals(message.to())
          && latest != null
          && latest.event().atMicros() > settled
          && (reply.matchIndex() == RaftMessageView.UNKNOWN
              || reply.matchIndex() >= latest.append().end())) {
        accepted = latest;
      }
    }
    return accepted;
  }

  private void outdated(ReplicaView replica, long term, Event.Sent sent) {
    long since = Math.max(replica.termSince(), replica.disturbedAt());
    if (sent.atMicros() - since > BATCH_MICROS) {
      suspicions.certain(
          KnownMistake.ACCEPTS_OLD_TERM,
          sent.atMicros(),
          Evidence.of(sent),
          "replica %s, in term %d, accepted a message of %s, the leader of term %d",
          replica.id(),
          replica.term(),
          sent.to(),
          term);
    }
  }

  private void succeeded(
      ReplicaView replica, AppendReply reply, LeaderAppends appends, Event.Sent sent) {
    if (reply.matchIndex() == RaftMessageView.UNKNOWN) {
      return;
    }
    if (reply.matchIndex() > Math.max(appends.highest(), replica.commitIndex())) {
      DeliveredAppend ofOldTerm = replica.reports() ? null : answeredOfOldTerm(replica, reply);
      if (ofOldTerm != null) {
        suspicions.certain(
            KnownMistake.ACCEPTS_OLD_TERM,
            sent.atMicros(),
            Evidence.of(ofOldTerm.event(), sent),
            "replica %s, in term %d, accepted entries up to %d of the leader of term %d",
            replica.id(),
            reply.term(),
            reply.matchIndex(),
            ofOldTerm.append().term());
        return;
      }
      suspicions.certain(
          KnownMistake.CLAIMS_UNVERIFIED,
          sent.atMicros(),
          Evidence.of(sent),
          "replica %s acknowledged entries up to %d, but its leader's messages had gone up to entry"
              + " %d only",
          replica.id(),
          reply.matchIndex(),
          appends.highest());
      return;
    }
    suspicions.kept(KnownMistake.CLAIMS_UNVERIFIED);
    if (!replica.reports() || reply.term() != replica.term()) {
      return;
    }
    DeliveredAppend wrong = null;
    for (DeliveredAppend each : appends.recent()) {
      boolean isMeant =
          reply.round() != RaftMessageView.UNKNOWN
              ? each.append().round() == reply.round()
              : each.append().end() == reply.matchIndex();
      if (isMeant && holds(replica, each.append())) {
        return;
      }
      wrong = isMeant ? each : wrong;
    }
    if (wrong != null) {
      acceptedWrongly(replica, wrong, sent);
    }
  }

  /**
   * The message of an earlier term, received in the term of a reply, that acknowledges just the
   * entries of the reply; null if there is none.
   */
  private static @Nullable DeliveredAppend answeredOfOldTerm(
      ReplicaView replica, AppendReply reply) {
    for (LeaderAppends earlier : replica.appendsBefore(reply.term())) {
      for (DeliveredAppend each : earlier.recent()) {
        if (each.append().end() == reply.matchIndex()
            && each.event().atMicros() > replica.termSince()) {
          return each;
        }
      }
    }
    return null;
  }

  /** Whether the log has the entry at prevLogIndex and all entries of the message. */
  private static boolean holds(ReplicaView replica, Append append) {
    if (!hasPrevious(replica, append)) {
      return false;
    }
    for (int i = 0; i < append.terms().size(); i++) {
      if (!has(replica, append.prevIndex() + 1 + i, append.terms().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasPrevious(ReplicaView replica, Append append) {
    return append.prevIndex() <= 0 || has(replica, append.prevIndex(), append.prevTerm());
  }

  private static boolean has(ReplicaView replica, long index, long term) {
    if (index <= replica.log().base()) {
      return true; // not known one by one
    }
    long own = replica.log().termAt(index);
    return index <= replica.log().lastIndex()
        && (own == RaftMessageView.UNKNOWN || term == RaftMessageView.UNKNOWN || own == term);
  }

  private void acceptedWrongly(ReplicaView replica, DeliveredAppend wrong, Event.Sent sent) {
    Append append = wrong.append();
    Evidence evidence = Evidence.of(wrong.event(), sent);
    if (hasPrevious(replica, append)) {
      suspicions.certain(
          KnownMistake.KEEPS_CONFLICTING_ENTRIES,
          sent.atMicros(),
          evidence,
          "replica %s acknowledged entries up to %d, but its log had other entries there",
          replica.id(),
          append.end());
      return;
    }
    suspicions.certain(
        append.isHeartbeat()
            ? KnownMistake.HEARTBEAT_WITHOUT_CHECK
            : KnownMistake.SKIPS_CONSISTENCY_CHECK,
        sent.atMicros(),
        evidence,
        "replica %s accepted a message with prevLogIndex %d and prevLogTerm %d, but %s",
        replica.id(),
        append.prevIndex(),
        append.prevTerm(),
        append.prevIndex() > replica.log().lastIndex()
            ? "its log ended at entry " + replica.log().lastIndex()
            : "its own entry there was of term " + replica.log().termAt(append.prevIndex()));
  }

  /** The hint of the reference replica and others: the first index that is missing. */
  private void rejected(
      ReplicaView replica, AppendReply reply, LeaderAppends appends, Event.Sent sent) {
    if (reply.hint() == RaftMessageView.UNKNOWN
        || reply.hint() == 0
        || reply.round() == RaftMessageView.UNKNOWN) {
      return;
    }
    for (DeliveredAppend each : appends.recent()) {
      if (each.append().round() != reply.round()) {
        continue;
      }
      long prev = each.append().prevIndex();
      long right = rightHint(replica, prev);
      if (right > 0 && reply.hint() != right) {
        suspicions.certain(
            KnownMistake.CONFLICT_HINT_OFF_BY_ONE,
            sent.atMicros(),
            Evidence.of(each.event(), sent),
            "replica %s rejected entries after %d with the hint %d, but the first entry that differs"
                + " or is missing was %d",
            replica.id(),
            prev,
            reply.hint(),
            right);
      }
      return;
    }
  }

  private static long rightHint(ReplicaView replica, long prev) {
    if (prev > replica.log().lastIndex()) {
      return replica.log().lastIndex() + 1;
    }
    long base = replica.log().base();
    long term = replica.log().termAt(prev);
    long first = prev;
    while (term != RaftMessageView.UNKNOWN
        && first - 1 > base
        && replica.log().termAt(first - 1) == term) {
      first--;
    }
    // A replica that has discarded the first entries of the term names the first that is left.
    boolean isKnown = base == 0 || first - 1 > base;
    boolean isSure = term != RaftMessageView.UNKNOWN && isKnown && first > replica.snapshotIndex();
    return isSure ? first : 0;
  }
}
