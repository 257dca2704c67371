package raftlab.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import raftlab.scenario.TrafficPlan;
import raftlab.wire.Id;

/**
 * The IDs of all clients of a run. They begin where the course's IDs do and have no gaps.
 *
 * @param courseClients the IDs of the {@link CourseClients}; empty without the course's traffic
 * @param loadGenerators the IDs of the {@link LoadGenerator} of each traffic plan
 * @param singleClients the IDs of single {@link RetryingClient}s
 * @param background the ID of the client with requests that are not judged; empty for none
 */
public record ClientIds(
    List<Id> courseClients,
    List<List<Id>> loadGenerators,
    List<Id> singleClients,
    Optional<Id> background) {
  /** Copies the lists. */
  public ClientIds {
    courseClients = List.copyOf(courseClients);
    loadGenerators = loadGenerators.stream().map(List::copyOf).toList();
    singleClients = List.copyOf(singleClients);
  }

  /**
   * Assigns the IDs.
   *
   * @param replicas the number of replicas at the start of the run
   * @param course whether there is traffic of the course's kind
   * @param probes the number of single clients; at least one is made if there are no other clients,
   *     since the operator's ID follows the last client's
   * @param background whether there is a client with requests that are not judged
   */
  public static ClientIds of(
      int replicas, boolean course, List<TrafficPlan> plans, int probes, boolean background) {
    List<Id> courses = course ? CourseClients.ids(replicas) : List.of();
    int next = CourseClients.firstId(replicas) + courses.size();
    List<List<Id>> crowds = new ArrayList<>();
    for (TrafficPlan plan : plans) {
      crowds.add(ids(next, plan.clients()));
      next += plan.clients();
    }
    boolean noClients = !course && plans.isEmpty();
    List<Id> single = ids(next, noClients ? Math.max(1, probes) : probes);
    return new ClientIds(
        courses,
        crowds,
        single,
        background ? Optional.of(Id.of(next + single.size())) : Optional.empty());
  }

  private static List<Id> ids(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Id::of).toList();
  }

  /** Returns all IDs, ascending, as the trace's header lists them. */
  public List<Id> all() {
    List<Id> all = new ArrayList<>(courseClients);
    loadGenerators.forEach(all::addAll);
    all.addAll(singleClients);
    background.ifPresent(all::add);
    return all;
  }
}
