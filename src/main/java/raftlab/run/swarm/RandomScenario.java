package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ActionJson;
import raftlab.scenario.file.ScenarioReader;

/**
 * Generates a random scenario: a fault phase in which nothing may be answered wrongly, a recovery
 * phase in which the cluster must make progress, and in some runs a last phase in which it must
 * make progress without a minority. The same seed gives the same text, byte for byte.
 */
public final class RandomScenario {
  /** A correct run has some thousand messages; more than this is a flood. */
  private static final int MAX_MESSAGES = 100_000;

  private RandomScenario() {}

  /** Generates the scenario of this seed, named {@code swarm-SEED}. */
  public static Scenario of(long seed) {
    return of(seed, false);
  }

  /**
   * Generates the scenario of this seed, named {@code swarm-SEED}.
   *
   * @param contractOnly whether it uses nothing that a replica may lack: no changes of members, no
   *     torn writes, no requests but gets and puts
   */
  public static Scenario of(long seed, boolean contractOnly) {
    String name = "swarm-" + seed + ".json";
    try {
      return ScenarioReader.read(name, text(seed, contractOnly));
    } catch (ScenarioException wrong) {
      throw new IllegalStateException(name + " can't be read: " + wrong.getMessage(), wrong);
    }
  }

  /** Generates the text of its file. */
  public static String text(long seed) {
    return text(seed, false);
  }

  /** Generates the text of its file; see {@link #of(long, boolean)}. */
  public static String text(long seed, boolean contractOnly) {
    RandomChoices dice = new RandomChoices(seed, "scenario");
    Set<FaultKind> kinds = FaultKind.draw(dice);
    kinds.removeIf(kind -> contractOnly && kind.needsExtensions());
    int replicas = dice.any(3, 3, 4, 5, 5, 5, 6, 7);
    int stormMillis = dice.between(dice.any(1_000, 3_000), dice.any(4_000, 12_000));
    JsonPrimitive startWait = dice.seconds(0, dice.any(1, 1_000));
    boolean restartAll = dice.chance(0.2);

    FaultPhase storm = new FaultPhase(seed, kinds, replicas, stormMillis);
    RandomLinkFaults links = new RandomLinkFaults(storm);
    links.add();
    new RandomReplicaFaults(storm).add();
    new RandomDeposedLeaders(storm, !contractOnly).add();
    RandomMembershipChanges changes =
        new RandomMembershipChanges(storm, seconds(stormMillis + RecoveryPhase.MAX_SECONDS * 1000));
    changes.add();
    RandomTraffic demand = new RandomTraffic(seed, contractOnly);

    JsonObject json = new JsonObject();
    json.addProperty("title", title(replicas, kinds));
    json.addProperty("seed", seed);
    int mostSeconds = RecoveryPhase.MAX_SECONDS + MinorityPhase.MAX_SECONDS;
    json.add("lifetime", seconds(stormMillis + mostSeconds * 1000));
    json.addProperty("replicas", replicas);
    json.add("start_wait", startWait);
    json.addProperty("end_wait", 0.5);
    json.addProperty("max_packets", MAX_MESSAGES);
    json.add("network", network(seed, links, demand.sessions(), kinds));
    json.add("traffic", demand.duringFaults(stormMillis));
    json.add("events", storm.events());
    JsonArray steps =
        RecoveryPhase.steps(
            stormMillis,
            demand.afterFaults(dice.between(5, 40)),
            restartAll,
            kinds.contains(FaultKind.TRANSFER)
                || kinds.contains(FaultKind.ADD)
                || kinds.contains(FaultKind.DEPOSED)
                || kinds.contains(FaultKind.REMOVE));
    MinorityPhase minority = new MinorityPhase(seed, changes.removed(), changes.members());
    minority.add(steps, demand, !storm.hasTriggers(), !contractOnly);
    json.add("steps", steps);
    return ScenarioJsonLayout.of(json);
  }

  private static JsonObject network(
      long seed, RandomLinkFaults links, boolean sessions, Set<FaultKind> kinds) {
    RandomChoices dice = new RandomChoices(seed, "network");
    JsonObject network = links.conditions(dice);
    if (kinds.contains(FaultKind.CLIENT_LINKS)) {
      network.add("clients", links.clientConditions(dice, sessions));
    }
    return network;
  }

  private static JsonPrimitive seconds(int millis) {
    return ActionJson.seconds(millis * 1000L);
  }

  private static String title(int replicas, Set<FaultKind> kinds) {
    String all = kinds.stream().map(FaultKind::title).collect(Collectors.joining(", "));
    String title = replicas + " replicas" + (all.isEmpty() ? ", no faults" : ": " + all);
    return title.length() <= 200 ? title : title.substring(0, 199) + "…";
  }
}
