package raftlab.workload;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Hands each answer to whom it is for, where clients of several kinds ask in one run. */
public final class ReplyDispatcher {
  private final Map<Id, Consumer<Message>> receivers = new TreeMap<>();

  /** From now on answers to these clients go to {@code receiver}. */
  public void add(Collection<Id> clients, Consumer<Message> receiver) {
    clients.forEach(client -> receivers.put(client, receiver));
  }

  /** Hands over an answer; one to a client that nobody speaks for is lost. */
  public void receive(Message answer) {
    Consumer<Message> receiver = receivers.get(answer.dst());
    if (receiver != null) {
      receiver.accept(answer);
    }
  }
}
