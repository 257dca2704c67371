package raftlab.run.shrink;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Wrong: the first replica keeps its state in memory only, and loses it at a restart. */
final class ForgetfulNode implements Node {
  private static final Id KEEPER = Id.of(0);

  private final Host host;
  private final Map<String, String> values = new HashMap<>();

  ForgetfulNode(Host host) {
    this.host = host;
  }

  @Override
  public void start() {
    host.send(Message.of(host.id(), Id.BROADCAST, KEEPER, "here", null, new JsonObject()));
  }

  @Override
  public void receive(Message message) {
    if (message.mid() == null) {
      return;
    }
    JsonObject fields = new JsonObject();
    boolean keeps = host.id().equals(KEEPER);
    if (keeps && message.type().equals(Message.PUT)) {
      values.put(message.textOrNull("key"), message.textOrNull("value"));
    } else if (keeps) {
      fields.addProperty("value", values.getOrDefault(message.textOrNull("key"), ""));
    }
    String type = keeps ? Message.OK : Message.REDIRECT;
    host.send(Message.of(host.id(), message.src(), KEEPER, type, message.mid(), fields));
  }

  @Override
  public void timeout(String timer) {
    throw new IllegalStateException("no timer was set");
  }
}
