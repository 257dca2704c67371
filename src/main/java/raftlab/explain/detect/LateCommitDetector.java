package raftlab.explain.detect;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.MembersChanged;
import raftlab.trace.Event;
import raftlab.trace.ReplicaListText;
import raftlab.wire.Id;

/**
 * A leader does not commit an entry though a majority of its members has acknowledged it (§5.3):
 * because an older reply lowered a match index, or because it still counts replicas that were
 * removed (§6). A correct leader may look at its match indexes from time to time only, so it is
 * suspected only if what it seems to count explains why it waits.
 */
final class LateCommitDetector implements Detector {
  private static final long LATE_MICROS = 50_000;
  private static final long MISSING_MICROS = 200_000;

  /** An entry may be late once for another reason. */
  private static final int MIN_LATE = 2;

  /** What a leader has received in its term. */
  private static final class Progress {
    private final long term;
    private final Map<Id, Long> lastMatch = new HashMap<>();
    private @Nullable InFlightMessage lower;
    private long agreed;
    private long agreedAt;
    private boolean isLate;

    Progress(long term) {
      this.term = term;
    }
  }

  private final ClusterView cluster;
  private final Suspicions suspicions;
  private final Map<Id, Progress> progress = new HashMap<>();
  private final Set<Id> everVoters = new TreeSet<>();
  private int late;
  private boolean isMissing;

  LateCommitDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof MembersChanged members) {
      everVoters.addAll(members.voters());
    }
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (!(message.content() instanceof AppendReply reply)
        || !to.reports()
        || !to.leads()
        || !reply.success()
        || reply.term() != to.term()
        || reply.matchIndex() == RaftMessageView.UNKNOWN) {
      return;
    }
    Progress known = progress.get(to.id());
    if (known == null || known.term != to.term()) {
      known = new Progress(to.term());
      progress.put(to.id(), known);
    }
    check(to, known, event);
    Long before = known.lastMatch.put(message.from(), reply.matchIndex());
    known.lower = before != null && before > reply.matchIndex() ? message : known.lower;
    if (known.agreed == 0) {
      long agreed = agreed(to, cluster.voters(to), each -> to.matchIndex(each, to.term()));
      boolean isOwn = to.firstOwnEntry() != RaftMessageView.UNKNOWN && agreed >= to.firstOwnEntry();
      if (isOwn && agreed > to.commitIndex()) {
        known.agreed = agreed;
        known.agreedAt = event.atMicros();
        known.isLate = false;
      }
    }
  }

  /** The last entry that a majority of these voters has, if the leader knows this of each. */
  private static long agreed(
      ReplicaView leader, Collection<Id> voters, ToLongFunction<Id> matchIndex) {
    long[] all =
        voters.stream()
            .mapToLong(
                each ->
                    each.equals(leader.id())
                        ? leader.log().lastIndex()
                        : matchIndex.applyAsLong(each))
            .sorted()
            .toArray();
    return all.length == 0 ? 0 : all[all.length - all.length / 2 - 1];
  }

  /** Whether the leader has committed by now what a majority has. */
  private void check(ReplicaView leader, Progress known, Event.Delivered event) {
    if (known.agreed == 0) {
      return;
    } else if (leader.commitIndex() >= known.agreed) {
      known.agreed = 0;
      return;
    }
    long waited = event.atMicros() - Math.max(known.agreedAt, leader.disturbedAt());
    List<Id> voters = cluster.voters(leader);
    if (!known.isLate && known.lower != null && waited > LATE_MICROS) {
      long byLast = agreed(leader, voters, each -> known.lastMatch.getOrDefault(each, 0L));
      known.isLate = byLast <= leader.commitIndex();
      late += known.isLate ? 1 : 0;
      if (known.isLate && late == MIN_LATE) {
        goesBack(leader, known, known.lower, waited);
      }
    }
    if (!isMissing && waited > MISSING_MICROS) {
      Set<Id> withRemoved = new TreeSet<>(everVoters);
      withRemoved.addAll(voters);
      long byAll = agreed(leader, withRemoved, each -> leader.matchIndex(each, leader.term()));
      isMissing = withRemoved.size() > voters.size() && byAll <= leader.commitIndex();
      if (isMissing) {
        withRemoved.removeAll(voters);
        countsRemoved(leader, known, withRemoved, waited, event);
      }
    }
  }

  private void goesBack(ReplicaView leader, Progress known, InFlightMessage lower, long waited) {
    suspicions.likely(
        KnownMistake.MATCH_GOES_BACK,
        known.agreedAt,
        Evidence.of(lower.sent()),
        "leader %s had the acknowledgements of a majority for entry %d, and had not committed it %s"
            + " later; an older answer of %s, with a lower index, had arrived",
        leader.id(),
        known.agreed,
        ClusterView.duration(waited),
        lower.from());
  }

  private void countsRemoved(
      ReplicaView leader, Progress known, Set<Id> removed, long waited, Event.Delivered event) {
    suspicions.likely(
        KnownMistake.REMOVED_STILL_COUNTS,
        known.agreedAt,
        Evidence.of(event),
        "leader %s had the acknowledgements of a majority of its %d members for entry %d, and had not"
            + " committed it %s later; with %s there is no majority",
        leader.id(),
        cluster.voters(leader).size(),
        known.agreed,
        ClusterView.duration(waited),
        ReplicaListText.of(removed));
  }
}
