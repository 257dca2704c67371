package raftlab.cluster.sim;

import java.util.ArrayList;
import java.util.List;
import raftlab.cluster.TimeQueue;

/** The messages that arrived at a machine while its replica was paused, in order. */
final class PausedInbox {
  /** About the number that a socket's usual buffer of 208 KiB holds; later messages are lost. */
  static final int MAX_MESSAGES = 300;

  private final List<TimeQueue.Entry<SimEvent>> entries = new ArrayList<>();
  private int messages;

  void add(TimeQueue.Entry<SimEvent> entry) {
    if (entry.item() instanceof SimEvent.Arrival && ++messages > MAX_MESSAGES) {
      return;
    }
    entries.add(entry);
  }

  /** Removes and returns all, oldest first. */
  List<TimeQueue.Entry<SimEvent>> takeAll() {
    List<TimeQueue.Entry<SimEvent>> all = List.copyOf(entries);
    clear();
    return all;
  }

  void clear() {
    entries.clear();
    messages = 0;
  }
}
