package raftlab.cluster.sim;

import java.util.ArrayList;
import java.util.List;

/** What has come to a machine whose replica stands still, in the order in which it came. */
final class PausedInbox {
  /** About what a socket's usual buffer of 208 KiB holds; what comes when it is full is lost. */
  static final int MOST_MESSAGES = 300;

  private final List<Agenda.Entry> entries = new ArrayList<>();
  private int messages;

  void add(Agenda.Entry entry) {
    if (entry.event() instanceof SimEvent.Arrival && ++messages > MOST_MESSAGES) {
      return;
    }
    entries.add(entry);
  }

  /** Takes all out, oldest first. */
  List<Agenda.Entry> takeAll() {
    List<Agenda.Entry> all = List.copyOf(entries);
    clear();
    return all;
  }

  void clear() {
    entries.clear();
    messages = 0;
  }
}
