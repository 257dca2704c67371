package raftlab.raft;

import com.google.gson.JsonObject;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** The answers to clients. Each names the leader, for a client turns to that one next. */
final class ClientReplies {
  private final Replica replica;

  ClientReplies(Replica replica) {
    this.replica = replica;
  }

  /** The read's answer. */
  void value(ClientRequest.Get request, String value) {
    JsonObject fields = fields();
    fields.addProperty("value", value);
    send(request.client(), request.mid(), Message.OK, replica.roles.leader(), fields);
  }

  /** What became of the write. */
  void outcome(Id client, String mid, CommandResult outcome) {
    if (outcome instanceof CommandResult.Mismatch mismatch) {
      JsonObject fields = fields();
      fields.addProperty("value", mismatch.value());
      send(client, mid, Message.MISMATCH, replica.roles.leader(), fields);
    } else if (outcome instanceof CommandResult.Refused refused) {
      fail(client, mid, refused.reason());
    } else {
      done(client, mid);
    }
  }

  /** What was asked for is done. */
  void done(Id client, String mid) {
    send(client, mid, Message.OK, replica.roles.leader(), fields());
  }

  /** Not done now; of a write nobody knows whether it will be. The reason is for people. */
  void fail(Id client, String mid, String reason) {
    JsonObject fields = fields();
    fields.addProperty("reason", reason);
    send(client, mid, Message.FAIL, replica.roles.leader(), fields);
  }

  /**
   * Will never be done: to be asked again of this replica, or of any if it is {@link Id#BROADCAST}.
   */
  void redirect(Id client, String mid, Id leader) {
    send(client, mid, Message.REDIRECT, leader, fields());
  }

  private JsonObject fields() {
    JsonObject fields = new JsonObject();
    fields.addProperty("term", replica.currentTerm());
    return fields;
  }

  private void send(Id client, String mid, String type, Id leader, JsonObject fields) {
    replica.host.send(Message.of(replica.peers.self(), client, leader, type, mid, fields));
  }
}
