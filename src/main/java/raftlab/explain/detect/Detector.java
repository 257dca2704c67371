package raftlab.explain.detect;

import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.node.StateChange;
import raftlab.trace.Event;

/** Detects one mistake, or a few related ones, in the events of a run. */
interface Detector {
  /** A replica reports a change, or its messages prove it; the view shows the state before it. */
  default void reported(ReplicaView replica, StateChange change, Event.Reported event) {}

  /** A replica sends a message to another; the view shows the state before it. */
  default void sent(ReplicaView from, InFlightMessage message) {}

  /** A message, or a copy of it, reached its receiver; the view shows it already. */
  default void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {}

  /** A message, or a copy of it, was lost. */
  default void dropped(InFlightMessage message, Event.Dropped event) {}

  /** A message was corrupted: its receiver may read anything in it. */
  default void corrupted(InFlightMessage message) {}

  /** A replica answers a client's request for the first time. */
  default void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {}

  /** A client's request reached a replica. */
  default void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {}

  /** The operator sent a request to a replica, to change members or to transfer leadership. */
  default void administered(Event.Requested request) {}

  /** A replica was started; the view shows it already. */
  default void started(ReplicaView replica, boolean isRestart, Event.Started event) {}

  /** A replica exited unexpectedly; the view shows the state before it. */
  default void exited(ReplicaView replica, Event.Exited event) {}

  /** The run is over. */
  default void ended() {}
}
