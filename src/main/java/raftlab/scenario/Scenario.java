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
 * What is played in one run: how many replicas there are, what clients ask, what goes wrong when,
 * and what must hold.
 *
 * @param name the file's name without {@code .json}
 * @param title one line for people; the name if the file gives none
 * @param file where it was read from
 * @param credit what passing it is worth
 * @param world the only world that it is for, as the file says; see {@link #onlyWorld}
 * @param lifetimeMillis how long clients ask and faults happen, at most
 * @param replicas 3 to 21
 * @param requests how many requests the course's clients start, spread evenly over the lifetime;
 *     retries come on top
 * @param mix the fraction of gets among them, 0 to 1
 * @param startWaitMillis quiet before the first request
 * @param endWaitMillis quiet after the last
 * @param seed the seed of all random choices, if the file fixes it
 * @param maxPackets messages between replicas that end the run as a packet storm
 * @param network what happens to messages between replicas from the beginning on
 * @param clientNetwork what happens to requests and answers
 * @param traffic what clients ask for besides
 * @param hasBackground whether one more client asks all the time, of whose requests nothing is
 *     judged
 * @param events what is done when: first those at a time, in order of time
 * @param steps what is done one after the other, from the end of {@code startWaitMillis} on
 * @param limits what may be counted in the whole run, from when all replicas were ready
 * @param tests the course's own bounds; none for a scenario that the course doesn't score
 * @param json the source text of the file, word for word, so that it can be stored and read again
 * @param warnings what the reader of the file should know, each a line
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
    Optional<CourseThresholds> tests,
    String json,
    List<String> warnings) {

  /**
   * What passing a scenario is worth.
   *
   * @param section the section of the Raft paper that it is about; "" if none is given
   * @param points 0 if none are given
   */
  public record Credit(String section, double points) {}

  /** Takes copies of the lists. */
  public Scenario {
    traffic = List.copyOf(traffic);
    events = List.copyOf(events);
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /** Whether replicas get a place to store what must survive a crash: only if one may come back. */
  public boolean needsStorage() {
    return actions().stream().anyMatch(action -> action.type().needsStorage() || comesBack(action));
  }

  private static boolean comesBack(Action action) {
    return action.forMillis() > 0
        && (action.type() == ActionType.CRASH
            || action.type() == ActionType.KILL_LEADER
            || action.type() == ActionType.KILL_NON_LEADER);
  }

  /** Everything that is done at some time, in events and steps. */
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

  /** The replicas that aren't started in the beginning, since something starts them later. */
  public Set<Id> late() {
    Set<Id> late = new TreeSet<>();
    for (Action action : actions()) {
      if (action.type() == ActionType.START) {
        late.addAll(action.who().ids());
      }
    }
    return late;
  }

  /** Whether the course's clients ask: then the course's checks of their requests apply. */
  public boolean isCourse() {
    return requests > 0;
  }

  /** The only world that it can be played in; empty if it can be in both. */
  public Optional<String> onlyWorld() {
    return world.or(
        () ->
            actions().stream().anyMatch(Action::needsSimulation)
                ? Optional.of("sim")
                : Optional.empty());
  }

  /** Whether anything is bounded, over the whole run or during a step. */
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

  /** The probability that a message between replicas is lost, from the beginning on. */
  public double drops() {
    return network.loss();
  }

  /** The whole length of a run, in milliseconds. */
  public long totalMillis() {
    return startWaitMillis + lifetimeMillis + endWaitMillis;
  }
}
