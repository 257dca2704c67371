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
 * <p>It takes the {@code leader} of every answer as its next destination; if that is unknown or
 * dead, it turns to a living replica at random. It never times out.
 *
 * <p>It tries again at once, as in the course; but after {@link #EAGER_TRIES} tries of the same
 * request it waits a little longer each time, so that a client that is sent in circles doesn't take
 * the machine from everybody else.
 */
final class Client {
  private static final int EAGER_TRIES = 20;
  private static final long FIRST_WAIT_MICROS = 1_000;
  private static final long LONGEST_WAIT_MICROS = 64_000;

  /** A request on its way: what was asked, for which operation, and how often before. */
  private record Pending(Message request, long operation, int tries) {}

  private final Id id;
  private final Requests requests;
  private final RandomGenerator random;
  private final Map<String, Pending> pending = new HashMap<>();

  /** The keys that it has put, in order of their first success. */
  private final List<String> keys = new ArrayList<>();

  /** The last value of each of them that was acknowledged. */
  private final Map<String, String> values = new HashMap<>();

  private Id leader = Id.BROADCAST;

  Client(Id id, Requests requests, RandomGenerator random) {
    this.id = id;
    this.requests = requests;
    this.random = random;
  }

  /** Starts a get of a key that it has put; a put if there is none. */
  void get() {
    if (keys.isEmpty()) {
      requests.getNotGenerated(id);
      put();
      return;
    }
    send(Message.GET, keys.get(random.nextInt(keys.size())), null, 0, 0);
  }

  /** Starts a put: half the time of a new key, half the time of one that it has put before. */
  void put() {
    if (keys.isEmpty() || random.nextBoolean()) {
      String key = Text.letters(random, 32);
      send(Message.PUT, key, Text.md5(key), 0, 0);
    } else {
      String key = keys.get(random.nextInt(keys.size()));
      send(Message.PUT, key, Text.md5(values.get(key)), 0, 0);
    }
  }

  /** An answer came. Answers to requests that it doesn't wait for are no concern of its. */
  void receive(Message answer) {
    Pending asked = pending.remove(answer.mid());
    if (asked == null) {
      return;
    }
    Message request = asked.request;
    leader = answer.leader();
    String key = request.text("key");
    String value = request.text("value");
    if (!answer.type().equals(Message.OK)) {
      sendAgain(request.type(), key, value, asked.operation, asked.tries + 1);
    } else if (request.type().equals(Message.PUT) && values.put(key, value) == null) {
      keys.add(key);
    }
  }

  private void sendAgain(String type, String key, String value, long operation, int tries) {
    if (tries <= EAGER_TRIES) {
      send(type, key, value, operation, tries);
    } else {
      int doublings = Math.min(tries - EAGER_TRIES - 1, 16);
      long wait = Math.min(FIRST_WAIT_MICROS << doublings, LONGEST_WAIT_MICROS);
      requests.later(wait, () -> send(type, key, value, operation, tries));
    }
  }

  private void send(String type, String key, String value, long operation, int tries) {
    Id replica = requests.isReachable(leader) ? leader : requests.anyReachable(random);
    if (replica == null) {
      return;
    }
    String mid = Text.letters(random, 16);
    Message request =
        type.equals(Message.GET)
            ? Message.get(id, replica, leader, mid, key)
            : Message.put(id, replica, leader, mid, key, value);
    if (tries == 0) {
      pending.put(mid, new Pending(request, requests.send(request), 0));
    } else {
      pending.put(mid, new Pending(request, operation, tries));
      requests.sendAgain(request, operation);
    }
  }
}
