package raftlab.raft;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** The replies to clients. Each names the leader, to which the client turns next (§8). */
final class ClientReplies {
  private final Replica replica;

  ClientReplies(Replica replica) {
    this.replica = replica;
  }

  /** The value that a read asked for. */
  void value(ClientRequest.Get request, String value) {
    JsonObject fields = fields();
    fields.addProperty("value", value);
    send(request.client(), request.mid(), Message.OK, replica.roles.leader(), fields);
  }

  /** The result of a write. */
  void result(Id client, String mid, CommandResult result) {
    if (result instanceof CommandResult.Mismatch mismatch) {
      JsonObject fields = fields();
      fields.addProperty("value", mismatch.value());
      send(client, mid, Message.MISMATCH, replica.roles.leader(), fields);
    } else if (result instanceof CommandResult.Refused refused) {
      fail(client, mid, refused.reason());
    } else {
      done(client, mid);
    }
  }

  /** The request was executed. */
  void done(Id client, String mid) {
    send(client, mid, Message.OK, replica.roles.leader(), fields());
  }

  /** The request was not executed; a write may still be. The reason is for people. */
  void fail(Id client, String mid, String reason) {
    JsonObject fields = fields();
    fields.addProperty("reason", reason);
    send(client, mid, Message.FAIL, replica.roles.leader(), fields);
  }

  /**
   * This replica will never execute the request: the client must send it to the leader.
   *
   * @param leader null if it is unknown; then the client may try any other replica
   */
  void redirect(Id client, String mid, @Nullable Id leader) {
    send(client, mid, Message.REDIRECT, leader, fields());
  }

  private JsonObject fields() {
    JsonObject fields = new JsonObject();
    fields.addProperty("term", replica.currentTerm());
    return fields;
  }

  private void send(Id client, String mid, String type, @Nullable Id leader, JsonObject fields) {
    Id leaderField = MessageCodec.orBroadcast(leader);
    replica.host.send(Message.of(replica.peers.self(), client, leaderField, type, mid, fields));
  }
}
