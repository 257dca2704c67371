package raftlab.raft;

import raftlab.node.Host;
import raftlab.node.StateChange.Applied;
import raftlab.node.StateChange.Committed;

/**
 * commitIndex and lastApplied (Figure 2): how far the log is known to be final, and applied to the
 * store.
 */
final class Commits {
  private final Host host;
  private final Log log;
  private final KeyValueStore store;
  private long commitIndex;
  private long lastApplied;

  Commits(Host host, Log log, KeyValueStore store) {
    this.host = host;
    this.log = log;
    this.store = store;
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
      Entry entry = log.entry(lastApplied);
      store.apply(entry.command());
      host.report(new Applied(lastApplied, entry.term()));
    }
  }
}
