package raftlab.run.swarm;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.UnaryOperator;
import raftlab.node.ForwardingHost;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.node.StateChange;
import raftlab.node.Storage;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;
import raftlab.raft.Setting;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Replicas that are the reference replica but for one mistake. */
final class WrongReplicas {
  private WrongReplicas() {}

  /** Answers reads without making sure that it still leads. */
  static NodeFactory readingWithoutQuorum() {
    RaftSettings settings = RaftSettings.DEFAULT.without(Setting.READ_INDEX).without(Setting.LEASE);
    return host -> new RaftNode(host, settings);
  }

  /** The lease of some is longer than the time after which others elect another leader. */
  static NodeFactory withTooLongLease() {
    RaftSettings longTimeout =
        RaftSettings.DEFAULT
            .with(Setting.ELECTION_TIMEOUT_MIN, 4_000)
            .with(Setting.ELECTION_TIMEOUT_MAX, 5_000)
            .with(Setting.LEASE_TIME, 3_500);
    return host -> host.id().value() == 0 ? new RaftNode(host, longTimeout) : new RaftNode(host);
  }

  /** Grants its vote to every candidate. */
  static NodeFactory votingForAllCandidates() {
    return sending(
        message -> {
          if (!message.type().equals("voteReply")) {
            return message;
          }
          JsonObject fields = message.fields().deepCopy();
          fields.add("granted", new JsonPrimitive(true));
          return with(message, fields);
        });
  }

  /** Claims to have an entry more than it has. */
  static NodeFactory claimingExtraEntry() {
    return sending(
        message -> {
          if (!message.type().equals("appendReply") || !message.fields().has("matchIndex")) {
            return message;
          }
          JsonObject fields = message.fields().deepCopy();
          fields.addProperty("matchIndex", fields.get("matchIndex").getAsLong() + 1);
          return with(message, fields);
        });
  }

  /** Answers a put with ok as soon as it receives it. */
  static NodeFactory acknowledgingEarly() {
    return host ->
        receiving(
            new RaftNode(host),
            message -> {
              if (message.type().equals(Message.PUT)) {
                Id leader = message.dst();
                host.send(
                    Message.of(
                        host.id(), message.src(), leader, "ok", message.mid(), new JsonObject()));
              }
              return message;
            });
  }

  /** Executes a repeated write again, even if its client's session contains it. */
  static NodeFactory losingSessions() {
    return host ->
        receiving(
            new RaftNode(host),
            message -> {
              if (!message.fields().has("seq")) {
                return message;
              }
              JsonObject fields = message.fields().deepCopy();
              fields.remove("client");
              fields.remove("seq");
              return with(message, fields);
            });
  }

  /** Stores nothing, so its vote and its log are lost at a restart. */
  static NodeFactory storingNothing() {
    return host ->
        new RaftNode(
            new ForwardingHost(host) {
              @Override
              public Storage storage() {
                return new Storage() {
                  @Override
                  public List<byte[]> load() {
                    return List.of();
                  }

                  @Override
                  public void append(byte[] record) {}

                  @Override
                  public void replace(List<byte[]> records) {}
                };
              }
            });
  }

  /** Sends nothing after a restart. */
  static NodeFactory silentAfterRestart() {
    return host -> {
      boolean again = !host.storage().load().isEmpty();
      return new RaftNode(
          new ForwardingHost(host) {
            @Override
            public void send(Message message) {
              if (!again || message.type().equals(Message.HELLO)) {
                delegate.send(message);
              }
            }

            @Override
            public void report(StateChange change) {}
          });
    };
  }

  /** Breaks down over a key with a line break in it. */
  static NodeFactory failingOnUnusualKey() {
    return host ->
        receiving(
            new RaftNode(host),
            message -> {
              String key = message.textOrNull("key");
              if (key != null && key.contains("\n")) {
                throw new IllegalStateException("a line break in a key");
              }
              return message;
            });
  }

  private static NodeFactory sending(UnaryOperator<Message> change) {
    return host ->
        new RaftNode(
            new ForwardingHost(host) {
              @Override
              public void send(Message message) {
                delegate.send(change.apply(message));
              }
            });
  }

  private static Node receiving(Node node, UnaryOperator<Message> change) {
    return new Node() {
      @Override
      public void start() {
        node.start();
      }

      @Override
      public void receive(Message message) {
        node.receive(change.apply(message));
      }

      @Override
      public void timeout(String timer) {
        node.timeout(timer);
      }
    };
  }

  private static Message with(Message message, JsonObject fields) {
    return Message.of(
        message.src(), message.dst(), message.leader(), message.type(), message.mid(), fields);
  }
}
