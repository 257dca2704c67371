package raftlab.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * One client of the course: asks, follows redirects, tries again after a fail, and remembers what
 * it put.
 *
 * <p>It never times out. Where it turns is up to its {@link LeaderHint}.
 */
final class CourseClient {
  /** A request on its way: what was asked, for which operation, and what came of those before. */
  private record Pending(Message request, long operation, RetryPolicy.Attempts attempts) {}

  private final Id id;
  private final RequestSender requests;
  private final RandomGenerator random;
  private final LeaderHint compass;
  private final Map<String, Pending> pending = new HashMap<>();

  /** The keys that it has put, in order of their first success. */
  private final List<String> keys = new ArrayList<>();

  /** The last value of each of them that was acknowledged. */
  private final Map<String, String> values = new HashMap<>();

  CourseClient(Id id, RequestSender requests, RandomGenerator random) {
    this.id = id;
    this.requests = requests;
    this.random = random;
    this.compass = new LeaderHint(requests, random);
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

  /** Starts a put: half the time of a new key, half the time of one that it has put before. */
  void put() {
    if (keys.isEmpty() || random.nextBoolean()) {
      String key = RandomText.letters(random, 32);
      send(Message.PUT, key, RandomText.md5(key), 0, LeaderHint.begin());
    } else {
      String key = keys.get(random.nextInt(keys.size()));
      send(Message.PUT, key, RandomText.md5(values.get(key)), 0, LeaderHint.begin());
    }
  }

  /** An answer came. Answers to requests that it doesn't wait for are no concern of its. */
  void receive(Message answer) {
    Pending asked = pending.remove(answer.mid());
    if (asked == null) {
      return;
    }
    Message request = asked.request;
    compass.heard(answer);
    String key = request.text("key");
    String value = request.text("value");
    RetryPolicy.Outcome outcome = compass.outcome(answer, request.dst());
    if (outcome != RetryPolicy.Outcome.SETTLED) {
      RetryPolicy.Next next = asked.attempts.after(outcome);
      compass.again(next, () -> send(request.type(), key, value, asked.operation, asked.attempts));
    } else if (request.type().equals(Message.PUT) && values.put(key, value) == null) {
      keys.add(key);
    }
  }

  private void send(
      String type, String key, String value, long operation, RetryPolicy.Attempts attempts) {
    Id replica = compass.next();
    if (replica == null) {
      return;
    }
    Id leader = compass.leader();
    String mid = RandomText.letters(random, 16);
    Message request =
        type.equals(Message.GET)
            ? Message.get(id, replica, leader, mid, key)
            : Message.put(id, replica, leader, mid, key, value);
    if (operation == 0) {
      pending.put(mid, new Pending(request, requests.send(request), attempts));
    } else {
      pending.put(mid, new Pending(request, operation, attempts));
      requests.sendAgain(request, operation);
    }
  }
}
