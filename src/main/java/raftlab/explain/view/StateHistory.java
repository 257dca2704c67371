package raftlab.explain.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import raftlab.dialect.MessageReader;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.trace.ReportedState;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * All state changes of the replicas of a run, in order: those that replicas report, and those that
 * the messages of the other replicas prove.
 */
public final class StateHistory {
  /**
   * A change of a replica's state.
   *
   * @param position the number of the event in the trace, from 0, at which it is known
   * @param isReported whether the replica reported it; else it was inferred from its messages
   */
  public record Entry(int position, Id replica, StateChange change, boolean isReported) {}

  private final MessageReader reader;
  private final ClusterView cluster;
  private final StateInference inference = new StateInference();
  private final Set<Id> reporting = new HashSet<>();
  private final Map<Long, InFlightMessage> inFlight = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private int position;

  private StateHistory(Trace trace, MessageReader reader, boolean durable) {
    this.reader = reader;
    this.cluster = new ClusterView(trace, durable);
    for (Event event : trace.events()) {
      if (event instanceof Event.Reported report) {
        reporting.add(report.replica());
      }
    }
  }

  /**
   * Returns the changes of a run.
   *
   * @param durable whether replicas have storage that survives a crash
   */
  public static List<Entry> of(Trace trace, MessageReader reader, boolean durable) {
    StateHistory history = new StateHistory(trace, reader, durable);
    for (Event event : trace.events()) {
      history.take(event);
      history.position++;
    }
    return history.entries;
  }

  private void take(Event event) {
    if (event instanceof Event.Reported report) {
      if (ReportedState.isComplete(report.change())) {
        entries.add(new Entry(position, report.replica(), report.change(), true));
        ReplicaView replica = cluster.replica(report.replica());
        if (replica != null) {
          cluster.changed(replica, report, true);
        }
      }
    } else if (event instanceof Event.Sent sent) {
      sent(sent);
    } else if (event instanceof Event.Delivered delivered) {
      InFlightMessage message = inFlight.get(delivered.number());
      ReplicaView to = message == null ? null : cluster.replica(message.to());
      if (message != null && to != null) {
        inference.delivered(to, message, delivered);
        cluster.delivered(to, message, delivered);
      }
    } else if (event instanceof Event.Corrupted corrupted) {
      inFlight.remove(corrupted.number());
    } else if (event instanceof Event.Started started) {
      cluster.started(started.replica(), started.atMicros());
    } else if (event instanceof Event.Crashed crashed) {
      cluster.ended(crashed.replica(), crashed.atMicros());
    } else if (event instanceof Event.Exited exited) {
      cluster.ended(exited.replica(), exited.atMicros());
    }
  }

  private void sent(Event.Sent sent) {
    ReplicaView from = cluster.replica(sent.from());
    if (from == null || cluster.replica(sent.to()) == null) {
      return;
    }
    if (reporting.contains(sent.from()) && reporting.contains(sent.to())) {
      return; // reports say all
    }
    InFlightMessage message = new InFlightMessage(sent, reader.read(sent), reader.hasTerm(sent));
    inFlight.put(sent.number(), message);
    if (!reporting.contains(sent.from())) {
      for (StateChange change : inference.before(from, message)) {
        infer(from, change, sent);
      }
    }
    long lastIndex = from.log().lastIndex();
    inference.after(from, message);
    showsLog(from, lastIndex);
  }

  /** The log of a follower is known by what it acknowledges, which is no change of its own. */
  private void showsLog(ReplicaView from, long before) {
    long last = from.log().lastIndex();
    if (reporting.contains(from.id()) || !from.isLogKnown() || last <= before) {
      return;
    }
    for (long index = Math.max(before, from.log().base()) + 1; index <= last; index++) {
      StateChange change =
          new StateChange.Appended(index, from.log().termAt(index), from.log().commandAt(index));
      entries.add(new Entry(position, from.id(), change, false));
    }
  }

  private void infer(ReplicaView from, StateChange change, Event.Sent sent) {
    entries.add(new Entry(position, from.id(), change, false));
    cluster.changed(from, new Event.Reported(sent.atMicros(), from.id(), change), false);
  }
}
