package raftlab.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * One client of the course: asks, follows redirects, tries again after a fail, and remembers what it put.
 *
 * <p>It takes the {@code leader} of every answer as its next destination; if that is unknown or dead, it turns to a
 * living replica at random. It never times out.
 */
final class Client {
  private final Id id;
  private final Requests requests;
  private final RandomGenerator random;
  private final Map<String, Message> pending = new HashMap<>();

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
    send(Message.GET, keys.get(random.nextInt(keys.size())), null, false);
  }

  /** Starts a put: half the time of a new key, half the time of one that it has put before. */
  void put() {
    if (keys.isEmpty() || random.nextBoolean()) {
      String key = Text.letters(random, 32);
      send(Message.PUT, key, Text.md5(key), false);
    } else {
      String key = keys.get(random.nextInt(keys.size()));
      send(Message.PUT, key, Text.md5(values.get(key)), false);
    }
  }

  /** An answer came. Answers to requests that it doesn't wait for are no concern of its. */
  void receive(Message answer) {
    Message request = pending.remove(answer.mid());
    if (request == null) {
      return;
    }
    leader = answer.leader();
    String key = request.text("key");
    String value = request.text("value");
    if (!answer.type().equals(Message.OK)) {
      send(request.type(), key, value, true);
    } else if (request.type().equals(Message.PUT) && values.put(key, value) == null) {
      keys.add(key);
    }
  }

  private void send(String type, String key, String value, boolean retry) {
    Id replica = requests.isReachable(leader) ? leader : requests.anyReachable(random);
    if (replica == null) {
      return;
    }
    String mid = Text.letters(random, 16);
    Message request =
        type.equals(Message.GET)
            ? Message.get(id, replica, leader, mid, key)
            : Message.put(id, replica, leader, mid, key, value);
    pending.put(mid, request);
    requests.send(request, retry);
  }
}
