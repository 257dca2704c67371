package raftlab.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Counts the operations of some clients: those that began, those that are done. */
public final class OperationCounter {
  private final List<Consumer<ClientOperation>> onDone = new ArrayList<>();
  private final TreeSet<Long> outstanding = new TreeSet<>();
  private long began;
  private long done;

  /** How many operations began: at least one request for each was sent. */
  public long began() {
    return began;
  }

  /** How many were answered with ok or mismatch. */
  public long done() {
    return done;
  }

  /** The numbers of those that began and aren't over, ascending; what follows doesn't change it. */
  public List<Long> outstanding() {
    return List.copyOf(outstanding);
  }

  /** From now on this is called with each operation that is done, after it was counted. */
  public void onDone(Consumer<ClientOperation> action) {
    onDone.add(action);
  }

  void began(ClientOperation operation) {
    began++;
    outstanding.add(operation.number());
  }

  void over(ClientOperation operation) {
    outstanding.remove(operation.number());
    if (operation.isDone()) {
      done++;
      List.copyOf(onDone).forEach(action -> action.accept(operation));
    }
  }
}
