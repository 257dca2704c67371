package raftlab.run.lab;

import com.google.gson.JsonObject;
import java.util.List;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A put makes it send a message, whose type is the value, to the replica that the key names, and
 * then answer ok. Whatever else it gets it notes, as it came.
 *
 * @param received what all of them note: the replica's ID, and the message
 */
record MessageSendingNode(Host host, List<String> received) implements Node {
  @Override
  public void start() {
    // It sends only on request.
  }

  @Override
  public void receive(Message message) {
    if (message.type().equals(Message.PUT)) {
      Id to = Id.parse(message.textOrNull("key"));
      send(to, message.textOrNull("value"), null);
      send(message.src(), Message.OK, message.mid());
    } else {
      received.add(host.id() + " " + message);
    }
  }

  private void send(Id to, String type, String mid) {
    host.send(Message.of(host.id(), to, Id.BROADCAST, type, mid, new JsonObject()));
  }

  @Override
  public void timeout(String timer) {
    throw new IllegalStateException("no timer was set");
  }
}
