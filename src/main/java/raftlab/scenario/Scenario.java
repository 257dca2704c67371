package raftlab.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is played in one run: how many replicas, what clients ask, what goes wrong when, and what
 * must hold.
 *
 * @param name the file's name without {@code .json}
 * @param title one line for people; the name if the file gives none
 * @param file where it was read from
 * @param lifetimeMillis how long clients ask and faults happen
 * @param replicas 3 to 21
 * @param requests how many requests the clients start, spread evenly over the lifetime; retries
 *     come on top
 * @param mix the fraction of gets among them, 0 to 1
 * @param startWaitMillis quiet before the first request
 * @param endWaitMillis quiet after the last
 * @param seed the seed of all random choices, if the file fixes it
 * @param drops the probability that a message between replicas is lost, 0 to 1
 * @param maxPackets messages between replicas that end the run as a packet storm
 * @param faults what goes wrong, in order of time
 * @param tests what must hold beyond safety; none for a scenario that isn't scored
 * @param json the source text of the file, word for word, so that it can be stored and read again
 * @param warnings what the reader of the file should know, each a line
 */
public record Scenario(
    String name,
    String title,
    Path file,
    long lifetimeMillis,
    int replicas,
    int requests,
    double mix,
    long startWaitMillis,
    long endWaitMillis,
    OptionalLong seed,
    double drops,
    int maxPackets,
    List<PlannedFault> faults,
    Optional<Thresholds> tests,
    String json,
    List<String> warnings) {

  /** Takes copies of the lists. */
  public Scenario {
    faults = List.copyOf(faults);
    warnings = List.copyOf(warnings);
  }

  /** Whether replicas get a place to store what must survive a crash: only if one may come back. */
  public boolean needsStorage() {
    return faults.stream().anyMatch(fault -> fault.type().needsStorage());
  }

  /** The whole length of a run, in milliseconds. */
  public long totalMillis() {
    return startWaitMillis + lifetimeMillis + endWaitMillis;
  }
}
