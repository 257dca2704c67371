package raftlab.run.action;

import com.google.gson.JsonObject;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Says nothing for a while, and then that replica 0000 leads. */
record LateLeaderNode(Host host, long afterMillis) implements Node {
  @Override
  public void start() {
    host.setTimer("word", afterMillis);
  }

  @Override
  public void receive(Message message) {
    // Nobody gets an answer.
  }

  @Override
  public void timeout(String timer) {
    host.send(Message.of(host.id(), Id.BROADCAST, Id.of(0), "word", null, new JsonObject()));
  }
}
