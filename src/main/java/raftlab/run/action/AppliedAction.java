package raftlab.run.action;

import java.util.Collection;
import java.util.List;
import raftlab.wire.Id;

/**
 * An applied action and how to undo it.
 *
 * @param targets the replicas that it applied to
 * @param undo undoes it; does nothing if that isn't possible
 */
record AppliedAction(List<Id> targets, Runnable undo) {
  AppliedAction(Collection<Id> targets, Runnable undo) {
    this(List.copyOf(targets), undo);
  }

  /** An action that can't be undone. */
  static AppliedAction permanent(Collection<Id> touched) {
    return new AppliedAction(List.copyOf(touched), () -> {});
  }
}
