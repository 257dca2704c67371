package raftlab.run.action;

import java.util.Collection;
import java.util.List;
import raftlab.wire.Id;

/**
 * An applied action and how to undo it.
 *
 * @param touched the replicas that it applied to
 * @param undo undoes it; does nothing if that isn't possible
 */
record AppliedAction(List<Id> touched, Runnable undo) {
  AppliedAction(Collection<Id> touched, Runnable undo) {
    this(List.copyOf(touched), undo);
  }

  /** An action that can't be undone. */
  static AppliedAction forGood(Collection<Id> touched) {
    return new AppliedAction(List.copyOf(touched), () -> {});
  }
}
