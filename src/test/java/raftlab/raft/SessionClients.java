package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Clients of a simulated cluster that append to one key each within a session, and send what isn't
 * answered soon again under the same number: everything must happen once at most, and what was
 * acknowledged once.
 */
final class SessionClients {
  private static final int FIRST_ID = 200;
  private static final long PATIENCE = 150 * SimulatedCluster.MILLI;

  private final class Client {
    final Id id;
    final List<String> acknowledged = new ArrayList<>();
    final Set<String> openMids = new HashSet<>();
    Id leader = Id.BROADCAST;
    int seq = -1;
    int attempt;

    Client(int number) {
      id = Id.of(FIRST_ID + number);
    }

    String key() {
      return "s" + id;
    }

    String token() {
      return "<" + seq + ">";
    }
  }

  private final SimulatedCluster cluster;
  private final List<Client> clients = new ArrayList<>();
  private boolean stopped;
  int oks;
  int retries;

  SessionClients(SimulatedCluster cluster, int count) {
    this.cluster = cluster;
    for (int i = 0; i < count; i++) {
      Client client = new Client(i);
      clients.add(client);
      cluster.clientInboxes.put(client.id, message -> receive(client, message));
      cluster.at(cluster.random.nextLong(50 * SimulatedCluster.MILLI), () -> next(client));
    }
  }

  void stop() {
    stopped = true;
  }

  private void next(Client client) {
    client.openMids.clear();
    if (!stopped) {
      client.seq++;
      send(client);
    }
  }

  private void send(Client client) {
    boolean knows =
        !client.leader.isBroadcast() && cluster.machines.get(client.leader.value()).isUp();
    SimulatedMachine to =
        cluster.machines.get(
            knows ? client.leader.value() : cluster.random.nextInt(cluster.machines.size()));
    String mid = client.id + "-" + client.attempt++;
    JsonObject fields = new JsonObject();
    fields.addProperty("key", client.key());
    fields.addProperty("value", client.token());
    fields.addProperty("client", "session" + client.id);
    fields.addProperty("seq", client.seq);
    client.openMids.add(mid);
    cluster.request(Message.of(client.id, to.id(), client.leader, Message.APPEND, mid, fields));
    cluster.at(
        cluster.now() + PATIENCE,
        () -> {
          // The attempt before may still be under way, and answered.
          if (client.openMids.contains(mid) && !stopped) {
            retries++;
            client.leader = Id.BROADCAST;
            send(client);
          }
        });
  }

  private void receive(Client client, Message message) {
    if (!client.openMids.contains(message.mid())) {
      return;
    }
    client.leader = message.leader();
    if (message.type().equals(Message.OK)) {
      oks++;
      client.acknowledged.add(client.token());
      client.openMids.clear();
      cluster.at(
          cluster.now() + cluster.random.nextLong(40 * SimulatedCluster.MILLI), () -> next(client));
    } else if (!stopped) {
      client.openMids.remove(message.mid());
      if (client.openMids.isEmpty()) {
        cluster.at(cluster.now() + SimulatedCluster.MILLI, () -> send(client));
      }
    }
  }

  /** At the end, when all is answered: what this replica's state machine has. */
  void assertOnceEach(SimulatedMachine machine) {
    for (Client client : clients) {
      String value = machine.valueOf(client.key());
      for (int seq = 0; seq <= client.seq; seq++) {
        String token = "<" + seq + ">";
        int first = value.indexOf(token);
        assertThat(value.indexOf(token, first + 1))
            .as(client.key() + " has " + token + " twice: " + value)
            .isNegative();
        if (client.acknowledged.contains(token)) {
          assertThat(first).as(client.key() + " lacks " + token).isNotNegative();
        }
      }
    }
  }
}
