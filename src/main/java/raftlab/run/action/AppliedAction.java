package raftlab.run.action;

import java.util.Collection;
import java.util.List;
import raftlab.wire.Id;

/**
 * What an action did.
 *
 * @param touched to whom
 * @param undo takes it back; does nothing if that can't be
 */
record AppliedAction(List<Id> touched, Runnable undo) {
  AppliedAction(Collection<Id> touched, Runnable undo) {
    this(List.copyOf(touched), undo);
  }

  /** Something that can't be taken back. */
  static AppliedAction forGood(Collection<Id> touched) {
    return new AppliedAction(List.copyOf(touched), () -> {});
  }
}
