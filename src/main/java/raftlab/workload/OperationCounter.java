package raftlab.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Counts operations of clients: how many began and how many are done. */
public final class OperationCounter {
  private final List<Consumer<ClientOperation>> onDone = new ArrayList<>();
  private final TreeSet<Long> outstanding = new TreeSet<>();
  private long began;
  private long done;

  /** Returns how many operations began, which means that at least one request was sent. */
  public long began() {
    return began;
  }

  /** Returns how many were answered with ok or mismatch. */
  public long done() {
    return done;
  }

  /** Returns a copy of the numbers of the operations that began and are not over, ascending. */
  public List<Long> outstanding() {
    return List.copyOf(outstanding);
  }

  /** Calls the action with each later operation that is done, after it was counted. */
  public void onDone(Consumer<ClientOperation> action) {
    onDone.add(action);
  }

  void began(ClientOperation operation) {
    began++;
    outstanding.add(operation.number());
  }

  void ended(ClientOperation operation) {
    outstanding.remove(operation.number());
    if (operation.isDone()) {
      done++;
      List.copyOf(onDone).forEach(action -> action.accept(operation));
    }
  }
}
