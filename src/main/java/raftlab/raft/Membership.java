package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import raftlab.node.Host;
import raftlab.node.StateChange.MembersChanged;
import raftlab.raft.Command.Reconfigure;
import raftlab.wire.Id;

/**
 * The configuration that this replica uses. §6: "a server always uses the latest configuration in
 * its log, regardless of whether the entry is committed". If that entry is deleted, the
 * configuration before it is used again.
 */
final class Membership {
  /** A configuration and the index of its entry; 0 for the one that the replica started with. */
  record ConfigurationEntry(long index, Configuration configuration) {}

  private final Host host;
  private final Peers peers;
  private final List<ConfigurationEntry> configurations =
      new ArrayList<>(); // ascending; the last one is used

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

  /** The stored log has this entry. The snapshot may cover it. */
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

  /** The log begins after this entry now: earlier configurations aren't needed any more. */
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
   * The servers that the latest change removed. Servers that earlier changes removed get no more
   * messages, even if they haven't received their removal.
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
   * Whether the replica is a voter of any configuration that may be committed: of the latest that
   * is known to be committed, or of a later one. A learner is not: no voter ever becomes one.
   */
  boolean mayBeVoter(Id replica, long commitIndex) {
    long committed = configurationAt(commitIndex).index();
    return !configuration().isLearner(replica)
        && configurations.stream()
            .anyMatch(one -> one.index() >= committed && one.configuration().isVoter(replica));
  }

  /** The configuration at this index of the log. */
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
