package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.network.Topology;
import raftlab.node.StateChange.MembersChanged;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.run.lab.ReplicaState;
import raftlab.wire.Id;

/** One line per replica: its process, and the state that it reports. */
final class StatusTable {
  private static final String ROW = "%-6s%-9s%-14s%5s%9s%9s  %-9s%-12s%-5s%8s%10s";

  static final String HELP =
      """
      role, term, log end, commit: as the replica reports them; - if it reports no state
      log end, commit: the last entry in its log, and the last entry that it reports as committed
      member: voter, learner (receives the log, but doesn't vote yet) or out, as the leader reports it
      its leader: the leader in the replica's latest message
      part: the number of its partition
      sent, received: its messages, including those to and from clients""";

  private final LiveCluster cluster;
  private final Lab lab;
  private final ReplicaReports reports;
  private final @Nullable MembersChanged members;

  StatusTable(LiveCluster cluster) {
    this.cluster = cluster;
    this.lab = cluster.lab();
    this.reports = cluster.reports();
    this.members = members();
  }

  /** The members that the leader reports; else those in the latest entry of a running replica. */
  private @Nullable MembersChanged members() {
    MembersChanged latest = lab.leader().map(reports::members).orElse(null);
    if (latest == null) {
      for (Id id : lab.ready()) {
        MembersChanged its = reports.members(id);
        latest = latest == null || its != null && its.index() > latest.index() ? its : latest;
      }
    }
    return latest;
  }

  /** The column headings. */
  String heading() {
    return String.format(
        Locale.ROOT,
        ROW,
        "ID",
        "state",
        "role",
        "term",
        "log end",
        "commit",
        "member",
        "its leader",
        "part",
        "sent",
        "received");
  }

  /** All replicas, one per line. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (Id id : lab.replicas()) {
      boolean runs = lab.isRunning(id);
      rows.add(
          String.format(
              Locale.ROOT,
              ROW,
              id,
              state(Objects.requireNonNull(lab.state(id), "it is a replica of the lab")),
              runs ? reports.role(id) : ReplicaReports.UNKNOWN,
              runs ? reports.term(id) : ReplicaReports.UNKNOWN,
              runs ? reports.lastIndex(id) : ReplicaReports.UNKNOWN,
              runs ? reports.commitIndex(id) : ReplicaReports.UNKNOWN,
              member(id),
              runs ? namedLeader(id) : ReplicaReports.UNKNOWN,
              groupNumber(id),
              cluster.messageCounter().sent(id),
              cluster.messageCounter().received(id)));
    }
    return rows;
  }

  private static String state(ReplicaState state) {
    return state == ReplicaState.READY ? "ready" : state.name().toLowerCase(Locale.ROOT);
  }

  private String member(Id id) {
    if (members == null) {
      // No replica reports its state: shows the members according to the answers to the operator.
      return lab.membershipStatus(id) == MembershipStatus.MEMBER ? ReplicaReports.UNKNOWN : "out";
    }
    return members.voters().contains(id)
        ? "voter"
        : members.learners().contains(id) ? "learner" : "out";
  }

  private String namedLeader(Id id) {
    Id named = cluster.messageCounter().namedLeader(id);
    return named == null ? ReplicaReports.UNKNOWN : named.isBroadcast() ? "none" : named.toString();
  }

  private String groupNumber(Id id) {
    Topology topology = lab.links().topology();
    int index = topology.groups().indexOf(topology.group(id));
    return index < 0 ? ReplicaReports.UNKNOWN : Integer.toString(index + 1);
  }
}
