package raftlab.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A client as in the course's script: sends requests, follows redirects, retries after a fail, and
 * records what it put.
 *
 * <p>It has no timeout. Its {@link LeaderHint} chooses the replica.
 */
final class CourseClient {
  /**
   * A request without an answer: the message, its operation, and the outcomes of earlier requests.
   */
  private record Pending(
      Message request,
      String key,
      @Nullable String value,
      long operation,
      RetryPolicy.Attempts attempts) {}

  private final Id id;
  private final RequestTransport requests;
  private final RandomGenerator random;
  private final LeaderHint leaderHint;
  private final Map<String, Pending> pending = new HashMap<>();

  /** The keys that it has put, in order of their first success. */
  private final List<String> keys = new ArrayList<>();

  /** The last acknowledged value of each key. */
  private final Map<String, String> values = new HashMap<>();

  CourseClient(Id id, RequestTransport requests, RandomGenerator random) {
    this.id = id;
    this.requests = requests;
    this.random = random;
    this.leaderHint = new LeaderHint(requests, random);
  }

  /** Starts a get of a key that it has put; a put if there is none. */
  void get() {
    if (keys.isEmpty()) {
      requests.getNotGenerated(id);
      put();
      return;
    }
    send(Message.GET, keys.get(random.nextInt(keys.size())), null, 0, LeaderHint.begin());
  }

  /** Starts a put: of a new key or of a key that it has put before, with equal probability. */
  void put() {
    if (keys.isEmpty() || random.nextBoolean()) {
      String key = RandomText.letters(random, 32);
      send(Message.PUT, key, RandomText.md5(key), 0, LeaderHint.begin());
    } else {
      String key = keys.get(random.nextInt(keys.size()));
      String last = Objects.requireNonNull(values.get(key), "each of its keys has a value");
      send(Message.PUT, key, RandomText.md5(last), 0, LeaderHint.begin());
    }
  }

  /** Handles an answer. Ignores answers to requests that it doesn't wait for. */
  void receive(Message answer) {
    Pending asked = pending.remove(answer.mid());
    if (asked == null) {
      return;
    }
    Message request = asked.request;
    leaderHint.observe(answer);
    String key = asked.key;
    String value = asked.value;
    RetryPolicy.Outcome outcome = leaderHint.outcome(answer, request.dst());
    if (outcome != RetryPolicy.Outcome.SETTLED) {
      RetryPolicy.Next next = asked.attempts.after(outcome);
      leaderHint.retry(
          next, () -> send(request.type(), key, value, asked.operation, asked.attempts));
    } else if (request.type().equals(Message.PUT) && values.put(key, value) == null) {
      keys.add(key);
    }
  }

  private void send(
      String type,
      String key,
      @Nullable String value,
      long operation,
      RetryPolicy.Attempts attempts) {
    Id replica = leaderHint.nextReplica();
    if (replica == null) {
      return;
    }
    Id leader = leaderHint.leader();
    String mid = RandomText.letters(random, 16);
    Message request =
        type.equals(Message.GET)
            ? Message.get(id, replica, leader, mid, key)
            : Message.put(
                id, replica, leader, mid, key, Objects.requireNonNull(value, "a put has a value"));
    if (operation == 0) {
      pending.put(mid, new Pending(request, key, value, requests.send(request), attempts));
    } else {
      pending.put(mid, new Pending(request, key, value, operation, attempts));
      requests.sendAgain(request, operation);
    }
  }
}
