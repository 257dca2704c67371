package raftlab.explain.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.explain.view.ClusterView;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.check.Contradiction;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A request that was sent again must be executed once (§8). */
final class DuplicateExecutionDetector implements Detector {
  /** Longer logs aren't searched; reports may say any nonsense. */
  private static final int MAX_ENTRIES = 100_000;

  private final ClusterView cluster;
  private final Suspicions suspicions;

  /** Where the state of each replica came from a snapshot, and up to which entry. */
  private final Map<Id, TreeMap<Long, Event.Reported>> snapshots = new HashMap<>();

  DuplicateExecutionDetector(ClusterView cluster, Suspicions suspicions) {
    this.cluster = cluster;
    this.suspicions = suspicions;
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    long index =
        change instanceof SnapshotInstalled installed
            ? installed.index()
            : change instanceof Restored found ? found.snapshotIndex() : 0;
    if (index > 0) {
      snapshots.computeIfAbsent(replica.id(), id -> new TreeMap<>()).putIfAbsent(index, event);
    }
  }

  /**
   * A write took effect twice. A retry was executed only if there was one: a replica may also apply
   * an entry twice. With reports the write must have two entries, and sessions were lost only if a
   * snapshot covers the first of them and not the other.
   */
  void tookEffectTwice(Contradiction found) {
    Set<Event.Requested> writes = shownWrites(found);
    List<Long> entries = entriesOf(writes);
    if (entries.size() == 1 || !wasSentAgain(found, writes)) {
      return;
    }
    long at = found.blamed().atMicros();
    Event.Reported snapshot =
        found.blamed() instanceof Event.Answered answer
            ? snapshotBetween(answer.replica(), at, entries)
            : null;
    if (snapshot != null) {
      suspicions.proven(
          KnownMistake.SNAPSHOT_WITHOUT_SESSIONS,
          at,
          Evidence.of(snapshot, found.blamed()),
          "an answer of replica %s, whose state came from a snapshot %s, showed that a write took"
              + " effect twice",
          snapshot.replica(),
          cluster.at(snapshot.atMicros()));
    } else {
      suspicions.proven(
          KnownMistake.EXECUTES_RETRIES,
          at,
          Evidence.of(found.blamed()),
          "an answer showed that a write that was sent again took effect twice");
    }
  }

  /**
   * The first snapshot of a replica that may lack the session of the write; null if there is none.
   */
  private Event.@Nullable Reported snapshotBetween(
      Id replica, long beforeMicros, List<Long> entries) {
    for (Map.Entry<Long, Event.Reported> each :
        snapshots.getOrDefault(replica, new TreeMap<>()).entrySet()) {
      long index = each.getKey();
      boolean isBetween =
          entries.isEmpty() || entries.get(0) <= index && index < entries.get(entries.size() - 1);
      if (isBetween && each.getValue().atMicros() < beforeMicros) {
        return each.getValue();
      }
    }
    return null;
  }

  /** The entries that may be of these writes, by a log that is known from its first entry on. */
  private List<Long> entriesOf(Set<Event.Requested> writes) {
    List<Long> most = new ArrayList<>();
    for (ReplicaView replica : cluster.replicas()) {
      List<Long> found = new ArrayList<>();
      long last = replica.reports() && replica.log().base() == 0 ? replica.log().lastIndex() : 0;
      for (long index = 1; index <= Math.min(last, MAX_ENTRIES); index++) {
        String command = replica.log().commandAt(index);
        if (writes.stream().anyMatch(write -> command.contains(String.valueOf(write.value())))) {
          found.add(index);
        }
      }
      most = found.size() > most.size() ? found : most;
    }
    return most;
  }

  /** The writes whose values the wrong answer shows, those that it shows twice if there are any. */
  private static Set<Event.Requested> shownWrites(Contradiction found) {
    String shown = found.blamed() instanceof Event.Answered answer ? answer.value() : null;
    Set<Event.Requested> once = new HashSet<>();
    Set<Event.Requested> twice = new HashSet<>();
    for (Event event : found.evidence()) {
      if (event instanceof Event.Requested request
          && request.value() != null
          && shown != null
          && shown.contains(request.value())) {
        once.add(request);
        if (shown.indexOf(request.value()) < shown.lastIndexOf(request.value())) {
          twice.add(request);
        }
      }
    }
    return twice.isEmpty() ? once : twice;
  }

  /** Whether a client, or the network, sent one of these writes again. */
  private boolean wasSentAgain(Contradiction found, Set<Event.Requested> shown) {
    Set<Long> writes = new HashSet<>();
    shown.forEach(request -> writes.add(request.operation()));
    Set<String> mids = new HashSet<>();
    Set<Long> messages = new HashSet<>();
    for (Event event : cluster.trace().events()) {
      if (event.atMicros() > found.blamed().atMicros()) {
        return false;
      } else if (event instanceof Event.Requested request && writes.contains(request.operation())) {
        if (request.retry()) {
          return true;
        }
        mids.add(request.mid());
      } else if (event instanceof Event.Sent sent
          && mids.contains(sent.message().mid())
          && cluster.replica(sent.from()) == null) { // the request, not an answer to it
        messages.add(sent.number());
      } else if (event instanceof Event.Duplicated copy && messages.contains(copy.number())) {
        return true;
      }
    }
    return false;
  }
}
