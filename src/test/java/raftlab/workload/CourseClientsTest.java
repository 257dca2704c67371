package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import raftlab.wire.Id;
import raftlab.wire.Message;

class CourseClientsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  /** Replicas that do nothing; the test answers for them. */
  private static final class Replicas implements RequestTransport {
    private final List<Message> sent = new ArrayList<>();
    private final List<Boolean> retries = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private final List<Id> running = new ArrayList<>(List.of(A, B));
    private int getsNotGenerated;
    private long operations;

    @Override
    public long send(Message request) {
      sent.add(request);
      retries.add(false);
      return ++operations;
    }

    @Override
    public void sendAgain(Message request, long operation) {
      assertThat(operation).isBetween(1L, operations);
      sent.add(request);
      retries.add(true);
    }

    @Override
    public long nowMicros() {
      return 0;
    }

    @Override
    public void schedule(long afterMicros, Runnable action) {
      waits.add(afterMicros);
      action.run();
    }

    @Override
    public void getNotGenerated(Id client) {
      getsNotGenerated++;
    }

    @Override
    public boolean isReachable(Id replica) {
      return running.contains(replica);
    }

    @Override
    public Id anyReachable(RandomGenerator random) {
      return running.isEmpty() ? null : running.get(random.nextInt(running.size()));
    }

    @Override
    public Id anyReachableExcept(Id replica, RandomGenerator random) {
      throw new IllegalStateException("the course's clients never time out");
    }

    Message last() {
      return sent.get(sent.size() - 1);
    }
  }

  private final Replicas replicas = new Replicas();

  private CourseClients clients(double mix, long seed) {
    return new CourseClients(CourseClients.ids(5), mix, seed, replicas);
  }

  private static Message answer(Message request, String type, Id leader, String value) {
    com.google.gson.JsonObject fields = new com.google.gson.JsonObject();
    if (value != null) {
      fields.addProperty("value", value);
    }
    return Message.of(request.dst(), request.src(), leader, type, request.mid(), fields);
  }

  @Test
  void there_are_eight_with_the_courses_ids() {
    assertThat(CourseClients.ids(5))
        .hasSize(8)
        .startsWith(Id.parse("0015"))
        .endsWith(Id.parse("001C"));
  }

  @Test
  void a_get_becomes_a_put_as_long_as_the_client_has_put_nothing() {
    CourseClients clients = clients(1, 1);
    for (int i = 0; i < 20; i++) {
      clients.startRandomRequest();
    }
    assertThat(replicas.sent).allMatch(request -> request.type().equals("put"));
    assertThat(replicas.getsNotGenerated).isEqualTo(20);
  }

  @Test
  void a_new_keys_value_is_its_md5_and_an_old_keys_value_that_of_the_value_before() {
    CourseClients clients = clients(0, 1);
    Map<String, String> store = new HashMap<>();
    int overwrites = 0;
    for (int i = 0; i < 400; i++) {
      clients.startRandomRequest();
      Message put = replicas.last();
      String before = store.put(put.src() + put.textOrNull("key"), put.textOrNull("value"));
      overwrites += before == null ? 0 : 1;
      assertThat(put.textOrNull("key")).matches("[A-Za-z0-9]{32}");
      assertThat(put.textOrNull("value"))
          .isEqualTo(RandomText.md5(before == null ? put.textOrNull("key") : before));
      clients.receive(answer(put, "ok", A, null));
    }
    assertThat(overwrites).isBetween(150, 250);
    assertThat(RandomText.md5("hello")).isEqualTo("5d41402abc4b2a76b9719d911017c592");
  }

  @Test
  void a_client_reads_only_what_it_has_put_itself() {
    CourseClients clients = clients(0.5, 1);
    Map<String, Id> owners = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      clients.startRandomRequest();
      Message request = replicas.last();
      if (request.type().equals("put")) {
        owners.put(request.textOrNull("key"), request.src());
      } else {
        assertThat(owners).containsEntry(request.textOrNull("key"), request.src());
      }
      clients.receive(answer(request, "ok", A, ""));
    }
  }

  @Test
  void a_redirect_is_followed_under_a_new_mid_and_stored() {
    CourseClients clients = clients(0, 1);
    clients.startRandomRequest();
    Message first = replicas.last();
    Id other = first.dst().equals(A) ? B : A;
    clients.receive(answer(first, "redirect", other, null));
    Message second = replicas.last();
    assertThat(second.dst()).isEqualTo(other);
    assertThat(second.mid()).isNotEqualTo(first.mid());
    assertThat(second.textOrNull("value")).isEqualTo(first.textOrNull("value"));
    assertThat(replicas.retries).containsExactly(false, true);
  }

  @Test
  void a_crashed_leader_is_replaced_by_a_running_replica() {
    CourseClients clients = clients(0, 1);
    clients.startRandomRequest();
    replicas.running.remove(A);
    clients.receive(answer(replicas.last(), "redirect", A, null));
    assertThat(replicas.last().dst()).isEqualTo(B);
  }

  @Test
  void a_second_answer_to_the_same_request_changes_nothing() {
    CourseClients clients = clients(0, 1);
    clients.startRandomRequest();
    Message answer = answer(replicas.last(), "fail", A, null);
    clients.receive(answer);
    clients.receive(answer);
    assertThat(replicas.sent).hasSize(2);
  }

  @Test
  void a_client_that_is_sent_in_circles_slows_down() {
    CourseClients clients = clients(0, 1);
    clients.startRandomRequest();
    for (int i = 0; i < 40; i++) {
      clients.receive(answer(replicas.last(), "redirect", B, null));
    }
    assertThat(replicas.waits)
        .hasSize(20)
        .startsWith(1_000L, 2_000L, 4_000L)
        .endsWith(64_000L, 64_000L);
  }

  @Test
  void the_same_seed_asks_for_the_same() {
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      replicas.sent.clear();
      CourseClients clients = clients(0.3, 9);
      for (int n = 0; n < 50; n++) {
        clients.startRandomRequest();
      }
      List<String> asked = replicas.sent.stream().map(Message::toString).toList();
      if (i == 0) {
        first.addAll(asked);
      } else {
        assertThat(asked).isEqualTo(first);
      }
    }
  }
}
