package raftlab.trace;

import java.util.List;
import raftlab.wire.Id;

/**
 * The scenario, the seed and the replicas of a run: enough to judge a stored run and to play it
 * again.
 *
 * @param scenario the scenario's name
 * @param scenarioJson the text of the scenario file, unchanged
 * @param world {@code process} or {@code sim}
 * @param seed the seed of all random decisions of the kit
 * @param replicaCommand the command that starts a replica; empty for the reference replica
 * @param replicas their IDs, ascending
 * @param clients their IDs, ascending
 */
public record TraceHeader(
    String scenario,
    String scenarioJson,
    String world,
    long seed,
    List<String> replicaCommand,
    List<Id> replicas,
    List<Id> clients) {

  /** Copies the lists. */
  public TraceHeader {
    replicaCommand = List.copyOf(replicaCommand);
    replicas = List.copyOf(replicas);
    clients = List.copyOf(clients);
  }
}
