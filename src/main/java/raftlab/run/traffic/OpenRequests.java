package raftlab.run.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** Tracks the operations of clients that are not done yet. */
public final class OpenRequests {
  private final Map<String, Long> operations = new HashMap<>();
  private final TreeSet<Long> open = new TreeSet<>();
  private long done;

  /** Handles an event. */
  void onEvent(Event event) {
    if (event instanceof Event.Requested request) {
      if (!request.isAdministration()) {
        operations.put(request.mid(), request.operation());
        if (!request.retry()) {
          open.add(request.operation());
        }
      }
    } else if (event instanceof Event.Answered answer) {
      boolean settles = answer.type().equals(Message.OK) || answer.type().equals(Message.MISMATCH);
      Long operation = settles ? operations.get(answer.mid()) : null;
      if (operation != null && open.remove(operation)) {
        done++;
      }
    }
  }

  /** Ignores this operation: it is sent once, with any answer. */
  void ignore(long operation) {
    open.remove(operation);
  }

  /** Returns how many operations are done. */
  public long done() {
    return done;
  }

  /** Whether an operation with this number or a lower one is open. */
  public boolean isAnyOpen(long upToOperation) {
    return !open.isEmpty() && open.first() <= upToOperation;
  }

  /** Returns how many operations with this number or a lower one are open. */
  public int open(long upToOperation) {
    return open.headSet(upToOperation, true).size();
  }

  /** Returns the highest number of an open operation; 0 for none. */
  public long newest() {
    return open.isEmpty() ? 0 : open.last();
  }
}
