package raftlab.run.swarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import raftlab.node.ForwardingHost;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Replicas that do nothing wrong, but don't get on. */
final class StuckReplicas {
  private static final Id ODD_ONE = Id.of(2);

  private StuckReplicas() {}

  private static RaftSettings impatient(int least, int most) {
    return RaftSettings.DEFAULT
        .without(Setting.PRE_VOTE)
        .without(Setting.CHECK_QUORUM)
        .without(Setting.LEASE)
        .with(Setting.HEARTBEAT, least / 4)
        .with(Setting.ELECTION_TIMEOUT_MIN, least)
        .with(Setting.ELECTION_TIMEOUT_MAX, most)
        .with(Setting.FIRST_TIMEOUT_MIN, least)
        .with(Setting.FIRST_TIMEOUT_MAX, most);
  }

  /** All have the same election timeout, so that all stand at the same time. */
  static NodeFactory withEqualTimeouts() {
    return host -> new RaftNode(host, impatient(300, 301));
  }

  /** Followers time out before the next heartbeat of the leader. */
  static NodeFactory withSlowHeartbeats() {
    return host -> {
      Map<Id, Long> last = new HashMap<>();
      return new RaftNode(
          new ForwardingHost(host) {
            @Override
            public void send(Message message) {
              long now = delegate.nowMillis();
              boolean isHeartbeat = message.type().equals("appendEntries") && entries(message) == 0;
              if (!isHeartbeat || now - last.getOrDefault(message.dst(), -5_000L) >= 2_000) {
                last.put(message.dst(), isHeartbeat ? now : -5_000);
                delegate.send(message);
              }
            }
          },
          impatient(150, 300));
    };
  }

  /** Each entry is sent to each follower once, even if it is lost. */
  static NodeFactory neverSendingAgain() {
    return host -> {
      Map<String, Long> sent = new HashMap<>();
      return new RaftNode(
          new ForwardingHost(host) {
            @Override
            public void send(Message message) {
              boolean isAppend = message.type().equals("appendEntries");
              delegate.send(isAppend && !isNew(message, sent) ? with(message, "entries") : message);
            }
          });
    };
  }

  private static int entries(Message append) {
    return append.fields().getAsJsonArray("entries").size();
  }

  private static boolean isNew(Message append, Map<String, Long> sent) {
    String link = append.fields().get("term") + " to " + append.dst();
    long before = append.fields().get("prevLogIndex").getAsLong();
    if (entries(append) > 0 && before < sent.getOrDefault(link, 0L)) {
      return false;
    }
    sent.merge(link, before + entries(append), Math::max);
    return true;
  }

  /** The same message, but with an empty list, or 0, in this field. */
  private static Message with(Message message, String emptied) {
    JsonObject fields = message.fields().deepCopy();
    fields.add(emptied, fields.get(emptied).isJsonArray() ? new JsonArray() : new JsonPrimitive(0));
    return Message.of(
        message.src(), message.dst(), message.leader(), message.type(), message.mid(), fields);
  }

  /**
   * Each message resets the election timeout; one replica is eager and never receives from a
   * leader.
   */
  static NodeFactory silencedByAnybody() {
    return host ->
        host.id().equals(ODD_ONE)
            ? receivingOnly(
                new RaftNode(host, impatient(50, 60)),
                message -> !message.type().equals("appendEntries"))
            : new SilencedNode(host, new RaftNode(host, impatient(385, 600)));
  }

  /** A node that starts no election soon after any message of a replica. */
  private static final class SilencedNode implements Node {
    private static final long QUIET_MILLIS = 300;

    private final Host host;
    private final Node node;
    private long heardMillis = -QUIET_MILLIS;

    SilencedNode(Host host, Node node) {
      this.host = host;
      this.node = node;
    }

    @Override
    public void start() {
      node.start();
    }

    @Override
    public void receive(Message message) {
      if (message.type().equals("requestVote")) {
        heardMillis = host.nowMillis();
        return; // its log is longer: it refuses, without a word
      }
      node.receive(message);
    }

    @Override
    public void timeout(String timer) {
      if (timer.equals("election") && host.nowMillis() < heardMillis + QUIET_MILLIS) {
        host.setTimer(timer, QUIET_MILLIS);
      } else {
        node.timeout(timer);
      }
    }
  }

  /** One rejects everything that the leader sends it. */
  static NodeFactory rejectingForEver() {
    return host ->
        host.id().equals(ODD_ONE)
            ? new RaftNode(
                new ForwardingHost(host) {
                  @Override
                  public void send(Message message) {
                    delegate.send(rejected(message));
                  }
                })
            : new RaftNode(host);
  }

  private static Message rejected(Message message) {
    if (!message.type().equals("appendReply")) {
      return message;
    }
    JsonObject fields = message.fields().deepCopy();
    fields.add("success", new JsonPrimitive(false));
    fields.remove("matchIndex");
    fields.addProperty("conflictTerm", 0);
    fields.addProperty("conflictIndex", 1);
    return Message.of(message.src(), message.dst(), message.leader(), message.type(), null, fields);
  }

  /** Once it was killed, it stores all that it gets, and never learns what of it is committed. */
  static NodeFactory learningNothing() {
    return host -> {
      boolean again = !host.storage().load().isEmpty();
      Node node = new RaftNode(host);
      return !again
          ? node
          : receivingOnly(
              node,
              message -> {
                boolean isAppend = message.type().equals("appendEntries");
                if (isAppend) {
                  node.receive(with(message, "leaderCommit"));
                }
                return !isAppend;
              });
    };
  }

  /** A leader takes no notice of clients. */
  static NodeFactory ignoringClients() {
    return host -> {
      boolean[] leads = {false};
      Host between =
          new ForwardingHost(host) {
            @Override
            public void send(Message message) {
              leads[0] = message.leader().equals(delegate.id());
              delegate.send(message);
            }
          };
      return receivingOnly(new RaftNode(between), message -> !leads[0] || !(isRequest(message)));
    };
  }

  /** Even the leader sends clients away, to the next. */
  static NodeFactory redirectingAllClients() {
    return host ->
        receivingOnly(
            new RaftNode(host),
            message -> {
              if (isRequest(message)) {
                Id next = host.others().get(0);
                host.send(
                    Message.of(
                        host.id(),
                        message.src(),
                        next,
                        Message.REDIRECT,
                        message.mid(),
                        new JsonObject()));
              }
              return !isRequest(message);
            });
  }

  private static boolean isRequest(Message message) {
    return message.type().equals(Message.GET) || message.type().equals(Message.PUT);
  }

  /** Whether the node gets a message is decided before. */
  private static Node receivingOnly(Node node, Predicate<Message> accepted) {
    return new Node() {
      @Override
      public void start() {
        node.start();
      }

      @Override
      public void receive(Message message) {
        if (accepted.test(message)) {
          node.receive(message);
        }
      }

      @Override
      public void timeout(String timer) {
        node.timeout(timer);
      }
    };
  }
}
