package raftlab.workload;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Passes each answer to the client that it is for. */
public final class ReplyDispatcher {
  private final Map<Id, Consumer<Message>> receivers = new TreeMap<>();

  /** Passes later answers for these clients to {@code receiver}. */
  public void add(Collection<Id> clients, Consumer<Message> receiver) {
    clients.forEach(client -> receivers.put(client, receiver));
  }

  /** Passes an answer on; drops it if its client isn't registered. */
  public void receive(Message answer) {
    Consumer<Message> receiver = receivers.get(answer.dst());
    if (receiver != null) {
      receiver.accept(answer);
    }
  }
}
