package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Delay;
import raftlab.scenario.Delay.Shape;
import raftlab.scenario.LinkConditions;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

/** The reference replica in a network that does everything at once. */
class RoughRaftTest {
  private static final long SECOND = 1_000_000;
  private static final LinkConditions ROUGH =
      new LinkConditions(
          0.05,
          new Delay(Shape.LONG_TAIL, 2_000, 2_000),
          0.1,
          0.1,
          Delay.uniform(5_000, 20_000),
          200_000,
          0);
  private static final LinkConditions CHANGING =
      new LinkConditions(0, Delay.NONE, 0, 0, Delay.NONE, 0, 0.1);

  private Lab lab;

  @BeforeEach
  void open() {
    lab = open(7);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static Lab open(long seed) {
    TraceHeader header =
        new TraceHeader(
            "x", "", "sim", seed, List.of(), ScenarioRunner.replicas(5), CourseClients.ids(5));
    Lab lab = new Lab(new SimWorld(RaftNode::new), new Trace(header), 0, true);
    lab.replicas().forEach(lab::start);
    CourseClients clients = new CourseClients(header.clients(), 0.5, seed, lab.requests());
    lab.clientReceiver(clients::receive);
    for (int i = 0; i < 200; i++) {
      lab.scheduleAt(2 * SECOND + i * SECOND / 50, clients::startRandomRequest);
    }
    return lab;
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return lab.trace().events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private long oks() {
    return all(Event.Answered.class).stream()
        .filter(answer -> answer.type().equals(Message.OK) && !answer.again())
        .count();
  }

  private Id leaderAfter(long micros) {
    lab.runUntil(lab.nowMicros() + micros);
    return lab.leader().orElseThrow();
  }

  @Test
  void requests_are_answered_over_a_rough_network() {
    lab.links().conditions(ROUGH);
    lab.links().clientConditions(ROUGH.withLoss(0));
    lab.runUntil(10 * SECOND);
    assertThat(oks()).isGreaterThan(190);
    assertThat(all(Event.Duplicated.class).size()).isGreaterThan(100);
    assertThat(all(Event.Delayed.class).size()).isGreaterThan(1_000);
  }

  @Test
  void no_replica_exits_over_corrupted_messages_or_fails_for_them() {
    lab.links().conditions(CHANGING);
    lab.runUntil(10 * SECOND);
    assertThat(all(Event.Corrupted.class).size()).isGreaterThan(40);
    assertThat(all(Event.Malformed.class)).isEmpty();
    assertThat(all(Event.Exited.class)).isEmpty();
  }

  @Test
  void the_same_seed_gives_the_same_trace_with_everything_switched_on(@TempDir Path folder)
      throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (Path file : List.of(first, second)) {
      try (Lab rough = open(3)) {
        playEverything(rough);
        TraceFile.write(rough.trace(), file);
      }
    }
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  private static void playEverything(Lab rough) {
    List<Id> all = rough.replicas();
    rough.links().loseNth(all.get(0), all.get(1), 3);
    rough
        .links()
        .conditions(
            new LinkConditions(
                ROUGH.loss(),
                ROUGH.delay(),
                ROUGH.duplicate(),
                ROUGH.reorder(),
                ROUGH.reorderBy(),
                ROUGH.bandwidth(),
                0.01));
    rough.links().conditions(all.get(1), all.get(2), LinkConditions.loss(0.5));
    rough.links().clientConditions(ROUGH);
    rough.scheduleAt(3 * SECOND, () -> rough.links().ring(all));
    rough.scheduleAt(4 * SECOND, () -> rough.links().bridge(all.get(2)));
    rough.scheduleAt(5 * SECOND, () -> rough.links().heal(List.of(all.get(0))));
    rough.scheduleAt(6 * SECOND, () -> rough.links().cut(List.of(all.get(1)), all, false));
    rough.runUntil(8 * SECOND);
  }

  @Test
  void a_leader_that_reaches_no_replica_is_soon_replaced_by_another() {
    Id old = leaderAfter(2 * SECOND);
    lab.links().cut(List.of(old), lab.replicas(), false);
    assertThat(lab.leader()).isEmpty();
    assertThat(leaderAfter(3 * SECOND)).isNotEqualTo(old);
  }

  @Test
  void a_leader_that_still_sees_a_majority_stays_known() {
    Id leader = leaderAfter(2 * SECOND);
    lab.links().bridge(leader);
    assertThat(lab.leader()).contains(leader);
    lab.links().ring(lab.replicas());
    assertThat(lab.leader()).contains(leader);
    assertThat(lab.replicas())
        .allMatch(id -> lab.links().topology().isInMajority(id, lab.members()));
  }

  @Test
  void healing_one_of_those_who_are_all_cut_off_brings_a_leader_back() {
    leaderAfter(2 * SECOND);
    lab.links().partition(List.of());
    assertThat(lab.leader()).isEmpty();
    lab.links().heal(List.of(Id.of(3)));
    assertThat(leaderAfter(5 * SECOND)).isEqualTo(Id.of(3));
  }

  @Test
  void a_replica_that_joins_reaches_the_replicas_that_the_leader_reaches() {
    Id leader = leaderAfter(2 * SECOND);
    List<Id> ids = lab.replicas();
    boolean low = ids.indexOf(leader) < 2;
    lab.links().partition(List.of(Set.copyOf(low ? ids.subList(0, 3) : ids.subList(2, 5))));
    Id newcomer = lab.nextId().orElseThrow();
    lab.join(newcomer);
    assertThat(lab.links().topology().group(newcomer)).contains(newcomer, leader).hasSize(4);
  }
}
