package raftlab.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import raftlab.wire.Id;

/**
 * The plan of one run: the replicas, the client requests, the faults and their times, and the
 * checks.
 *
 * @param name the file's name without {@code .json}
 * @param title a one-line title; the name if the file gives none
 * @param file the file that it was read from
 * @param credit the points for passing it
 * @param world the only world that it can be played in, as the file states; see {@link #onlyWorld}
 * @param lifetimeMillis the longest time for requests and faults
 * @param replicas the number of replicas, 3 to 21
 * @param requests the number of requests that the course's clients start, evenly spaced over the
 *     lifetime; retries are not counted
 * @param mix the fraction of gets among them, 0 to 1
 * @param startWaitMillis the idle time before the first request
 * @param endWaitMillis the idle time after the last request
 * @param seed the seed of all random choices, if the file sets it
 * @param maxPackets the number of messages between replicas at which the run ends as a packet storm
 * @param network the initial conditions of links between replicas
 * @param clientNetwork the initial conditions of links between clients and replicas
 * @param traffic further client requests
 * @param hasBackground whether one more client sends requests all the time, which are not judged
 * @param events the events: those with a time first, in order of time
 * @param steps the steps, played in sequence from the end of {@code startWaitMillis} on
 * @param limits the limits over the whole run, from the time when all replicas are ready
 * @param courseThresholds the course's bounds; none for a scenario that the course doesn't score
 * @param json the text of the file, unchanged, so that it can be stored and read again
 * @param warnings warnings for the author of the file, one per line
 */
public record Scenario(
    String name,
    String title,
    Path file,
    Credit credit,
    Optional<String> world,
    long lifetimeMillis,
    int replicas,
    int requests,
    double mix,
    long startWaitMillis,
    long endWaitMillis,
    OptionalLong seed,
    int maxPackets,
    LinkConditions network,
    LinkConditions clientNetwork,
    List<TrafficPlan> traffic,
    boolean hasBackground,
    List<PlannedAction> events,
    List<Step> steps,
    Limits limits,
    Optional<CourseThresholds> courseThresholds,
    String json,
    List<String> warnings) {

  /**
   * The credit for passing a scenario.
   *
   * @param section the section of the Raft paper that it tests; "" if none is given
   * @param points the points; 0 if none are given
   */
  public record Credit(String section, double points) {}

  /** Copies the lists. */
  public Scenario {
    traffic = List.copyOf(traffic);
    events = List.copyOf(events);
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** Whether replicas need stable storage: only if a crashed one may restart. */
  public boolean needsStorage() {
    return actions().stream()
        .anyMatch(action -> action.type().needsStorage() || restartsReplica(action));
  }

  private static boolean restartsReplica(Action action) {
    return action.durationMillis() > 0
        && (action.type() == ActionType.CRASH
            || action.type() == ActionType.KILL_LEADER
            || action.type() == ActionType.KILL_NON_LEADER);
  }

  /** All actions, of events and steps. */
  public List<Action> actions() {
    List<Action> all = new ArrayList<>();
    events.forEach(event -> all.add(event.action()));
    collect(steps, all::add);
    return all;
  }

  private static void collect(List<Step> steps, Consumer<Action> actions) {
    for (Step step : steps) {
      if (step instanceof Step.Act act) {
        actions.accept(act.action());
      } else if (step instanceof Step.Arm arm) {
        actions.accept(arm.action());
      } else if (step instanceof Step.Block block) {
        collect(block.steps(), actions);
      }
    }
  }

  /** The replicas that are not started at the beginning because an action starts them later. */
  public Set<Id> lateReplicas() {
    Set<Id> late = new TreeSet<>();
    for (Action action : actions()) {
      if (action.type() == ActionType.START) {
        late.addAll(action.targets().ids());
      }
    }
    return late;
  }

  /** Whether the course's clients send requests, so that the course's checks apply. */
  public boolean hasCourseClients() {
    return requests > 0;
  }

  /** The only world that it can be played in; empty for both. */
  public Optional<String> onlyWorld() {
    return world.or(
        () ->
            actions().stream().anyMatch(Action::needsSimulation)
                ? Optional.of("sim")
                : Optional.empty());
  }

  /** Whether anything is limited, over the run or in a step. */
  public boolean hasLimits() {
    return !limits.isNone() || hasLimits(steps);
  }

  private static boolean hasLimits(List<Step> steps) {
    return steps.stream()
        .anyMatch(
            step ->
                !step.limits().isNone()
                    || step instanceof Step.Block block && hasLimits(block.steps()));
  }

  /** The initial probability that a message between replicas is lost. */
  public double lossProbability() {
    return network.loss();
  }

  /** The length of a run in milliseconds. */
  public long totalMillis() {
    return startWaitMillis + lifetimeMillis + endWaitMillis;
  }
}
