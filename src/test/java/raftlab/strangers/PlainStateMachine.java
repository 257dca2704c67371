package raftlab.strangers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What the committed entries make, and the requests that wait for an entry to be committed. */
final class PlainStateMachine {
  private final MessageWriter writer;
  private final Id self;
  private final Map<String, String> values = new HashMap<>();
  private final Map<Long, PlainLogEntry> waiting = new HashMap<>();

  PlainStateMachine(MessageWriter writer, Id self) {
    this.writer = writer;
    this.self = self;
  }

  /** This request is answered when the entry at this index is executed. */
  void expect(long index, PlainLogEntry request) {
    waiting.put(index, request);
  }

  /** The requests that are not answered yet; they are discarded. */
  List<PlainLogEntry> giveUp() {
    List<PlainLogEntry> all = List.copyOf(waiting.values());
    waiting.clear();
    return all;
  }

  void apply(PlainLogEntry entry) {
    if (entry.operation().equals(Message.PUT)) {
      values.put(entry.key(), entry.value());
    }
  }

  /** Applies an entry, and answers the request that waits for it. */
  void execute(long index, PlainLogEntry entry) {
    apply(entry);
    PlainLogEntry asked = waiting.remove(index);
    if (asked != null) {
      boolean get = asked.operation().equals(Message.GET);
      String value = get ? values.getOrDefault(asked.key(), "") : null;
      writer.answer(asked, Message.OK, self, value);
    }
  }
}
