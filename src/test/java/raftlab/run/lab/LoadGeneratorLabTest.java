package raftlab.run.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.World;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.sim.SimWorld;
import raftlab.network.SeededGenerators;
import raftlab.raft.RaftNode;
import raftlab.scenario.TrafficPlan;
import raftlab.trace.Event;
import raftlab.trace.TraceFile;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.ClientOperation;
import raftlab.workload.OperationCounter;
import raftlab.workload.OperationRequest;
import raftlab.workload.RetryingClient;
import raftlab.workload.TrafficPlanBuilder;
import raftlab.workload.UnusualKeyNames;

/** Clients beyond the course's, and the reference replica. */
class LoadGeneratorLabTest {
  private static final SimWorld SIM = new SimWorld(RaftNode::new);
  private static final int ODD = UnusualKeyNames.ALL.size();

  private static LoadGeneratorLab open(TrafficPlanBuilder plans) {
    return new LoadGeneratorLab(SIM, true, 0, plans.plan());
  }

  @Test
  void all_kinds_of_operations_with_odd_keys_are_done() {
    TrafficPlanBuilder plans =
        TrafficPlanBuilder.open().pace(200, 0).keys(ODD, 0.1, false, true).values(0, 2_000);
    try (LoadGeneratorLab play = open(plans)) {
      play.start();
      play.play(11_000);
      assertThat(play.tally().began()).isEqualTo(2_000);
      assertThat(play.tally().done()).isEqualTo(2_000);
      assertThat(play.tally().outstanding()).isEmpty();
      assertThat(play.requests().stream().map(Event.Requested::key)).contains(keys());
      assertThat(play.answers().stream().map(Event.Answered::type))
          .contains(Message.OK, Message.MISMATCH)
          .doesNotContain(Message.FAIL);
      assertThat(play.events(Event.Malformed.class)).isEmpty();
    }
  }

  private static String[] keys() {
    return UnusualKeyNames.ALL.toArray(String[]::new);
  }

  @Test
  void some_cas_find_what_they_expect_beyond_the_first_of_a_key() {
    try (LoadGeneratorLab play =
        open(TrafficPlanBuilder.closed().clients(2).mix(1, 0, 0, 1).most(200))) {
      List<ClientOperation> done = new ArrayList<>();
      play.tally().onDone(done::add);
      play.start();
      play.play(5_000);
      assertThat(done).hasSize(200);
      assertThat(done)
          .filteredOn(operation -> operation.answer().type().equals(Message.OK))
          .map(ClientOperation::operationRequest)
          .filteredOn(wanted -> wanted.expect() != null && !wanted.expect().isEmpty())
          .hasSizeGreaterThan(10);
    }
  }

  @Test
  void every_value_is_unique_among_all_plans() {
    TrafficPlan plan = TrafficPlanBuilder.open().mix(0, 1, 1, 1).plan();
    try (LoadGeneratorLab play = new LoadGeneratorLab(SIM, true, 0, plan, plan)) {
      play.start();
      play.play(11_000);
      Map<String, Long> operations = new HashMap<>();
      for (Event.Requested request : play.requests()) {
        Long before = operations.put(request.value(), request.operation());
        assertThat(before).isIn(null, request.operation());
      }
      assertThat(operations).hasSize(800);
    }
  }

  @Test
  void a_session_keeps_its_seq_over_retries_and_each_write_happens_once() {
    TrafficPlanBuilder appends =
        TrafficPlanBuilder.closed().mix(0, 0, 1, 0).sessions().timeoutMillis(300).most(300);
    try (LoadGeneratorLab play = open(appends.keys(1, 0, false, false))) {
      play.start();
      for (int i = 0; i < 3; i++) {
        play.play(40);
        Id old = play.crashLeader();
        play.awaitLeader();
        play.lab.start(old);
      }
      play.await(() -> play.tally().done() == 300);
      assertThat(play.requests()).anyMatch(Event.Requested::retry);
      Map<Long, Set<Long>> seqs =
          play.requests().stream()
              .collect(
                  Collectors.groupingBy(
                      Event.Requested::operation,
                      Collectors.mapping(Event.Requested::seq, Collectors.toSet())));
      assertThat(seqs.values()).hasSize(300).allMatch(each -> each.size() == 1);
      List<Event.Requested> appended = play.requests();
      String value = read(play, "key-0");
      for (Event.Requested request : appended) {
        assertThat(value).containsOnlyOnce(request.value());
      }
    }
  }

  /** What the leader has under a key now. */
  private static String read(LoadGeneratorLab play, String key) {
    List<String> values = new ArrayList<>();
    Id reader = play.clientele.all().get(0);
    RetryingClient asker = asker(play, reader, false);
    play.reception.add(List.of(reader), asker::receive);
    asker.ask(
        OperationRequest.get(key),
        null,
        true,
        operation -> values.add(operation.answer().textOrNull("value")));
    play.await(() -> !values.isEmpty());
    return values.get(0);
  }

  private static RetryingClient asker(LoadGeneratorLab play, Id id, boolean sessions) {
    return new RetryingClient(
        id,
        new RetryingClient.RetryBehavior(sessions, OptionalLong.of(1_000)),
        play.lab.requests(),
        SeededGenerators.generator(5, "probe", id.value()),
        new OperationCounter());
  }

  @Test
  void a_client_with_a_timeout_asks_another_replica_after_a_kill() {
    try (LoadGeneratorLab play =
        open(TrafficPlanBuilder.open().pace(1_000, 0).timeoutMillis(500))) {
      play.start();
      play.play(200);
      Id old = play.crashLeader();
      play.play(5_000);
      List<Event.Requested> requests = play.requests();
      Map<Long, Event.Requested> firsts =
          requests.stream()
              .filter(request -> !request.retry() && request.replica().equals(old))
              .collect(Collectors.toMap(Event.Requested::operation, request -> request));
      assertThat(requests)
          .filteredOn(request -> request.retry() && firsts.containsKey(request.operation()))
          .filteredOn(request -> request.atMicros() > crashedAt(play))
          .isNotEmpty()
          .allMatch(request -> !request.replica().equals(old));
      play.play(6_000);
      assertThat(play.tally().outstanding()).isEmpty();
    }
  }

  private static long crashedAt(LoadGeneratorLab play) {
    return play.events(Event.Crashed.class).get(0).atMicros();
  }

  @Test
  void a_closed_loop_goes_on_after_a_crash() {
    try (LoadGeneratorLab play = open(TrafficPlanBuilder.closed().between(0, 8_000))) {
      play.start();
      play.play(500);
      play.crashLeader();
      play.awaitLeader();
      play.play(1_500);
      Set<Id> asking =
          play.requests().stream()
              .filter(request -> request.atMicros() > play.lab.nowMicros() - 300_000)
              .filter(request -> !request.retry())
              .map(Event.Requested::client)
              .collect(Collectors.toSet());
      assertThat(asking).hasSize(4);
    }
  }

  @Test
  void a_retry_avoids_the_excluded_replica_if_another_is_up() {
    try (LoadGeneratorLab play = new LoadGeneratorLab(SIM, true, 1)) {
      Id first = Id.of(0);
      for (int i = 0; i < 20; i++) {
        assertThat(
                play.lab
                    .requests()
                    .anyReachableExcept(first, SeededGenerators.generator(i, "any", 0)))
            .isIn(Id.of(1), Id.of(2));
      }
      play.lab.crash(Id.of(1));
      play.lab.crash(Id.of(2));
      assertThat(
              play.lab
                  .requests()
                  .anyReachableExcept(first, SeededGenerators.generator(1, "any", 0)))
          .isEqualTo(first);
      play.lab.crash(first);
      assertThat(
              play.lab
                  .requests()
                  .anyReachableExcept(first, SeededGenerators.generator(1, "any", 0)))
          .isNull();
    }
  }

  @Test
  void a_probe_of_a_follower_is_redirected() {
    try (LoadGeneratorLab play = new LoadGeneratorLab(SIM, true, 1)) {
      Id follower = play.lab.isLeader(Id.of(0)) ? Id.of(1) : Id.of(0);
      Id probe = play.clientele.singleClients().get(0);
      RetryingClient asker = asker(play, probe, false);
      play.reception.add(List.of(probe), asker::receive);
      ClientOperation operation = asker.ask(OperationRequest.get("k"), follower, false, over -> {});
      play.await(operation::isOver);
      assertThat(operation.isDone()).isFalse();
      assertThat(operation.answer().type()).isEqualTo(Message.REDIRECT);
      assertThat(operation.answer().leader()).isEqualTo(play.lab.leader().orElseThrow());
      ClientOperation followed = asker.ask(OperationRequest.get("k"), follower, true, over -> {});
      play.await(followed::isOver);
      assertThat(followed.isDone()).isTrue();
    }
  }

  @Test
  void the_same_seed_gives_the_same_trace_and_a_trace_of_odd_keys_can_be_stored(
      @TempDir Path folder) throws Exception {
    TrafficPlanBuilder plans =
        TrafficPlanBuilder.open().keys(ODD, 0, true, true).sessions().timeoutMillis(200).toAny();
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (Path file : List.of(first, second)) {
      try (LoadGeneratorLab play = open(plans)) {
        play.start();
        play.play(1_000);
        play.crashLeader();
        play.play(5_000);
        play.lab.trace().add(new Event.Ended(play.lab.nowMicros(), Event.EndReason.COMPLETE));
        TraceFile.write(play.lab.trace(), file);
      }
    }
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    TraceFile.write(TraceFile.read(first), second);
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void the_reference_replica_handles_every_odd_key_in_the_simulated_world() {
    handleEveryOddKey(SIM);
  }

  @Test
  void the_reference_replica_handles_every_odd_key_as_a_process() {
    handleEveryOddKey(new ProcessWorld(ReplicaCommand.reference()));
  }

  /** Writes all keys in all ways before it reads any: keys that were taken for the same show. */
  private static void handleEveryOddKey(World world) {
    try (LoadGeneratorLab play = new LoadGeneratorLab(world, true, 1)) {
      Id probe = play.clientele.singleClients().get(0);
      RetryingClient asker = asker(play, probe, true);
      play.reception.add(List.of(probe), asker::receive);
      List<ClientOperation> over = new ArrayList<>();
      all(
          play,
          over,
          key -> asker.ask(OperationRequest.put(key, "a" + number(key)), null, true, over::add));
      all(play, over, key -> asker.ask(OperationRequest.append(key, "b"), null, true, over::add));
      all(
          play,
          over,
          key -> {
            String now = "a" + number(key) + "b";
            asker.ask(OperationRequest.cas(key, now, now + "c"), null, true, over::add);
          });
      over.clear();
      all(play, over, key -> asker.ask(OperationRequest.get(key), null, true, over::add));
      assertThat(over.stream().map(ClientOperation::operationRequest).map(OperationRequest::key))
          .containsExactlyInAnyOrder(keys());
      assertThat(over)
          .allMatch(
              read ->
                  read.answer()
                      .textOrNull("value")
                      .equals("a" + number(read.operationRequest().key()) + "bc"));
      assertThat(play.events(Event.Malformed.class)).isEmpty();
    }
  }

  private static int number(String key) {
    return UnusualKeyNames.ALL.indexOf(key);
  }

  private static void all(LoadGeneratorLab play, List<ClientOperation> over, Consumer<String> ask) {
    int until = over.size() + ODD;
    UnusualKeyNames.ALL.forEach(ask);
    play.await(() -> over.size() == until);
  }
}
