package raftlab.trace;

import java.util.List;
import raftlab.wire.Id;

/**
 * What was played: enough to judge a stored run, and to play it again.
 *
 * @param scenario the scenario's name
 * @param scenarioJson the scenario file, word for word
 * @param world {@code process} or {@code sim}
 * @param seed the seed of all that the kit decided
 * @param replicaCommand how replicas were started; empty for the reference replica
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

  /** Takes copies of the lists. */
  public TraceHeader {
    replicaCommand = List.copyOf(replicaCommand);
    replicas = List.copyOf(replicas);
    clients = List.copyOf(clients);
  }
}
