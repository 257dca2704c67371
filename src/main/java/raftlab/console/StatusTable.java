package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange.MembersChanged;
import raftlab.report.TerminalStyle;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.run.lab.ReplicaState;
import raftlab.wire.Id;

/** One line per replica: its process, its state, and which replicas it reaches. */
final class StatusTable {
  private static final String ROW = "%-5s %-8s %-14s%5s  %-5s %5s %6s %7s  %-6s %s";
  private static final String UNKNOWN = ReplicaReports.UNKNOWN;

  static final String HELP =
      """
      status     one line per replica
      status 2   more about 0002
      role, term, vote, log, commit, applied: as the replica reports them; log is the last entry in its log.
      * marks what was inferred from the messages of a replica that reports no state (see RAFTLAB_TRACE in
      the contract); - is not known.
      leader: the leader in the replica's latest message. links: the replicas that it exchanges messages with.\
      """;

  private final LiveCluster cluster;
  private final Lab lab;
  private final Map<Id, ShownState> states;
  private final TerminalStyle style;

  StatusTable(LiveCluster cluster, TerminalStyle style) {
    this(cluster, ShownState.of(cluster), style);
  }

  /** A table of these states. */
  StatusTable(LiveCluster cluster, Map<Id, ShownState> states, TerminalStyle style) {
    this.cluster = cluster;
    this.lab = cluster.lab();
    this.states = states;
    this.style = style;
  }

  /** The members that the leader reports; else those in the latest entry of a running replica. */
  private @Nullable MembersChanged members() {
    ReplicaReports reports = cluster.reports();
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
        "vote",
        "log",
        "commit",
        "applied",
        "leader",
        "links");
  }

  private ShownState state(Id id) {
    return Objects.requireNonNull(states.get(id), "each replica has one");
  }

  /** All replicas, one per line. */
  List<String> rows() {
    MembersChanged members = members();
    List<String> rows = new ArrayList<>();
    for (Id id : lab.replicas()) {
      rows.add(row(id, members));
    }
    return rows;
  }

  private String row(Id id, @Nullable MembersChanged members) {
    ShownState state = state(id);
    boolean runs = lab.isRunning(id);
    String mark = state.inferred() && state.role().isPresent() ? "*" : "";
    String row =
        String.format(
            Locale.ROOT,
            ROW,
            id,
            stateText(id),
            runs ? state.roleText() + mark : UNKNOWN,
            ShownState.number(state.term()),
            state.vote().isBroadcast() ? UNKNOWN : state.vote(),
            ShownState.number(state.lastIndex()),
            runs ? ShownState.number(state.commitIndex()) : UNKNOWN,
            runs ? ShownState.number(state.appliedIndex()) : UNKNOWN,
            runs ? namedLeader(id) : UNKNOWN,
            links(id) + memberText(id, members));
    return !runs ? style.faint(row) : lab.isLeader(id) ? style.success(row) : row;
  }

  /** What is wrong with the table for a person who sees it for the first time; or nothing. */
  List<String> notes() {
    List<Id> silent =
        lab.replicas().stream().filter(lab::isRunning).filter(id -> state(id).inferred()).toList();
    if (silent.isEmpty()) {
      return List.of();
    }
    boolean all = silent.size() == lab.replicas().stream().filter(lab::isRunning).count();
    String who =
        all
            ? "The replicas report"
            : silent.stream().map(Id::toString).collect(Collectors.joining(" "))
                + (silent.size() == 1 ? " reports" : " report");
    return List.of(
        who + " no state (see RAFTLAB_TRACE in the contract); * is inferred from messages");
  }

  private String stateText(Id id) {
    ReplicaState state = Objects.requireNonNull(lab.state(id), "it is a replica of the lab");
    return state == ReplicaState.READY ? "ready" : state.name().toLowerCase(Locale.ROOT);
  }

  private String memberText(Id id, @Nullable MembersChanged members) {
    String text;
    if (members == null) {
      // No replica reports its state: shows the members according to the answers to the operator.
      text = lab.membershipStatus(id) == MembershipStatus.MEMBER ? "" : "not a member";
    } else {
      text =
          members.voters().contains(id)
              ? ""
              : members.learners().contains(id) ? "learner" : "not a member";
    }
    return text.isEmpty() ? "" : ", " + text;
  }

  private String namedLeader(Id id) {
    Id named = cluster.messageCounter().namedLeader(id);
    return named == null ? UNKNOWN : named.isBroadcast() ? "none" : named.toString();
  }

  private String links(Id id) {
    if (lab.links().topology().isFullyConnected()) {
      return "all";
    }
    List<Id> reached =
        lab.links().topology().group(id).stream().filter(other -> !other.equals(id)).toList();
    return reached.isEmpty()
        ? "none"
        : reached.size() == lab.replicas().size() - 1
            ? "all"
            : reached.stream().map(StatusTable::shortId).collect(Collectors.joining(" "));
  }

  /** As users type it: 2 for 0002. */
  static String shortId(Id id) {
    String digits = id.toString().replaceFirst("^0+", "");
    return digits.isEmpty() ? "0" : digits;
  }

  /** More about one replica. */
  List<String> details(Id id) {
    ShownState state = state(id);
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(id.toString())
            + "  "
            + stateText(id)
            + (lab.isLeader(id) ? ", the leader as messages show" : ""));
    lines.add(
        "  role "
            + state.roleText()
            + ", term "
            + ShownState.number(state.term())
            + ", vote "
            + (state.vote().isBroadcast() ? "none known" : state.vote())
            + (state.inferred() ? " (inferred from its messages: it reports no state)" : ""));
    lines.add(
        "  log ends at entry "
            + ShownState.number(state.lastIndex())
            + ", committed up to "
            + ShownState.number(state.commitIndex())
            + ", applied up to "
            + ShownState.number(state.appliedIndex()));
    lines.add(
        "  messages: "
            + cluster.messageCounter().sent(id)
            + " sent, "
            + cluster.messageCounter().received(id)
            + " received, with those of clients; its latest names "
            + namedLeader(id)
            + " as the leader");
    lines.add("  exchanges messages with: " + links(id));
    if (cluster.isSteppable()) {
      List<String> timers = cluster.stepping().timers(id);
      lines.add(
          "  timers that are set: " + (timers.isEmpty() ? "none" : String.join(", ", timers)));
    }
    return lines;
  }
}
