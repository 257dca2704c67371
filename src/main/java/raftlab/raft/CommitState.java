package raftlab.raft;

import raftlab.node.Host;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;

/**
 * commitIndex and lastApplied (Figure 2): how far the log is known to be final, and applied to the
 * state machine. All that is known to be committed is applied at once.
 */
final class CommitState {
  /** Who wants to know what became of entries. */
  interface ApplyListener {
    /** The entry of this term was applied at this index. */
    void applied(long index, long term, CommandResult outcome);

    /** The entries up to this one were applied somewhere else: a snapshot came in their place. */
    void replacedBySnapshot(long index);
  }

  private final Host host;
  private final Log log;
  private final StateMachine machine;
  private ApplyListener setApplyListener;
  private long commitIndex;
  private long lastApplied;

  CommitState(Host host, Log log, StateMachine machine) {
    this.host = host;
    this.log = log;
    this.machine = machine;
  }

  void setApplyListener(ApplyListener whoWantsToKnow) {
    setApplyListener = whoWantsToKnow;
  }

  long commitIndex() {
    return commitIndex;
  }

  long lastApplied() {
    return lastApplied;
  }

  /** The entries up to this one are committed; applies them (§5.3). Never goes back. */
  void advanceTo(long index) {
    if (index <= commitIndex) {
      return;
    }
    commitIndex = index;
    host.report(new Committed(index));
    while (lastApplied < commitIndex) {
      lastApplied++;
      LogEntry entry = log.entry(lastApplied);
      CommandResult outcome = machine.apply(entry.command());
      host.report(new Applied(lastApplied, entry.term()));
      setApplyListener.applied(lastApplied, entry.term(), outcome);
    }
  }

  /** The state machine is in the state after this entry, by a snapshot (§7). */
  void resetToSnapshot(long index) {
    commitIndex = index;
    lastApplied = index;
    setApplyListener.replacedBySnapshot(index);
  }
}
