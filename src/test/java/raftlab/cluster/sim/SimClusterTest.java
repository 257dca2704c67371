package raftlab.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.cluster.Cluster;
import raftlab.cluster.RecordingObserver;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Crashes, restarts and joining in the simulated world. */
class SimClusterTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);
  private static final Id C = Id.of(2);
  private static final Id D = Id.of(3);

  /**
   * Reports how many records it finds as its term, and the IDs that it was given; stores one record
   * for each message, and breaks over one of the type "break".
   */
  private record Counter(Host host) implements Node {
    @Override
    public void start() {
      host.report(new TermChanged(host.storage().load().size()));
      host.report(new MembersChanged(host.isJoining() ? 1 : 0, host.others(), List.of()));
    }

    @Override
    public void receive(Message message) {
      host.send(message("stored"));
      host.report(new Appended(1, 1, "x"));
      host.storage().append(new byte[] {1});
      if (message.type().equals("break")) {
        throw new IllegalStateException("on request");
      }
    }

    @Override
    public void timeout(String timer) {
      throw new IllegalStateException("no timer was set");
    }
  }

  private final RecordingObserver observer = new RecordingObserver();

  private Cluster open(long seed, boolean durable) {
    return new SimWorld(Counter::new).open(List.of(C, A, B), seed, durable, observer);
  }

  private static Message message(String type) {
    return Message.of(C, Id.BROADCAST, Id.BROADCAST, type, null, new JsonObject());
  }

  private void deliver(Cluster cluster, Id replica, String type) {
    cluster.deliver(replica, message(type));
    cluster.advance(cluster.nowMicros() + 1000);
  }

  private long foundAtStart(Cluster cluster, Id replica) {
    observer.clear();
    cluster.start(replica);
    return ((TermChanged) observer.changes().get(0)).term();
  }

  @Test
  void a_durable_replica_finds_what_it_had_stored() {
    try (Cluster cluster = open(1, true)) {
      assertThat(foundAtStart(cluster, A)).isZero();
      deliver(cluster, A, "x");
      deliver(cluster, A, "x");
      cluster.crash(A);
      assertThat(foundAtStart(cluster, A)).isEqualTo(2);
      assertThat(foundAtStart(cluster, B)).isZero();
    }
  }

  @Test
  void any_other_finds_nothing() {
    try (Cluster cluster = open(1, false)) {
      cluster.start(A);
      deliver(cluster, A, "x");
      cluster.crash(A);
      assertThat(foundAtStart(cluster, A)).isZero();
      deliver(cluster, A, "break");
      assertThat(foundAtStart(cluster, A)).isZero();
    }
  }

  @Test
  void changes_are_reported_before_the_messages_of_the_same_call() {
    try (Cluster cluster = open(1, true)) {
      cluster.start(A);
      observer.clear();
      deliver(cluster, A, "x");
      assertThat(observer.lines()).hasSize(2);
      assertThat(observer.lines().get(0)).startsWith("0000 Appended[");
      assertThat(observer.lines().get(1)).isEqualTo("0000 sent stored");
    }
  }

  @Test
  void a_call_that_throws_reports_and_sends_nothing_and_may_store_nothing() {
    boolean[] kept = new boolean[2];
    for (long seed = 0; seed < 20; seed++) {
      try (Cluster cluster = open(seed, true)) {
        cluster.start(A);
        deliver(cluster, A, "x");
        observer.clear();
        deliver(cluster, A, "break");
        assertThat(observer.lines()).hasSize(1);
        assertThat(observer.lines().get(0)).startsWith("0000 exited 1 [java.lang.Ill");
        kept[(int) foundAtStart(cluster, A) - 1] = true;
      }
    }
    assertThat(kept).containsExactly(true, true);
  }

  @Test
  void a_replica_that_joins_gets_the_ids_of_all_others_also_when_it_restarts() {
    try (Cluster cluster = open(1, true)) {
      cluster.start(A);
      observer.clear();
      cluster.join(D);
      cluster.join(Id.of(4));
      cluster.crash(D);
      cluster.start(D);
      cluster.crash(A);
      cluster.start(A);
      assertThat(observer.changes().stream().filter(MembersChanged.class::isInstance))
          .containsExactly(
              new MembersChanged(1, List.of(A, B, C), List.of()),
              new MembersChanged(1, List.of(A, B, C, D), List.of()),
              new MembersChanged(1, List.of(A, B, C, Id.of(4)), List.of()),
              new MembersChanged(0, List.of(B, C), List.of()));
    }
  }

  @Test
  void initial_members_do_not_join() {
    try (Cluster cluster = open(1, true)) {
      assertThatThrownBy(() -> cluster.join(B))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0001");
    }
  }
}
