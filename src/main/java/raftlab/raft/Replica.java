package raftlab.raft;

import raftlab.node.Host;
import raftlab.wire.Id;

/** The state of a replica (Figure 2), which all its parts share, and the way to send. */
final class Replica {
  final Host host;
  final RaftSettings settings;
  final Peers peers;
  final Journal journal;
  final Ballot ballot;
  final Log log;
  final KeyValueStore store;
  final Commits commits;
  final Roles roles;

  Replica(Host host, RaftSettings settings) {
    this.host = host;
    this.settings = settings;
    peers = new Peers(host.id(), host.others());
    journal = new Journal(host.storage());
    ballot = new Ballot(host, journal);
    log = new Log(host, journal);
    store = new KeyValueStore();
    commits = new Commits(host, log, store);
    roles = new Roles(host, ballot);
  }

  long now() {
    return host.nowMillis();
  }

  long currentTerm() {
    return ballot.currentTerm();
  }

  void send(Id to, RaftMessage message) {
    host.send(MessageCodec.encode(message, peers.self(), to, roles.leader()));
  }
}
