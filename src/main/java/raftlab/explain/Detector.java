package raftlab.explain;

import raftlab.node.StateChange;
import raftlab.trace.Event;

/**
 * Looks for one mistake, or a family of them. It is told what happens, in order, and asks the
 * {@link Scene} how things stand.
 */
interface Detector {
  /** A replica reports a change; the scene doesn't show it yet. */
  default void reported(Subject who, StateChange change, Event.Reported event) {}

  /** A replica sends another one a message; the scene doesn't show it yet. */
  default void sent(Subject from, Letter letter) {}

  /** A message, or a copy of it, has reached its receiver; the scene shows it already. */
  default void delivered(Subject to, Letter letter, Event.Delivered event) {}

  /** A message was lost, or a copy of it. */
  default void dropped(Letter letter, Event.Dropped event) {}

  /** A message was changed on its way: what its receiver reads in it isn't known. */
  default void damaged(Letter letter) {}

  /** A replica answers a client's request for the first time. */
  default void answers(Subject from, Question question, Event.Sent answer) {}

  /** A client's request has reached a replica. */
  default void asked(Subject whom, Question question, Event.Delivered event) {}

  /** A replica starts; {@code again} if not for the first time. The scene shows it already. */
  default void started(Subject who, boolean again, Event.Started event) {}

  /** A replica ended by itself; the scene shows it still as it was. */
  default void exited(Subject who, Event.Exited event) {}

  /** The run is over. */
  default void ended(long atMicros) {}
}
