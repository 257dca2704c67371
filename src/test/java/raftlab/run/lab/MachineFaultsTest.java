package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.DiskFault;
import raftlab.cluster.World;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.run.ScenarioRunner;
import raftlab.run.SmallScenario;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;
import raftlab.trace.FaultEffect;
import raftlab.trace.FaultEffect.Disk;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

/** A lab of reference replicas that are paused, crashed in the middle, and damaged. */
class MachineFaultsTest {
  private final List<Message> answers = new ArrayList<>();
  private Lab lab;

  private static Lab open(World world, int replicas) {
    TraceHeader header =
        new TraceHeader(
            "x",
            "",
            "sim",
            1,
            List.of(),
            ScenarioRunner.replicas(replicas),
            CourseClients.ids(replicas));
    return new Lab(world, new Trace(header), 0, true);
  }

  @BeforeEach
  void three_replicas_with_a_leader() {
    lab = open(new SimWorld(RaftNode::new), 3);
    lab.clientReceiver(answers::add);
    lab.replicas().forEach(lab::start);
    playUntil(lab -> lab.leader().isPresent());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void play(double seconds) {
    lab.runUntil(lab.nowMicros() + Math.round(seconds * 1e6));
  }

  private void playUntil(Predicate<Lab> done) {
    long bound = lab.nowMicros() + 10_000_000;
    while (!done.test(lab)) {
      assertThat(lab.nowMicros()).isLessThan(bound);
      lab.step(bound);
    }
  }

  private Id leader() {
    return lab.leader().orElseThrow();
  }

  private void put(Id replica) {
    Id client = lab.trace().header().clients().get(0);
    String mid = "m" + lab.trace().events().size();
    lab.requests()
        .send(Message.put(client, replica, lab.leader().orElse(Id.BROADCAST), mid, "k", "v"));
  }

  private <T extends Event> List<T> events(Class<T> type) {
    return lab.trace().events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void a_paused_leader_is_replaced_by_another() {
    Id old = leader();
    lab.pause(old);
    assertThat(lab.leader()).isEmpty();
    assertThat(lab.state(old)).isEqualTo(ReplicaState.PAUSED);
    assertThat(lab.ready()).hasSize(2).doesNotContain(old);
    assertThat(lab.isRunning(old)).isTrue();
    playUntil(lab -> lab.leader().isPresent());
    Id next = leader();
    assertThat(next).isNotEqualTo(old);
    lab.resume(old);
    play(1);
    assertThat(lab.leader()).contains(next);
    assertThat(events(Event.Paused.class)).hasSize(1);
    assertThat(events(Event.Resumed.class)).hasSize(1);
  }

  @Test
  void a_request_to_a_paused_replica_is_delivered_and_answered_when_it_goes_on() {
    Id leader = leader();
    lab.pause(leader);
    assertThat(lab.requests().isReachable(leader)).isTrue();
    put(leader);
    play(0.01);
    assertThat(answers).isEmpty();
    assertThat(events(Event.Dropped.class)).isEmpty();
    lab.resume(leader);
    play(0.01);
    assertThat(answers).singleElement().extracting(Message::type).isEqualTo(Message.OK);
  }

  @Test
  void only_a_ready_replica_can_be_paused_and_only_a_paused_one_resumed() {
    Id leader = leader();
    assertThatThrownBy(() -> lab.resume(leader))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica " + leader + " is ready, expected one that is paused");
    lab.crash(leader);
    assertThatThrownBy(() -> lab.pause(leader))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("replica " + leader + " is crashed, expected one that is ready");
  }

  @Test
  void a_paused_replica_that_is_restarted_is_ready() {
    Id leader = leader();
    lab.pause(leader);
    lab.restart(leader);
    assertThat(lab.state(leader)).isEqualTo(ReplicaState.READY);
    play(1);
    assertThat(lab.leader()).isPresent();
  }

  @Test
  void a_crash_midway_is_a_crash_like_any_other_once_it_has_come() {
    Id leader = leader();
    lab.crashDuringNextStep(leader);
    assertThat(lab.state(leader)).isEqualTo(ReplicaState.READY);
    playUntil(lab -> lab.state(leader) == ReplicaState.CRASHED);
    assertThat(events(Event.Crashed.class)).hasSize(1);
    assertThat(lab.down()).containsExactly(leader);
    lab.start(leader);
    playUntil(lab -> lab.leader().isPresent());
    assertThat(lab.ready()).hasSize(3);
  }

  @Test
  void after_a_crash_during_a_broadcast_no_more_messages_follow() {
    Id leader = leader();
    lab.trace()
        .addListener(
            event -> {
              if (event instanceof Event.Sent sent
                  && sent.from().equals(leader)
                  && lab.state(leader) == ReplicaState.READY) {
                lab.crash(leader);
              }
            });
    playUntil(lab -> lab.state(leader) == ReplicaState.CRASHED);
    int crashed = lab.trace().events().indexOf(events(Event.Crashed.class).get(0));
    play(2);
    assertThat(
            lab.trace().events().stream()
                .skip(crashed)
                .filter(event -> event instanceof Event.Sent sent && sent.from().equals(leader)))
        .isEmpty();
    assertThat(lab.leader()).isPresent().isNotEqualTo(Optional.of(leader));
  }

  @Test
  void a_replica_whose_disk_is_full_may_end_and_none_is_lost() {
    Id leader = leader();
    lab.machineFaults().applyDiskFault(leader, new DiskFault.Full());
    assertThat(lab.mayExit(leader)).isTrue();
    put(leader);
    playUntil(lab -> lab.state(leader) == ReplicaState.EXITED);
    assertThat(lab.hasUnexpectedExit()).isFalse();
    lab.machineFaults().applyDiskFault(leader, new DiskFault.Repaired());
    assertThat(lab.mayExit(leader)).isFalse();
    assertThat(lab.hasUnexpectedExit()).isFalse();
    assertThat(effects(FaultEffect.DiskChanged.class))
        .extracting(FaultEffect.DiskChanged::state, FaultEffect.DiskChanged::mayEnd)
        .containsExactly(tuple(Disk.FULL, true), tuple(Disk.SOUND, false));
    lab.start(leader);
    play(1);
    assertThat(lab.ready()).hasSize(3);
  }

  @Test
  void a_replica_whose_journal_was_corrupted_may_refuse_to_start() {
    Id leader = leader();
    put(leader);
    play(0.1);
    lab.crash(leader);
    lab.machineFaults().applyDiskFault(leader, new DiskFault.Corrupt());
    lab.start(leader);
    assertThat(lab.state(leader)).isEqualTo(ReplicaState.EXITED);
    assertThat(events(Event.Exited.class))
        .singleElement()
        .matches(exited -> exited.lastWords().size() == 1)
        .matches(exited -> exited.lastWords().get(0).contains("the file is damaged"));
    lab.machineFaults().applyDiskFault(leader, new DiskFault.Repaired());
    assertThat(lab.mayExit(leader)).isTrue();
    assertThat(lab.hasUnexpectedExit()).isFalse();
  }

  @Test
  void a_torn_write_excuses_no_exit_and_loses_no_synced_record() {
    Id leader = leader();
    put(leader);
    play(0.1);
    lab.machineFaults().applyDiskFault(leader, new DiskFault.Torn());
    assertThat(lab.mayExit(leader)).isFalse();
    lab.restart(leader);
    assertThat(lab.state(leader)).isEqualTo(ReplicaState.READY);
  }

  @Test
  void different_clock_speeds_are_recorded_and_tolerated() {
    lab.machineFaults().setClockRate(leader(), 0.5);
    play(2);
    Id leader = leader();
    put(leader);
    play(0.1);
    assertThat(answers).singleElement().extracting(Message::type).isEqualTo(Message.OK);
    assertThat(effects(FaultEffect.ClockRate.class))
        .singleElement()
        .extracting(FaultEffect.ClockRate::rate)
        .isEqualTo(0.5);
  }

  private <T extends FaultEffect> List<T> effects(Class<T> type) {
    return events(Event.Effect.class).stream()
        .map(Event.Effect::effect)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void what_a_world_can_be_asked_for_is_known_beforehand() {
    assertThat(lab.machineFaults().supports(WorldCapability.CLOCK)).isTrue();
    assertThat(lab.machineFaults().supports(new DiskFault.Corrupt().requiredCapability())).isTrue();
    try (Lab real = open(new ProcessWorld(ReplicaCommand.parse("/bin/true")), 3)) {
      assertThat(real.machineFaults().supports(WorldCapability.CLOCK)).isFalse();
      assertThat(real.machineFaults().supports(new DiskFault.Full().requiredCapability()))
          .isFalse();
      assertThat(real.machineFaults().supports(new DiskFault.Corrupt().requiredCapability()))
          .isTrue();
    }
  }

  @Test
  void a_run_goes_on_without_those_that_are_late() {
    Id late = Id.of(2);
    Trace trace =
        new ScenarioRunner(
                SmallScenario.with(""), new SimWorld(RaftNode::new), 1, 20_000, Set.of(late))
            .play();
    assertThat(trace.events().get(trace.events().size() - 1))
        .isEqualTo(new Event.Ended(6_500_000, EndReason.COMPLETE));
    assertThat(trace.events())
        .filteredOn(Event.Started.class::isInstance)
        .extracting(event -> ((Event.Started) event).replica())
        .containsExactly(Id.of(0), Id.of(1));
  }

  @Test
  void a_replica_that_is_started_late_catches_up() {
    lab.close();
    lab = open(new SimWorld(RaftNode::new), 3);
    lab.clientReceiver(answers::add);
    Id late = Id.of(2);
    lab.start(Id.of(0));
    lab.start(Id.of(1));
    playUntil(lab -> lab.leader().isPresent());
    put(leader());
    play(1);
    assertThat(lab.state(late)).isEqualTo(ReplicaState.DOWN);
    lab.start(late);
    play(1);
    lab.crash(leader());
    playUntil(lab -> lab.leader().isPresent());
    assertThat(answers).hasSize(1);
  }

  @Test
  void the_same_faults_give_the_same_trace_with_the_same_seed() {
    assertThat(troubled()).isEqualTo(troubled()).hasSizeGreaterThan(100);
  }

  /** All that happens to a cluster that has a bit of everything, in words. */
  private static List<String> troubled() {
    try (Lab lab = open(new SimWorld(RaftNode::new), 5)) {
      lab.replicas().forEach(lab::start);
      List<Runnable> faults =
          List.of(
              () -> lab.machineFaults().setClockRate(Id.of(1), 1.7),
              () -> lab.machineFaults().applyDiskFault(Id.of(2), new DiskFault.Slow(20)),
              () -> lab.machineFaults().applyDiskFault(Id.of(3), new DiskFault.Torn()),
              () -> lab.crashDuringNextStep(Id.of(3)),
              () -> lab.pause(Id.of(4)),
              () -> lab.machineFaults().applyDiskFault(Id.of(0), new DiskFault.Full()),
              () -> lab.start(Id.of(3)),
              () -> lab.resume(Id.of(4)));
      for (Runnable fault : faults) {
        lab.runUntil(lab.nowMicros() + 700_000);
        fault.run();
      }
      lab.runUntil(lab.nowMicros() + 1_000_000);
      // A message's text is its bytes, which a trace file holds.
      return lab.trace().events().stream().map(Event::toString).toList();
    }
  }
}
