package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.run.ReconfigurableCluster;
import raftlab.run.ScenarioRunner;
import raftlab.run.lab.ClusterOperator.ChangeResult;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.CourseClients;

class ClusterOperatorTest {
  private static final Id FIRST = Id.of(0);
  private static final Id LAST = Id.of(2);

  private final List<ChangeResult> reports = new ArrayList<>();
  private Lab lab;

  private void open(World world) {
    TraceHeader header =
        new TraceHeader(
            "x", "", "sim", 1, List.of(), ScenarioRunner.replicas(3), CourseClients.ids(3));
    lab = new Lab(world, new Trace(header), 0, true);
    lab.replicas().forEach(lab::start);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** Answers requests with the type given for it, and names a leader. */
  private record AnsweringNode(Host host, String type, Id leader) implements Node {
    @Override
    public void start() {
      // It waits to be asked.
    }

    @Override
    public void receive(Message message) {
      if (type != null && message.mid() != null) {
        host.send(
            Message.of(host.id(), message.src(), leader, type, message.mid(), new JsonObject()));
      }
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("no timer was set");
    }
  }

  private void askOnce(Id about) {
    lab.operator().askOnce(Message.REMOVE, about, 2_000_000, reports::add);
  }

  private List<Event.Requested> requests() {
    return lab.trace().events().stream()
        .filter(Event.Requested.class::isInstance)
        .map(Event.Requested.class::cast)
        .toList();
  }

  private void ask(String type, Id about) {
    lab.operator().ask(type, about, reports::add);
  }

  private void play(double seconds) {
    lab.runUntil(lab.nowMicros() + Math.round(seconds * 1e6));
  }

  @Test
  void it_follows_a_redirect_at_once() {
    open(
        new SimWorld(
            host ->
                new AnsweringNode(
                    host, host.id().equals(LAST) ? Message.OK : Message.REDIRECT, LAST)));
    ask(Message.TRANSFER, null);
    play(0.1);
    assertThat(reports).singleElement().matches(ChangeResult::done);
    assertThat(requests().get(requests().size() - 1).replica()).isEqualTo(LAST);
    assertThat(reports.get(0).micros()).isLessThan(2_000);
  }

  @Test
  void it_asks_again_after_a_fail_with_a_pause() {
    open(ReconfigurableCluster.world(3));
    play(0.5);
    ask(Message.REMOVE, LAST);
    play(0.05);
    assertThat(requests()).hasSize(1);
    play(0.5);
    assertThat(requests()).hasSize(4).allMatch(request -> request.key().equals("0002"));
    assertThat(reports).singleElement().matches(ChangeResult::done);
    assertThat(lab.members()).doesNotContain(LAST);
    assertThat(lab.replicas()).contains(LAST);
  }

  @Test
  void it_gives_up_after_ten_seconds_of_silence() {
    open(ReconfigurableCluster.ignoringChanges());
    play(0.5);
    ask(Message.ADD, LAST);
    play(9.9);
    assertThat(reports).isEmpty();
    play(0.2);
    assertThat(reports)
        .singleElement()
        .matches(report -> !report.done())
        .extracting(ChangeResult::failureReason)
        .isEqualTo("replica 0000 did not answer");
    int asked = requests().size();
    play(5);
    assertThat(requests()).hasSize(asked);
  }

  @Test
  void it_reports_the_reason_of_the_last_refusal() {
    open(ReconfigurableCluster.world(1_000));
    play(0.5);
    ask(Message.REMOVE, FIRST);
    play(10.2);
    assertThat(reports)
        .singleElement()
        .extracting(ChangeResult::failureReason)
        .isEqualTo("replica 0000 answered fail: another change of members is under way");
  }

  @Test
  void it_asks_another_at_once_when_the_asked_replica_crashes() {
    open(ReconfigurableCluster.ignoringChanges());
    play(0.5);
    ask(Message.REMOVE, LAST);
    lab.crash(FIRST);
    play(0.15);
    assertThat(requests()).hasSize(2);
    assertThat(requests().get(1).replica()).isNotEqualTo(FIRST);
  }

  @Test
  void it_waits_while_no_replica_is_up_and_reports_that_at_the_end() {
    open(ReconfigurableCluster.world(0));
    lab.replicas().forEach(lab::crash);
    ask(Message.REMOVE, LAST);
    play(10.2);
    assertThat(requests()).isEmpty();
    assertThat(reports.get(0).failureReason()).isEqualTo("no replica was up");
  }

  @Test
  void a_request_that_was_given_up_stays_over() {
    open(ReconfigurableCluster.world(0));
    play(0.5);
    ClusterOperator.OperatorRequest change = lab.operator().ask(Message.REMOVE, LAST, reports::add);
    change.cancel();
    play(1);
    assertThat(reports).singleElement().matches(report -> !report.done());
    assertThat(lab.members()).contains(LAST);
  }

  @Test
  void a_request_that_is_sent_once_ends_with_a_fail() {
    open(ReconfigurableCluster.world(3));
    play(0.5);
    askOnce(LAST);
    play(0.1);
    assertThat(requests()).hasSize(1);
    assertThat(reports).hasSize(1).noneMatch(ChangeResult::done);
    assertThat(reports.get(0).requests()).isEqualTo(1);
    play(3);
    assertThat(requests()).hasSize(1);
    assertThat(reports).hasSize(1);
  }

  @Test
  void a_request_that_is_sent_once_is_not_sent_to_the_target_of_a_redirect() {
    open(new SimWorld(host -> new AnsweringNode(host, Message.REDIRECT, LAST)));
    askOnce(LAST);
    play(3);
    assertThat(requests()).hasSize(1);
    assertThat(reports).singleElement().matches(report -> report.micros() < 500_000);
  }

  @Test
  void a_request_that_is_sent_once_is_not_repeated_after_a_timeout_or_a_crash() {
    open(ReconfigurableCluster.ignoringChanges());
    play(0.5);
    askOnce(LAST);
    lab.crash(FIRST);
    play(1.9);
    assertThat(reports).isEmpty();
    play(0.2);
    assertThat(requests()).hasSize(1);
    assertThat(reports).singleElement().matches(report -> !report.done());
  }

  @Test
  void a_request_that_is_sent_once_waits_until_a_replica_is_up() {
    open(ReconfigurableCluster.world(0));
    play(0.5);
    lab.replicas().forEach(lab::crash);
    askOnce(LAST);
    play(0.5);
    assertThat(requests()).isEmpty();
    lab.replicas().forEach(lab::start);
    play(1);
    assertThat(requests()).hasSize(1);
    assertThat(reports).hasSize(1);
  }
}
