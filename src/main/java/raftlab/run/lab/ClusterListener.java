package raftlab.run.lab;

import java.util.List;
import raftlab.cluster.Cluster;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/** Passes the events of a cluster to the lab, and records them in the trace. */
record ClusterListener(Lab lab) implements Cluster.Observer {
  private static final int MAX_NOTE_CHARS = 1_000;

  @Override
  public void ready(Id replica) {
    lab.replicaReady(replica);
  }

  @Override
  public void received(Id from, Message message) {
    lab.messageReceived(from, message);
  }

  @Override
  public void malformed(Id from, String complaint, String quote) {
    lab.trace().add(new Event.Malformed(lab.nowMicros(), from, complaint, quote));
  }

  @Override
  public void passedOver(Id replica, String what, long count) {
    lab.trace().add(new Event.PassedOver(lab.nowMicros(), replica, what, count));
  }

  @Override
  public void overflowed(Id replica, long byReplica, long byKit) {
    lab.trace().add(new Event.Overflowed(lab.nowMicros(), replica, byReplica, byKit));
  }

  @Override
  public void exited(Id replica, int exitCode, List<String> lastWords) {
    lab.replicaExited(replica, exitCode, lastWords);
  }

  @Override
  public void crashedDuringStep(Id replica) {
    lab.replicaCrashedDuringStep(replica);
  }

  @Override
  public void printed(Id replica, boolean error, String line) {
    lab.trace().add(new Event.Printed(lab.nowMicros(), replica, error, line));
  }

  @Override
  public void reported(Id replica, StateChange change) {
    if (change instanceof StateChange.Note note) {
      if (note.text() != null) { // any program writes the lines
        String text = PrintableText.of(note.text(), MAX_NOTE_CHARS);
        lab.trace().add(new Event.Noted(lab.nowMicros(), replica, text));
      }
      return;
    }
    lab.trace().add(new Event.Reported(lab.nowMicros(), replica, change));
  }
}
