package raftlab.run.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** What clients have asked for, want still, and have not got yet. */
public final class OpenRequests {
  private final Map<String, Long> operations = new HashMap<>();
  private final TreeSet<Long> open = new TreeSet<>();
  private long done;

  /** Takes note of an event. */
  void see(Event event) {
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

  /** Nobody waits for this operation: it is asked for once, whatever the answer. */
  void ignore(long operation) {
    open.remove(operation);
  }

  /** How much was done so far. */
  public long done() {
    return done;
  }

  /** Whether any is open that is not newer than this one. */
  public boolean isAnyOpen(long upToOperation) {
    return !open.isEmpty() && open.first() <= upToOperation;
  }

  /** How many are open that are not newer than this one. */
  public int open(long upToOperation) {
    return open.headSet(upToOperation, true).size();
  }

  /** The greatest number of an operation that is open; 0 if none is. */
  public long newest() {
    return open.isEmpty() ? 0 : open.last();
  }
}
