package raftlab.explain.detect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * A replica that reports its state begins with nothing after a restart: it enters a term or appends
 * without having restored anything. What it restores is checked by {@link
 * raftlab.judge.raft.DurabilityRule}; a missing report of that fails no check.
 */
final class DurabilityDetector implements Detector {
  /** What a replica had reported when it last sent a message. */
  private static final class Promised {
    private long term = RaftMessageView.UNKNOWN;
    private long lastIndex;
    private @Nullable Event lastReport;
    private boolean isRestarted;
    private boolean isChanged;
  }

  private final Suspicions suspicions;
  private final Map<Id, Promised> promises = new HashMap<>();

  DurabilityDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  private Promised of(ReplicaView replica) {
    return promises.computeIfAbsent(replica.id(), id -> new Promised());
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    Promised promised = of(from);
    if (from.reports() && promised.isChanged && !promised.isRestarted) {
      promised.isChanged = false;
      promised.term = from.term();
      promised.lastIndex = from.log().lastIndex();
      promised.lastReport = from.log().reportAt(promised.lastIndex);
    }
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    of(replica).isRestarted = isRestart && replica.reports();
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    Promised promised = of(replica);
    promised.isChanged = true;
    if (!promised.isRestarted) {
      return;
    }
    boolean beginsWithNothing =
        change instanceof TermChanged
            || change instanceof Appended
            || change instanceof RoleChanged now && now.term() == 0 && promised.term > 0;
    if (beginsWithNothing) {
      promised.isRestarted = false;
      beganWithNothing(replica, promised, event);
    } else if (change instanceof Restored || change instanceof Truncated) {
      promised.isRestarted = false;
    }
  }

  private void beganWithNothing(ReplicaView replica, Promised promised, Event.Reported event) {
    if (promised.term > 0) {
      suspicions.certain(
          KnownMistake.STORES_NOTHING,
          event.atMicros(),
          Evidence.of(promised.lastReport, event),
          "replica %s, which had been in term %d with a log up to entry %d, began with nothing after"
              + " a restart",
          replica.id(),
          promised.term,
          promised.lastIndex);
    }
    replica.log().restartAfter(0, 0);
  }
}
