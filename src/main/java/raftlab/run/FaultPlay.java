package raftlab.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import raftlab.network.Seeds;
import raftlab.run.Operator.Report;
import raftlab.scenario.FaultType;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What each type of fault does to a lab. */
final class FaultPlay {
  private record Start(FaultType type, long atMicros) {}

  private final Lab lab;
  private final Random random;

  /** Replicas that were started by a fault: why, and when for the last time. */
  private final Map<Id, Start> started = new TreeMap<>();

  /** What is to be done with a replica once it can be reached. */
  private final Map<Id, Runnable> whenReady = new HashMap<>();

  FaultPlay(Lab lab, long seed) {
    this.lab = lab;
    this.random = new Random(Seeds.generator(seed, "faults", 0).nextLong());
    lab.onReady(
        id -> {
          Runnable next = whenReady.remove(id);
          if (next != null) {
            next.run();
          }
        });
  }

  /** Why a fault of this type has to wait; null if it can be played. */
  String obstacle(FaultType type) {
    if (type.needsLeader() && lab.leader().isBroadcast()) {
      return "no living replica was known to lead";
    }
    return type == FaultType.RESTART && lab.down().isEmpty() ? "no replica was down" : null;
  }

  /** Lets it happen. */
  void play(FaultType type) {
    switch (type) {
      case KILL_LEADER -> kill(type, lab.leader());
      case KILL_NON_LEADER -> onFollower(type, follower -> kill(type, follower));
      case PART_EASY -> partition(type, true);
      case PART_HARD -> partition(type, false);
      case PART_END -> {
        played(type, "all replicas reach each other again");
        lab.heal();
      }
      case RESTART -> restart(lab.down().get(0));
      case RESTART_ALL -> restartAll();
      case TRANSFER ->
          onFollower(
              type,
              follower -> {
                played(type, "replica " + follower + " is to lead, in place of " + lab.leader());
                ask(type, Message.TRANSFER, follower, "replica " + follower + " leads");
              });
      case ADD -> add();
      case REMOVE -> onFollower(type, follower -> remove(type, follower));
      case REMOVE_LEADER -> remove(type, lab.leader());
    }
  }

  private interface Action {
    void on(Id follower);
  }

  private void onFollower(FaultType type, Action action) {
    List<Id> others = followers();
    if (others.isEmpty()) {
      held(type, "no replica but the leader was alive", true);
    } else {
      action.on(others.get(random.nextInt(others.size())));
    }
  }

  private List<Id> followers() {
    List<Id> followers = new ArrayList<>(lab.ready());
    followers.retainAll(lab.members());
    followers.remove(lab.leader());
    return followers;
  }

  private void kill(FaultType type, Id victim) {
    played(type, "replica " + victim + " killed");
    lab.crash(victim);
  }

  private void partition(FaultType type, boolean withLeader) {
    int majority = lab.members().size() / 2 + 1;
    List<Id> chosen = followers();
    Collections.shuffle(chosen, random);
    if (withLeader) {
      chosen.add(0, lab.leader());
    }
    if (chosen.size() < majority) {
      held(
          type,
          "too few living replicas for a majority" + (withLeader ? "" : " without the leader"),
          true);
      return;
    }
    Set<Id> most = new TreeSet<>(chosen.subList(0, majority));
    Set<Id> rest = new TreeSet<>(lab.replicas());
    rest.removeAll(most);
    played(type, "cut into " + most + " and " + rest + ", leader " + lab.leader());
    lab.partition(List.of(most, rest));
  }

  private void restart(Id victim) {
    played(FaultType.RESTART, "replica " + victim + " started again");
    start(FaultType.RESTART, victim);
  }

  private void restartAll() {
    List<Id> running = lab.replicas().stream().filter(lab::runs).toList();
    List<Id> back =
        lab.replicas().stream().filter(id -> lab.standing(id) != Standing.REMOVED).toList();
    played(FaultType.RESTART_ALL, running + " killed at once, " + back + " started again");
    running.forEach(lab::crash);
    back.forEach(id -> start(FaultType.RESTART_ALL, id));
  }

  private void start(FaultType type, Id id) {
    started.put(id, new Start(type, lab.nowMicros()));
    lab.start(id);
  }

  private void add() {
    Id id = lab.nextId();
    if (id.isBroadcast()) {
      held(FaultType.ADD, "no ID was left for one more replica", true);
      return;
    }
    played(FaultType.ADD, "replica " + id + " started, to be added");
    started.put(id, new Start(FaultType.ADD, lab.nowMicros()));
    whenReady.put(
        id,
        () -> ask(FaultType.ADD, Message.ADD, id, "replica " + id + " is a member of the cluster"));
    lab.join(id);
  }

  private void remove(FaultType type, Id victim) {
    played(type, "replica " + victim + " is to be removed");
    ask(type, Message.REMOVE, victim, "replica " + victim + " is no member any more");
  }

  private void ask(FaultType type, String request, Id about, String done) {
    lab.operator().ask(request, about, report -> told(type, about, done, report));
  }

  private void told(FaultType type, Id about, String done, Report report) {
    String seconds = String.format(Locale.ROOT, "%.3f s", report.micros() / 1e6);
    if (report.done()) {
      played(type, done + ", " + seconds + " after it was asked for");
    } else {
      held(
          type, "not done for replica " + about + " in " + seconds + ": " + report.trouble(), true);
    }
  }

  /** See {@link Faults#end}. */
  void end(long startBoundMillis) {
    lab.operator().giveUp();
    started.forEach(
        (id, start) -> {
          long waited = lab.nowMicros() - start.atMicros;
          if (lab.state(id) != Lab.State.STARTING) {
            return;
          }
          if (waited >= startBoundMillis * 1000) {
            lab.trace().add(new Event.NeverReady(lab.nowMicros(), id, startBoundMillis));
          } else {
            held(
                start.type,
                String.format(
                    Locale.ROOT,
                    "replica %s did not say hello in the %.3f s that were left",
                    id,
                    waited / 1e6),
                true);
          }
        });
  }

  /** Notes what was done. */
  private void played(FaultType type, String how) {
    lab.trace().add(new Event.Fault(lab.nowMicros(), type.key(), how));
  }

  /** Notes that it can't be done, now or at all. */
  void held(FaultType type, String why, boolean forGood) {
    lab.trace().add(new Event.FaultHeld(lab.nowMicros(), type.key(), why, forGood));
  }
}
