package raftlab.console;

import java.util.List;
import raftlab.run.lab.ClusterOperator;
import raftlab.run.lab.ClusterOperator.Report;
import raftlab.run.lab.Lab;
import raftlab.run.lab.Lab.State;
import raftlab.run.lab.MembershipStatus;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Commands that ask the cluster for another leader, and for a member more or less. */
final class MembershipCommands {
  /** A new leader is known to a majority within so long, unless the network is bad. */
  private static final long LEADER_KNOWN_MICROS = 1_000_000;

  private final ConsoleSession session;
  private final ConsoleOutput screen;

  MembershipCommands(ConsoleSession session) {
    this.session = session;
    this.screen = session.screen();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onLab(
            "transfer [ID]",
            "let another replica lead",
            """
            transfer     the leader chooses whom it hands over to
            transfer 2   to 0002
            Asks the leader, follows redirects, tries again after a fail, gives up after 10 s.""",
            this::transfer),
        ConsoleCommand.onLab(
            "add [ID]",
            "start one more replica, and add it",
            """
            add     starts a new replica, and asks the leader to make it a member of the cluster
            add 5   asks again for 0005, which runs and is no member
            Asks the leader, follows redirects, tries again after a fail, gives up after 10 s.""",
            this::add),
        ConsoleCommand.onLab(
            "remove ID | leader | random",
            "take a replica out of the cluster",
            """
            remove 2   asks the leader to go on without 0002, whether that is up or not
            What is removed still runs; `crash` ends it. Fewer members need a smaller majority.
            Asks the leader, follows redirects, tries again after a fail, gives up after 10 s.""",
            this::remove));
  }

  private LiveCluster living() {
    LiveCluster cluster = session.cluster();
    if (cluster.lab().ready().isEmpty()) {
      throw new CommandException("no replica is up; `restart all` starts them again");
    }
    return cluster;
  }

  private CommandResult transfer(CommandArguments arguments) {
    LiveCluster cluster = living();
    Lab lab = cluster.lab();
    arguments.atMost(1);
    Id to = null;
    if (arguments.left() == 1) {
      to = new TargetParser(cluster).replica(arguments.next("a replica's ID").text());
      if (lab.state(to) != State.READY) {
        throw new CommandException(
            "found " + to + ", expected a replica that is up; `status` shows them");
      }
      if (to.equals(lab.leader())) {
        throw new CommandException(to + " leads already");
      }
    }
    Report report = ask(cluster, Message.TRANSFER, to);
    if (report.done()) {
      // The next command may be about the leader, of whom the others are only just hearing.
      cluster.playUntil(() -> !lab.leader().isBroadcast(), LEADER_KNOWN_MICROS, session.stop());
      Id leader = report.leader().isBroadcast() && to != null ? to : report.leader();
      screen.say(
          (leader.isBroadcast() ? "another replica leads" : leader + " leads")
              + " after "
              + QuantityParser.time(report.micros()));
    }
    return result(
        report, "", to == null ? "leadership was not handed over" : to + " does not lead");
  }

  private CommandResult add(CommandArguments arguments) {
    arguments.atMost(1);
    LiveCluster cluster = living();
    Lab lab = cluster.lab();
    Id id;
    if (arguments.left() == 1) {
      id = again(arguments, cluster);
    } else {
      id = lab.nextId();
      if (id.isBroadcast()) {
        throw new CommandException("no ID is left for one more replica; `start` begins anew");
      }
      lab.join(id);
      if (new StartupWaiter(session).await(List.of(id), "it joins") != CommandResult.DONE) {
        return CommandResult.FAILED;
      }
    }
    Report report = ask(cluster, Message.ADD, id);
    if (report.done()) {
      screen.say(id + " is a member of the cluster after " + QuantityParser.time(report.micros()));
    }
    return result(report, "; `add " + id + "` asks again", id + " has not become a member");
  }

  private static Id again(CommandArguments arguments, LiveCluster cluster) {
    Id id = new TargetParser(cluster).replica(arguments.next("a replica's ID").text());
    if (cluster.lab().standing(id) == MembershipStatus.MEMBER) {
      throw new CommandException(id + " is a member already; `add` alone starts a new replica");
    }
    if (cluster.lab().state(id) != State.READY) {
      throw new CommandException(id + " is not up; `restart " + id + "` starts it again");
    }
    return id;
  }

  private CommandResult remove(CommandArguments arguments) {
    LiveCluster cluster = living();
    CommandWord word = arguments.next("an ID, leader or random");
    arguments.atMost(0);
    Id id = new TargetParser(cluster).member(word.text());
    Report report = ask(cluster, Message.REMOVE, id);
    if (report.done()) {
      screen.say(
          id
              + " is no member any more after "
              + QuantityParser.time(report.micros())
              + (cluster.lab().runs(id) ? "; it still runs, `crash " + id + "` ends it" : ""));
    }
    return result(report, "", id + " has not been removed");
  }

  private Report ask(LiveCluster cluster, String type, Id about) {
    Report[] told = new Report[1];
    ClusterOperator.Change change =
        cluster.lab().operator().ask(type, about, report -> told[0] = report);
    cluster.playUntil(() -> told[0] != null, 2 * ClusterOperator.BOUND_MICROS, session.stop());
    change.giveUp();
    return told[0];
  }

  private CommandResult result(Report report, String hint, String failure) {
    if (report.done()) {
      return CommandResult.DONE;
    }
    if (session.stop().asked()) {
      screen.say("stopped; it may still come about" + hint);
    } else {
      screen.complain(
          failure
              + " within "
              + QuantityParser.time(report.micros())
              + ": "
              + report.trouble()
              + "; it may still come about"
              + hint);
    }
    return CommandResult.FAILED;
  }
}
