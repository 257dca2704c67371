package raftlab.explain.detect;

import raftlab.dialect.RaftMessageView;
import raftlab.explain.view.LeaderAppends;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;

/**
 * A follower changes its log only as the leader of its term says (§5.3). Two of the rules are in
 * {@code judge.raft} too, where they need no messages: a leader deletes nothing, which counts here
 * also for a candidate that is about to lead, and a follower follows the leader of its term, which
 * counts here also where no leader of that term was elected.
 */
final class FollowerLogDetector implements Detector {
  private final Suspicions suspicions;

  FollowerLogDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof Appended appended) {
      appended(replica, appended, event);
    } else if (change instanceof Truncated cut) {
      truncated(replica, cut.fromIndex(), event);
    } else if (change instanceof Committed committed) {
      committed(replica, committed.index(), event);
    } else if (change instanceof RoleChanged now && now.role() == Role.FOLLOWER) {
      follows(replica, now, event);
    }
  }

  private void appended(ReplicaView replica, Appended appended, Event.Reported event) {
    long index = appended.index();
    if (replica.isLeader()) {
      if (index <= replica.log().lastIndex()
          && index > replica.log().base()
          && (replica.reports() || isOther(replica.log().termAt(index), appended.term()))) {
        dropsLog(replica, event, index);
      }
      return;
    }
    LeaderAppends appends = replica.appends(replica.term());
    boolean isFromLeader = appends != null && appends.termAt(index) == appended.term();
    if (isFromLeader || replica.role() == Role.CANDIDATE) {
      return;
    }
    for (LeaderAppends earlier : replica.appendsBefore(replica.term())) {
      if (earlier.termAt(index) == appended.term()) {
        ofOldTerm(replica, earlier.term(), event, "appended entry " + index + " from");
        return;
      }
    }
  }

  /** Whether both terms are known, and differ. */
  private static boolean isOther(long term, long next) {
    return term != RaftMessageView.UNKNOWN && next != RaftMessageView.UNKNOWN && term != next;
  }

  private void ofOldTerm(ReplicaView replica, long term, Event.Reported event, String what) {
    suspicions.certain(
        KnownMistake.ACCEPTS_OLD_TERM,
        event.atMicros(),
        Evidence.of(event),
        "replica %s, in term %d, %s a leader of term %d",
        replica.id(),
        replica.term(),
        what,
        term);
  }

  private void follows(ReplicaView replica, RoleChanged now, Event.Reported event) {
    if (now.leader().isBroadcast()
        || now.leader().equals(replica.id())
        || now.term() != replica.term() // on entering a term it may still name the leader before
        || now.leader().equals(replica.leader())
        || replica.appends(now.term()) != null) {
      return;
    }
    for (LeaderAppends earlier : replica.appendsBefore(now.term())) {
      ofOldTerm(replica, earlier.term(), event, "followed");
      return;
    }
  }

  private void truncated(ReplicaView replica, long from, Event.Reported event) {
    LeaderAppends appends = replica.appends(replica.term());
    if (replica.isLeader() || replica.role() == Role.CANDIDATE && appends == null) {
      dropsLog(replica, event, from);
      return;
    }
    if (appends == null
        || from > replica.log().lastIndex()
        || conflicts(replica, appends, from)
        || replica.log().termAt(from) == RaftMessageView.UNKNOWN) {
      return;
    }
    for (LeaderAppends earlier : replica.appendsBefore(replica.term())) {
      if (conflicts(replica, earlier, from)) {
        ofOldTerm(replica, earlier.term(), event, "deleted entries from " + from + " on for");
        return;
      }
    }
    if (appends.termAt(from) == replica.log().termAt(from)) {
      suspicions.certain(
          KnownMistake.TRUNCATES_ON_OLD_APPEND,
          event.atMicros(),
          Evidence.of(replica.log().reportAt(from), event),
          "replica %s deleted its entries from %d on, though none of them conflicted with what its"
              + " leader sent",
          replica.id(),
          from);
    }
  }

  /** Whether a leader has sent entries of other terms than this log has from here on. */
  private static boolean conflicts(ReplicaView replica, LeaderAppends appends, long from) {
    long first = Math.max(from, replica.log().base()); // whose term is known
    for (long index = first; index <= replica.log().lastIndex(); index++) {
      long theirs = appends.termAt(index);
      long own = replica.log().termAt(index);
      if (own != RaftMessageView.UNKNOWN && theirs != RaftMessageView.UNKNOWN && theirs != own) {
        return true;
      }
    }
    return false;
  }

  private void dropsLog(ReplicaView replica, Event.Reported event, long index) {
    if (!replica.reports() && !replica.isLogShownInLife()) {
      suspicions.likely(
          index > replica.log().base() + 1 ? KnownMistake.STORES_LATE : KnownMistake.FORGETS_LOG,
          event.atMicros(),
          Evidence.of(event),
          "replica %s, which had a log up to entry %d of term %d before a restart, led term %d with"
              + " another entry %d",
          replica.id(),
          replica.log().lastIndex(),
          replica.log().lastTerm(),
          replica.term(),
          index);
    } else if (!replica.reports() && replica.overtakenBy() != null) {
      suspicions.likely(
          KnownMistake.TRUNCATES_ON_OLD_APPEND,
          event.atMicros(),
          Evidence.of(replica.overtakenBy(), event),
          "replica %s, which had acknowledged entry %d of term %d and then received an older message"
              + " of its leader, led term %d with another entry %d: either it deleted entries that"
              + " conflicted with nothing, or it deleted them when it was elected",
          replica.id(),
          replica.log().lastIndex(),
          replica.log().lastTerm(),
          replica.term(),
          index);
    } else {
      suspicions.suspect(
          replica.reports(), // else the log is known by its acknowledgements only
          KnownMistake.DROPS_LOG_AT_WINNING,
          event.atMicros(),
          Evidence.of(replica.leaderReport(), replica.log().reportAt(index), event),
          "replica %s, leader of term %d, deleted its own log from entry %d on",
          replica.id(),
          replica.term(),
          index);
    }
  }

  private void committed(ReplicaView replica, long index, Event.Reported event) {
    LeaderAppends appends = replica.appends(replica.term());
    if (!replica.leads()
        && appends != null
        && appends.hasAppends()
        && index > replica.verifiedIndex()) {
      suspicions.certain(
          KnownMistake.COMMITS_UNVERIFIED,
          event.atMicros(),
          Evidence.of(replica.log().reportAt(index), event),
          "follower %s committed entry %d, but its leader's messages had confirmed its log up to"
              + " entry %d only",
          replica.id(),
          index,
          replica.verifiedIndex());
    }
  }
}
