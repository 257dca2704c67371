package raftlab.raft;

import java.util.List;
import raftlab.node.Host;
import raftlab.node.StateChange;
import raftlab.wire.Id;

/** The state of a replica (Figure 2), which all its parts share, and how to send a message. */
final class Replica {
  final Host host;
  final RaftSettings settings;
  final Peers peers;
  final Membership membership;
  final Journal journal;
  final TermAndVote termAndVote;
  final Log log;
  final StateMachine machine;
  final CommitState commitState;
  final Snapshots snapshots;
  final Roles roles;

  Replica(Host host, RaftSettings settings) {
    this.host = host;
    this.settings = settings.check();
    peers = new Peers(host.id());
    membership = new Membership(host, peers);
    journal = new Journal(host.storage());
    termAndVote = new TermAndVote(host, journal);
    log = new Log(host, journal, membership);
    machine = new StateMachine(settings);
    commitState = new CommitState(host, log, machine);
    snapshots = new Snapshots(this);
    roles = new Roles(host, termAndVote);
  }

  /**
   * Restores what was stored before a crash. Returns whether anything was.
   *
   * @throws IllegalStateException if the storage holds what no replica has written
   */
  boolean restore() {
    RecoveredState restored = journal.restore();
    termAndVote.restore(restored.currentTerm(), restored.votedFor());
    log.restore(restored);
    if (!restored.isEmpty()) {
      // Reported first: the changes that follow are changes of this state.
      Id votedFor = MessageCodec.orBroadcast(restored.votedFor());
      host.report(
          new StateChange.Restored(
              restored.currentTerm(),
              votedFor,
              restored.snapshot().index(),
              log.lastIndex(),
              log.lastTerm()));
    }
    membership.reset(new Membership.ConfigurationEntry(0, initialConfiguration()));
    snapshots.restore(restored);
    for (long index = log.baseIndex() + 1; index <= log.lastIndex(); index++) {
      membership.restored(index, log.entry(index).command());
    }
    return !restored.isEmpty();
  }

  /** The configuration with which the replica is started. */
  private Configuration initialConfiguration() {
    if (host.isJoining()) {
      return Configuration.NONE;
    }
    Configuration others = new Configuration(host.others(), List.of());
    return others.withVoter(host.id());
  }

  long now() {
    return host.nowMillis();
  }

  long currentTerm() {
    return termAndVote.currentTerm();
  }

  void send(Id to, RaftMessage message) {
    host.send(MessageCodec.encode(message, peers.self(), to, roles.leader()));
  }
}
