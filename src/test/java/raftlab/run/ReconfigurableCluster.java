package raftlab.run;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import raftlab.cluster.sim.SimWorld;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A cluster with membership changes, without any protocol: the running replica with the lowest ID
 * leads, or the target of a transfer. All replicas share their state, which real ones can't, but a
 * majority of them receives a write before it is acknowledged; each has its own storage.
 */
public final class ReconfigurableCluster {
  /** A key to which nothing can be written. */
  public static final String REFUSED = "refused";

  private static final String PULSE = "pulse";
  private static final String REPLICATE = "replicate";
  private static final String REPLICATED = "replicated";

  /** How often a request for a change is answered with fail before it is done. */
  private final int failsFirst;

  /** Whether a change is ever done. */
  private final boolean willing;

  private final List<Id> members = new ArrayList<>();

  /** When each replica's timer rang last, in milliseconds. */
  private final Map<Id, Long> seen = new TreeMap<>();

  private final Map<String, String> store = new TreeMap<>();
  private Id chosen;
  private int fails;

  private ReconfigurableCluster(int failsFirst, boolean willing) {
    this.failsFirst = failsFirst;
    this.willing = willing;
  }

  /** A world whose replicas change as requested, after the given number of refusals. */
  public static SimWorld world(int failsFirst) {
    return worldOf(failsFirst, true);
  }

  /** A world whose replicas don't answer requests for a change. */
  public static SimWorld ignoringChanges() {
    return worldOf(0, false);
  }

  private static SimWorld worldOf(int failsFirst, boolean willing) {
    // A cluster begins with replica 0000.
    ReconfigurableCluster[] present = new ReconfigurableCluster[1];
    return new SimWorld(
        host -> {
          boolean first =
              host.id().value() == 0 && !host.isJoining() && host.storage().load().isEmpty();
          if (first || present[0] == null) {
            present[0] = new ReconfigurableCluster(failsFirst, willing);
            present[0].members.add(host.id());
            present[0].members.addAll(host.others());
          }
          return present[0].new Replica(host);
        });
  }

  private final class Replica implements Node {
    private final Host host;

    /** The writes that it has sent to the others, by MID, and how many answers each still needs. */
    private final Map<String, Integer> missing = new TreeMap<>();

    private final Map<String, Message> writes = new TreeMap<>();

    Replica(Host host) {
      this.host = host;
    }

    @Override
    public void start() {
      int found = host.storage().load().size();
      if (found > 0) {
        host.report(new StateChange.Restored(found, host.id(), 0, 4, 1));
      }
      host.storage().append("started".getBytes(StandardCharsets.UTF_8));
      host.report(new StateChange.MembersChanged(0, members, List.of()));
      host.setTimer(PULSE, 10);
    }

    @Override
    public void timeout(String timer) {
      say(Id.BROADCAST, "pulse", null, new JsonObject());
      host.setTimer(PULSE, 100);
      seen.put(host.id(), host.nowMillis());
    }

    private void say(Id to, String type, String mid, JsonObject fields) {
      host.send(Message.of(host.id(), to, leader(host.nowMillis()), type, mid, fields));
    }

    @Override
    public void receive(Message message) {
      JsonObject fields = new JsonObject();
      if (message.mid() == null) {
        receiveFromReplica(message, fields);
        return;
      }
      if (!host.id().equals(leader(host.nowMillis()))) {
        say(message.src(), Message.REDIRECT, message.mid(), fields);
        return;
      }
      switch (message.type()) {
        case Message.GET -> {
          fields.addProperty("value", store.getOrDefault(message.textOrNull("key"), ""));
          say(message.src(), Message.OK, message.mid(), fields);
        }
        case Message.PUT, Message.APPEND, Message.CAS -> write(message, fields);
        default -> change(message, fields);
      }
    }

    private void write(Message message, JsonObject fields) {
      String key = message.textOrNull("key");
      if (key.equals(REFUSED)) {
        fields.addProperty("reason", "this key is read-only");
        say(message.src(), Message.FAIL, message.mid(), fields);
        return;
      }
      String present = store.getOrDefault(key, "");
      String value = message.textOrNull("value");
      if (message.type().equals(Message.CAS) && !present.equals(message.textOrNull("expect"))) {
        fields.addProperty("value", present);
        say(message.src(), Message.MISMATCH, message.mid(), fields);
        return;
      }
      store.put(key, message.type().equals(Message.APPEND) ? present + value : value);
      missing.put(message.mid(), members.size() / 2);
      writes.put(message.mid(), message);
      acknowledge(message.mid());
      if (writes.containsKey(message.mid())) {
        fields.addProperty("of", message.mid());
        say(Id.BROADCAST, REPLICATE, null, fields);
      }
    }

    /** Handles a message of another replica. */
    private void receiveFromReplica(Message message, JsonObject fields) {
      String mid = message.textOrNull("of");
      if (message.type().equals(REPLICATE)) {
        fields.addProperty("of", mid);
        say(message.src(), REPLICATED, null, fields);
      } else if (message.type().equals(REPLICATED)
          && missing.computeIfPresent(mid, (m, n) -> n - 1) != null) {
        acknowledge(mid);
      }
    }

    private void acknowledge(String mid) {
      if (missing.get(mid) <= 0) {
        missing.remove(mid);
        say(writes.remove(mid).src(), Message.OK, mid, new JsonObject());
      }
    }

    private void change(Message message, JsonObject fields) {
      if (!willing) {
        return;
      }
      if (fails++ < failsFirst) {
        fields.addProperty("reason", "another change of members is under way");
        say(message.src(), Message.FAIL, message.mid(), fields);
        return;
      }
      String named = message.textOrNull("replica");
      switch (message.type()) {
        case Message.ADD -> members.add(Id.parse(named));
        case Message.REMOVE -> members.remove(Id.parse(named));
        default -> chosen = named == null ? other() : Id.parse(named);
      }
      host.report(new StateChange.MembersChanged(7, members, List.of()));
      say(message.src(), Message.OK, message.mid(), fields);
    }

    private Id other() {
      return members.stream().filter(id -> !id.equals(host.id())).findFirst().orElseThrow();
    }
  }

  private Id leader(long now) {
    if (chosen != null && isRunning(chosen, now)) {
      return chosen;
    }
    return members.stream()
        .filter(id -> isRunning(id, now))
        .sorted()
        .findFirst()
        .orElse(Id.BROADCAST);
  }

  private boolean isRunning(Id id, long now) {
    return members.contains(id) && now - seen.getOrDefault(id, -1_000L) < 300;
  }
}
