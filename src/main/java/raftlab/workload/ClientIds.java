package raftlab.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import raftlab.scenario.TrafficPlan;
import raftlab.wire.Id;

/**
 * The IDs of all clients of a run, each for one purpose. They begin where the course's do, and
 * follow each other without a gap.
 *
 * @param course those of the course's {@link CourseClients}; none if there is no such traffic
 * @param crowds those of each plan's {@link LoadGenerator}
 * @param probes those of single {@link RetryingClient}s
 * @param background that of the client of whose requests nothing is judged; empty if there is none
 */
public record ClientIds(
    List<Id> course, List<List<Id>> crowds, List<Id> probes, Optional<Id> background) {
  /** Takes copies of the lists. */
  public ClientIds {
    course = List.copyOf(course);
    crowds = crowds.stream().map(List::copyOf).toList();
    probes = List.copyOf(probes);
  }

  /**
   * Gives out the IDs.
   *
   * @param replicas how many there are at the beginning
   * @param course whether there is traffic of the course's kind
   * @param probes how many single askers there are; if there is nobody else, there is one at least,
   *     since the operator's ID follows that of the last client
   * @param background whether there is a client of whose requests nothing is judged
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
    boolean nobody = !course && plans.isEmpty();
    List<Id> single = ids(next, nobody ? Math.max(1, probes) : probes);
    return new ClientIds(
        courses,
        crowds,
        single,
        background ? Optional.of(Id.of(next + single.size())) : Optional.empty());
  }

  private static List<Id> ids(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Id::of).toList();
  }

  /** All, ascending: what the trace's header names as clients. */
  public List<Id> all() {
    List<Id> all = new ArrayList<>(course);
    crowds.forEach(all::addAll);
    all.addAll(probes);
    background.ifPresent(all::add);
    return all;
  }
}
