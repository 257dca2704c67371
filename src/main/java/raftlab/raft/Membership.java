package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import raftlab.node.Host;
import raftlab.node.StateChange.MembersChanged;
import raftlab.raft.Command.Reconfigure;
import raftlab.wire.Id;

/**
 * Which configuration holds. A replica uses the latest in its log, committed or not (dissertation
 * §4.1); if that entry is deleted, the one before it holds again.
 */
final class Membership {
  /**
   * A configuration and the entry that says so; 0 for the one that the replica was started with.
   */
  record ConfigurationEntry(long index, Configuration configuration) {}

  private final Host host;
  private final Peers peers;
  private final List<ConfigurationEntry> configurations =
      new ArrayList<>(); // ascending; the last one holds

  Membership(Host host, Peers peers) {
    this.host = host;
    this.peers = peers;
  }

  /** The configuration before the first entry of the log. */
  void reset(ConfigurationEntry first) {
    configurations.clear();
    configurations.add(first);
    useLatest();
  }

  /** The stored log has this entry. Those that the snapshot covers are known by the snapshot. */
  void restored(long index, Command command) {
    if (index > latest().index()) {
      appended(index, command);
    }
  }

  /** An entry was appended. */
  void appended(long index, Command command) {
    if (command instanceof Reconfigure reconfigure) {
      configurations.add(new ConfigurationEntry(index, reconfigure.configuration()));
      useLatest();
    }
  }

  /** This entry and all that follow were deleted. */
  void truncated(long fromIndex) {
    boolean changed = false;
    while (configurations.size() > 1 && latest().index() >= fromIndex) {
      configurations.remove(configurations.size() - 1);
      changed = true;
    }
    if (changed) {
      useLatest();
    }
  }

  /** The log begins after this entry now: what held before it isn't needed any more. */
  void compacted(long index) {
    while (configurations.size() > 1 && configurations.get(1).index() <= index) {
      configurations.remove(0);
    }
  }

  private void useLatest() {
    ConfigurationEntry latest = latest();
    peers.update(latest.configuration(), removedMembers());
    host.report(
        new MembersChanged(
            latest.index(), latest.configuration().voters(), latest.configuration().learners()));
  }

  /**
   * Those whom the latest change removed. One that was removed before that and hasn't heard of it
   * isn't told any more.
   */
  private List<Id> removedMembers() {
    if (configurations.size() < 2) {
      return List.of();
    }
    Configuration before = configurations.get(configurations.size() - 2).configuration();
    return Stream.of(before.voters(), before.learners())
        .flatMap(List::stream)
        .filter(id -> !configuration().isMember(id))
        .toList();
  }

  ConfigurationEntry latest() {
    return configurations.get(configurations.size() - 1);
  }

  Configuration configuration() {
    return latest().configuration();
  }

  /**
   * Whether the replica votes by any configuration that may hold: the last one that is committed as
   * far as we know, and those after it. A learner doesn't: no voter is ever made one.
   */
  boolean mayBeVoter(Id replica, long commitIndex) {
    long surely = configurationAt(commitIndex).index();
    return !configuration().isLearner(replica)
        && configurations.stream()
            .anyMatch(one -> one.index() >= surely && one.configuration().isVoter(replica));
  }

  /** What holds as of this entry of the log. */
  ConfigurationEntry configurationAt(long index) {
    ConfigurationEntry found = configurations.get(0);
    for (ConfigurationEntry one : configurations) {
      if (one.index() <= index) {
        found = one;
      }
    }
    return found;
  }
}
