package raftlab.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.run.lab.ClusterOperator;
import raftlab.run.lab.ClusterOperator.ChangeResult;
import raftlab.run.lab.Lab;
import raftlab.run.lab.MembershipStatus;
import raftlab.run.lab.ReplicaState;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Commands for leadership transfer and membership changes. */
final class MembershipCommands {
  /** A majority learns of a new leader within this time, unless the network is bad. */
  private static final long LEADER_KNOWN_MICROS = 1_000_000;

  /** Replicas with the extension answer within this time, if they can. */
  private static final long UNANSWERED_MICROS = 3_000_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  /** Whether no replica answered the last request. */
  private boolean isUnanswered;

  MembershipCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.changing(
            "transfer [ID]",
            "transfer leadership to another replica",
            """
            transfer     the leader chooses the new leader
            transfer 2   to 0002
            Sends to the leader, follows redirects, retries after a fail, times out after 10 s.\
            """,
            this::transfer),
        ConsoleCommand.changing(
            "add [ID]",
            "start a new replica, and add it to the cluster",
            """
            add     starts a new replica, and requests the leader to add it as a member
            add 5   requests it again for 0005, which is running but not a member
            Sends to the leader, follows redirects, retries after a fail, times out after 10 s.\
            """,
            this::add),
        ConsoleCommand.changing(
            "remove ID | leader | random",
            "remove a replica from the cluster",
            """
            remove 2   requests the leader to remove 0002, running or not
            A removed replica keeps running; `crash` kills it. Fewer members need a smaller majority.
            Sends to the leader, follows redirects, retries after a fail, times out after 10 s.\
            """,
            this::remove));
  }

  private LiveCluster requireCluster() {
    LiveCluster cluster = session.cluster();
    if (cluster.lab().ready().isEmpty()) {
      throw new CommandException("no replica is ready; `restart all` restarts them");
    }
    return cluster;
  }

  private ConsoleCommandResult transfer(CommandArguments arguments) {
    LiveCluster cluster = requireCluster();
    Lab lab = cluster.lab();
    arguments.requireAtMost(1);
    Id to = null;
    if (arguments.remaining() == 1) {
      to = new TargetParser(cluster).replica(arguments.next("a replica's ID").text());
      if (lab.state(to) != ReplicaState.READY) {
        throw new CommandException(
            "found " + to + ", expected a replica that is ready; `status` shows them");
      }
      if (lab.isLeader(to)) {
        throw new CommandException(to + " is the leader already");
      }
    }
    ChangeResult report = ask(cluster, Message.TRANSFER, to);
    if (report.done()) {
      // The next command may need the leader, which the other replicas are still learning.
      cluster.playUntil(
          () -> lab.leader().isPresent(), LEADER_KNOWN_MICROS, session.interruptFlag());
      Id leader = report.leader().orElse(to);
      output.print(
          (leader == null ? "another replica is the leader" : leader + " is the leader")
              + " after "
              + QuantityParser.time(report.micros()));
    }
    return result(
        report, "", to == null ? "leadership was not transferred" : to + " is not the leader");
  }

  private ConsoleCommandResult add(CommandArguments arguments) {
    arguments.requireAtMost(1);
    LiveCluster cluster = requireCluster();
    Lab lab = cluster.lab();
    Id id;
    if (arguments.remaining() == 1) {
      id = nonMember(arguments, cluster);
    } else {
      id =
          lab.nextId()
              .orElseThrow(
                  () ->
                      new CommandException(
                          "no ID is left for a new replica; `start` starts a new cluster"));
      long from = lab.nowMicros();
      lab.join(id);
      if (new StartupWaiter(session).await(List.of(id), from, "not a member yet")
          != ConsoleCommandResult.DONE) {
        return ConsoleCommandResult.FAILED;
      }
    }
    ChangeResult report = ask(cluster, Message.ADD, id);
    if (report.done()) {
      output.print(
          id + " is a member of the cluster after " + QuantityParser.time(report.micros()));
    }
    return result(report, "; `add " + id + "` retries", id + " is not a member");
  }

  private static Id nonMember(CommandArguments arguments, LiveCluster cluster) {
    Id id = new TargetParser(cluster).replica(arguments.next("a replica's ID").text());
    if (cluster.lab().membershipStatus(id) == MembershipStatus.MEMBER) {
      throw new CommandException(
          id + " is a member already; `add` without an ID starts a new replica");
    }
    if (cluster.lab().state(id) != ReplicaState.READY) {
      throw new CommandException(id + " is not ready; `restart " + id + "` restarts it");
    }
    return id;
  }

  private ConsoleCommandResult remove(CommandArguments arguments) {
    LiveCluster cluster = requireCluster();
    CommandWord word = arguments.next("an ID, leader or random");
    arguments.requireAtMost(0);
    Id id = new TargetParser(cluster).removalTarget(word.text());
    ChangeResult report = ask(cluster, Message.REMOVE, id);
    if (report.done()) {
      output.print(
          id
              + " removed from the cluster after "
              + QuantityParser.time(report.micros())
              + (cluster.lab().isRunning(id)
                  ? "; it keeps running, `crash " + id + "` kills it"
                  : ""));
    }
    return result(report, "", id + " was not removed");
  }

  private ChangeResult ask(LiveCluster cluster, String type, @Nullable Id about) {
    ChangeResult[] result = new ChangeResult[1];
    boolean[] answered = new boolean[1];
    cluster.onEvent(
        event ->
            answered[0] |=
                event instanceof Event.Answered answer
                    && !cluster.lab().trace().header().clients().contains(answer.client()));
    ClusterOperator.OperatorRequest change =
        cluster.lab().operator().ask(type, about, report -> result[0] = report);
    // A replica without the extension ignores the request: the user need not wait for that.
    cluster.playUntil(
        () -> result[0] != null || answered[0], UNANSWERED_MICROS, session.interruptFlag());
    if (answered[0]) {
      cluster.playUntil(
          () -> result[0] != null, 2 * ClusterOperator.TIMEOUT_MICROS, session.interruptFlag());
    }
    cluster.onEvent(event -> {});
    change.cancel();
    isUnanswered = !answered[0];
    return result[0];
  }

  private ConsoleCommandResult result(ChangeResult report, String hint, String failure) {
    if (report.done()) {
      return ConsoleCommandResult.DONE;
    }
    if (session.interruptFlag().interrupted()) {
      output.print("stopped; the change may still be applied" + hint);
    } else {
      output.printError(
          failure
              + " within "
              + QuantityParser.time(report.micros())
              + ": "
              + report.failureReason()
              + (isUnanswered
                  ? "; add, remove and transfer are extensions of the contract, which many replicas"
                      + " don't support"
                  : "")
              + "; the change may still be applied"
              + hint);
    }
    return ConsoleCommandResult.FAILED;
  }
}
