package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Clients of a simulated cluster, each with one request at a time. Values are unique, so the order
 * of the committed entries says for every value which ones are older.
 */
final class SimulatedClients {
  private static final int FIRST_ID = 100;

  private final class Client {
    final Id id;
    Id leader = Id.BROADCAST;
    Open open;

    Client(int number) {
      id = Id.of(FIRST_ID + number);
    }
  }

  /** A request under way; value is null for a get. */
  private record Open(
      Client client,
      String mid,
      SimulatedMachine to,
      String key,
      String value,
      long begun,
      int floor,
      int life) {}

  private final SimulatedCluster cluster;
  private final int keys;
  private final List<Client> clients = new ArrayList<>();
  private final Map<String, Open> byMid = new LinkedHashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> redirectedPuts = new HashSet<>();

  /**
   * For each key the committed place of the newest value that was acknowledged or read; -1 for
   * none.
   */
  private final Map<String, Integer> newest = new HashMap<>();

  private int numbers;
  private boolean stopped;
  double wandering;

  /** After this time without an answer a client gives up its request and sends the next one. */
  long timeoutMicros = 2_000 * SimulatedCluster.MILLI;

  long thinkTime = 20 * SimulatedCluster.MILLI;
  int oks;
  int redirects;
  int fails;
  int abandoned;
  final List<Long> latencies = new ArrayList<>();

  SimulatedClients(SimulatedCluster cluster, int count, int keys) {
    this.cluster = cluster;
    this.keys = keys;
    cluster.clientInbox = this::receive;
    for (int i = 0; i < count; i++) {
      Client client = new Client(i);
      clients.add(client);
      cluster.at(cluster.random.nextLong(1 + thinkTime), () -> next(client));
    }
  }

  void stop() {
    stopped = true;
  }

  /**
   * Unanswered requests to replicas that haven't crashed since: they must be answered some time.
   */
  List<String> outstanding() {
    return byMid.values().stream()
        .filter(open -> !answered.contains(open.mid()))
        .filter(open -> open.to().isUp() && open.to().life == open.life())
        .map(open -> open.mid() + " to replica " + open.to().number + " at " + open.begun())
        .toList();
  }

  private void next(Client client) {
    if (stopped || client.open != null) {
      return;
    }
    int number = numbers++;
    String key = "k" + cluster.random.nextInt(keys);
    boolean isPut = cluster.random.nextBoolean();
    // Now and then a client asks another replica: a deposed leader must be found by clients that
    // know
    // no better.
    boolean knowsLeader =
        !client.leader.isBroadcast()
            && machine(client.leader).isUp()
            && cluster.random.nextDouble() >= wandering;
    SimulatedMachine to =
        knowsLeader
            ? machine(client.leader)
            : cluster.machines.get(cluster.random.nextInt(cluster.machines.size()));
    String mid = "m" + number;
    Open open =
        new Open(
            client,
            mid,
            to,
            key,
            isPut ? "v" + number : null,
            cluster.now(),
            newest.getOrDefault(key, -1),
            to.life);
    client.open = open;
    byMid.put(mid, open);
    cluster.request(
        isPut
            ? Message.put(client.id, to.id(), client.leader, mid, key, open.value())
            : Message.get(client.id, to.id(), client.leader, mid, key));
    cluster.at(cluster.now() + timeoutMicros, () -> giveUp(open));
  }

  private SimulatedMachine machine(Id id) {
    return cluster.machines.get(id.value());
  }

  private void giveUp(Open open) {
    if (open.client().open == open && !stopped) {
      abandoned++;
      open.client().open = null;
      open.client().leader = Id.BROADCAST;
      next(open.client());
    }
  }

  private void receive(Message message) {
    Open open = byMid.get(message.mid());
    assertThat(open).as("an answer to a request").isNotNull();
    assertThat(answered.add(message.mid())).as("one answer to " + message.mid()).isTrue();
    assertThat(message.src()).isEqualTo(open.to().id());
    assertThat(message.dst()).isEqualTo(open.client().id);
    switch (message.type()) {
      case Message.OK -> ok(open, message);
      case Message.REDIRECT -> {
        redirects++;
        if (open.value() != null) {
          redirectedPuts.add(command(open));
        }
      }
      case Message.FAIL -> fails++;
      default -> throw new AssertionError(message);
    }
    Client client = open.client();
    if (client.open == open) {
      client.open = null;
      client.leader = message.leader();
      long pause = message.type().equals(Message.OK) ? cluster.random.nextLong(thinkTime + 1) : 0;
      cluster.at(cluster.now() + pause, () -> next(client));
    }
  }

  private static String command(Open open) {
    return "put " + open.key() + "=" + open.value();
  }

  private void ok(Open open, Message message) {
    oks++;
    latencies.add(cluster.now() - open.begun());
    int place;
    if (open.value() != null) {
      Integer committedAt = cluster.safety.committedAt.get(command(open));
      assertThat(committedAt).as("an acknowledged put is committed").isNotNull();
      place = committedAt;
    } else {
      String value = message.textOrNull("value");
      if (value.isEmpty()) {
        place = -1;
      } else {
        Integer committedAt = cluster.safety.committedAt.get("put " + open.key() + "=" + value);
        assertThat(committedAt).as("a value that was read is committed").isNotNull();
        place = committedAt;
      }
      assertThat(place)
          .as(
              "a get of "
                  + open.key()
                  + " returns nothing older than what was read or written before it began")
          .isGreaterThanOrEqualTo(open.floor());
    }
    newest.merge(open.key(), place, Math::max);
  }

  /** At the end: what was redirected was never executed. */
  void assertRedirectsWereHonest() {
    for (String command : redirectedPuts) {
      assertThat(cluster.safety.committedAt.containsKey(command))
          .as("redirected and yet executed: " + command)
          .isFalse();
    }
  }
}
