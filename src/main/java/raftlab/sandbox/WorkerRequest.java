package raftlab.sandbox;

import java.util.List;
import raftlab.cluster.process.UsageLimits;

/**
 * What a worker has to do; the kit writes it to a file for the worker.
 *
 * @param scenarioFile the scenario
 * @param seed the seed of all random choices
 * @param folder the built hand-in
 * @param launcher the path of the program in it
 * @param userWords the command that a user types to start it, for the trace
 * @param isolated whether each replica gets a sandbox of its own
 * @param user the number of the user of the replicas; 0 if it is that of the worker
 * @param group the number of their group
 * @param userProcesses the most processes of that user, of all replicas together
 * @param limits what each replica may use
 * @param controlGroupVersion 1 or 2; 0 for no control groups
 * @param controlGroups the controllers and their folders: {@code memory=/path}
 * @param parts the parts of the control group: the replicas that have a group of their own
 * @param readable more folders that replicas may read
 * @param results the folder for the trace and the report
 */
public record WorkerRequest(
    String scenarioFile,
    long seed,
    String folder,
    String launcher,
    List<String> userWords,
    boolean isolated,
    int user,
    int group,
    long userProcesses,
    UsageLimits limits,
    int controlGroupVersion,
    List<String> controlGroups,
    List<String> parts,
    List<String> readable,
    String results) {
  /** Copies the lists. */
  public WorkerRequest {
    userWords = List.copyOf(userWords);
    controlGroups = List.copyOf(controlGroups);
    parts = List.copyOf(parts);
    readable = List.copyOf(readable);
  }
}
