package raftlab.cluster.sim;

import com.google.gson.JsonObject;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.StateChange.TermChanged;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A node that reports what it does: how many records it finds as its term when it starts, and the
 * time of its clock as its term at each step. A message {@code three} stores two records and sends
 * three messages, {@code in N} sets the timer {@code N} to come after N ms, and any other one is
 * sent back, as each timer's name is.
 */
record ReportingNode(Host host) implements Node {
  @Override
  public void start() {
    host.report(new TermChanged(host.storage().load().size()));
  }

  @Override
  public void receive(Message message) {
    host.report(new TermChanged(host.nowMillis()));
    if (message.type().startsWith("in ")) {
      String millis = message.type().substring(3);
      host.setTimer(millis, Long.parseLong(millis));
    } else if (message.type().equals("three")) {
      host.storage().append(new byte[] {1, 2, 3});
      host.storage().append(new byte[100]);
      host.send(message("1 of 3"));
      host.send(message("2 of 3"));
      host.send(message("3 of 3"));
    } else {
      host.send(message(message.type()));
    }
  }

  @Override
  public void timeout(String timer) {
    host.report(new TermChanged(host.nowMillis()));
    host.send(message(timer));
  }

  /** From any replica to any replica. */
  static Message message(String type) {
    return Message.of(Id.of(2), Id.BROADCAST, Id.BROADCAST, type, null, new JsonObject());
  }
}
