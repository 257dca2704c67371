package raftlab.raft;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.node.Host;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;

/** commitIndex and lastApplied (Figure 2). Entries are applied as soon as they are committed. */
final class CommitState {
  /** Is called when entries have been applied. */
  interface ApplyListener {
    /** The entry of this term at this index was applied. */
    void applied(long index, long term, CommandResult result);

    /** A snapshot has replaced the entries up to this one. Their results are unknown. */
    void replacedBySnapshot(long index);
  }

  private final Host host;
  private final Log log;
  private final StateMachine machine;
  private @Nullable ApplyListener listener;

  // Figure 2, State: "commitIndex index of highest log entry known to be committed (initialized to
  // 0, increases monotonically)"
  private long commitIndex;

  // Figure 2, State: "lastApplied index of highest log entry applied to state machine (initialized
  // to 0, increases monotonically)"
  private long lastApplied;

  CommitState(Host host, Log log, StateMachine machine) {
    this.host = host;
    this.log = log;
    this.machine = machine;
  }

  void setApplyListener(ApplyListener applyListener) {
    listener = applyListener;
  }

  long commitIndex() {
    return commitIndex;
  }

  long lastApplied() {
    return lastApplied;
  }

  /** The entries up to this one are committed: applies them. Never goes back. */
  void advanceTo(long index) {
    if (index <= commitIndex) {
      return;
    }
    commitIndex = index;
    host.report(new Committed(index));
    // Figure 2, All Servers 1: "If commitIndex > lastApplied: increment lastApplied, apply
    // log[lastApplied] to state machine"
    while (lastApplied < commitIndex) {
      lastApplied++;
      LogEntry entry = log.entry(lastApplied);
      CommandResult result = machine.apply(entry.command());
      host.report(new Applied(lastApplied, entry.term()));
      listener().applied(lastApplied, entry.term(), result);
    }
  }

  /** The state machine was set to the state after this entry, by a snapshot (§7). */
  void resetToSnapshot(long index) {
    commitIndex = index;
    lastApplied = index;
    listener().replacedBySnapshot(index);
  }

  private ApplyListener listener() {
    return Objects.requireNonNull(listener, "set before the replica starts");
  }
}
