package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.run.ScenarioRunner;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

/** One of three real replicas does its worst; the kit notices, and the others go on. */
class HostileProcessTest {
  private static final Id LEADER = Id.of(0);
  private static final Id HOSTILE = Id.of(1);
  private static final long BOUND_MICROS = 60_000_000;

  private final Trace trace =
      new Trace(
          new TraceHeader(
              "x", "", "process", 1, List.of(), ScenarioRunner.replicas(3), CourseClients.ids(3)));
  private final Id client = trace.header().clients().get(0);
  private Lab lab;
  private int requests;

  /** Starts the replicas; {@code 0001} turns hostile at once. */
  private void play(String mode) {
    ReplicaCommand command =
        ReplicaCommand.parse("src/test/resources/replicas/hostile " + mode + ":" + HOSTILE + ":0");
    lab = new Lab(new ProcessWorld(command), trace, 0, true);
    lab.replicas().forEach(lab::start);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      assertThat(lab.nowMicros()).as("%s", trace.events().size()).isLessThan(BOUND_MICROS);
      lab.step(lab.nowMicros() + 100_000);
    }
  }

  private <T extends Event> T await(Class<T> type, Predicate<T> which) {
    await(() -> all(type).stream().anyMatch(which));
    return all(type).stream().filter(which).findFirst().orElseThrow();
  }

  private <T extends Event> List<T> all(Class<T> type) {
    return trace.events().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The others still do what clients ask of them. */
  private void assertTheOthersGoOn() {
    await(() -> lab.ready().contains(LEADER));
    String mid = "m" + ++requests;
    lab.requests().send(Message.put(client, LEADER, LEADER, mid, "k", "v"));
    await(Event.Answered.class, answer -> answer.mid().equals(mid) && answer.type().equals("ok"));
  }

  @Test
  void a_flood_from_another_socket_delays_no_replica_and_is_recorded() {
    play("another_socket");
    Event.PassedOver event = await(Event.PassedOver.class, passed -> passed.count() >= 10_000);
    assertThat(event.description())
        .startsWith("passed over from replica 0001, 10,000 times or more: a datagram to its port")
        .contains("from another socket than the one that sent hello, that of port ");
    assertTheOthersGoOn();
  }

  @Test
  void hellos_without_end_are_recorded() {
    play("hellos");
    await(Event.PassedOver.class, passed -> passed.count() == 100);
    assertThat(all(Event.PassedOver.class))
        .allMatch(passed -> passed.replica().equals(HOSTILE) && passed.what().contains("hello"));
    assertTheOthersGoOn();
  }

  @Test
  void invalid_report_lines_are_recorded_with_the_first_one() {
    play("reports_nonsense");
    Event.PassedOver event = await(Event.PassedOver.class, passed -> passed.count() == 10);
    assertThat(event.description())
        .isEqualTo(
            "passed over from replica 0001, 10 times or more: a line of RAFTLAB_TRACE that is not"
                + " a state change, the first in line 1: found an empty line, expected a JSON"
                + " object");
    assertTheOthersGoOn();
  }

  @Test
  void no_order_to_a_terminal_comes_through_in_what_is_printed() {
    play("prints");
    await(Event.Printed.class, Event.Printed::error);
    assertThat(all(Event.Printed.class))
        .allMatch(printed -> printed.line().chars().noneMatch(Character::isISOControl))
        .anyMatch(printed -> printed.line().equals("·[31mred·]0;owned· ·· ·"));
    assertTheOthersGoOn();
  }

  @Test
  void a_replica_that_sends_with_another_src_is_identified_by_its_socket() {
    play("spoof");
    await(
        Event.Sent.class,
        sent -> sent.from().equals(HOSTILE) && sent.message().src().equals(Id.of(2)));
    await(Event.Malformed.class, bad -> bad.replica().equals(HOSTILE));
    assertTheOthersGoOn();
  }

  @Test
  void children_without_a_mark_in_sessions_of_their_own_do_not_outlive_the_lab() throws Exception {
    play("forks_and_exits");
    await(Event.Exited.class, exited -> exited.replica().equals(HOSTILE));
    await(() -> all(Event.Printed.class).size() >= 5);
    List<Long> children =
        all(Event.Printed.class).stream()
            .map(printed -> Long.parseLong(printed.line().substring("child ".length())))
            .toList();
    lab.close();
    for (long child : children) {
      ProcessHandle.of(child)
          .ifPresent(left -> left.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }
    assertThat(children).hasSize(5).noneMatch(child -> ProcessHandle.of(child).isPresent());
  }
}
