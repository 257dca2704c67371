package raftlab.cluster.sim;

import java.util.ArrayList;
import java.util.List;
import raftlab.cluster.TimeQueue;

/** What has come to a machine whose replica stands still, in the order in which it came. */
final class PausedInbox {
  /** About what a socket's usual buffer of 208 KiB holds; what comes when it is full is lost. */
  static final int MOST_MESSAGES = 300;

  private final List<TimeQueue.Entry<SimEvent>> entries = new ArrayList<>();
  private int messages;

  void add(TimeQueue.Entry<SimEvent> entry) {
    if (entry.item() instanceof SimEvent.Arrival && ++messages > MOST_MESSAGES) {
      return;
    }
    entries.add(entry);
  }

  /** Takes all out, oldest first. */
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
