package raftlab.explain;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import raftlab.explain.detect.DetectorRunner;
import raftlab.explain.detect.Suspicion;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand of three replicas that report nothing. */
public abstract class SilentTraceBuilder extends ExplainTraceBuilder {
  /** A run in the simulated world. */
  protected SilentTraceBuilder() {
    super();
  }

  /** A leads term 1 by the vote of B, which has acknowledged three entries. */
  protected void silentRun() {
    start();
    canvass(A, B, 1, 0, 0);
    vote(B, A, 1);
    append(B, 1, "0/0", "1 1 1", 0);
    agree(B, 1, 3);
  }

  protected void canvass(Id from, Id to, long term, long index, long logTerm) {
    String fields = "'term': %d, 'lastLogIndex': %d, 'lastLogTerm': %d";
    tell(from, to, "requestVote", String.format(Locale.ROOT, fields, term, index, logTerm));
  }

  protected void vote(Id from, Id to, long term) {
    tell(from, to, "voteReply", "'term': " + term + ", 'granted': true");
  }

  protected void restart(Id replica) {
    trace.add(new Event.Crashed(++now, replica));
    trace.add(new Event.Started(++now, replica));
  }

  /** Another leader than A, by the vote of whom it sends an entry to. */
  protected void lead(Id leader, Id to, long term, int prevIndex, long prevTerm, long entryTerm) {
    vote(to, leader, term);
    appendFrom(leader, to, term, prevIndex, prevTerm, "{'term': " + entryTerm + "}");
  }

  /** AppendEntries of any leader. */
  protected void appendFrom(
      Id leader, Id to, long term, long prevIndex, long prevTerm, String entries) {
    tell(
        leader,
        to,
        "appendEntries",
        String.format(
            Locale.ROOT,
            "'term': %d, 'prevLogIndex': %d, 'prevLogTerm': %d, 'entries': [%s],"
                + " 'leaderCommit': 0",
            term,
            prevIndex,
            prevTerm,
            entries));
  }

  /** A follower acknowledges entries of any leader. */
  protected void agreeWith(Id leader, Id follower, long term, long match) {
    tell(
        follower,
        leader,
        "appendReply",
        "'term': " + term + ", 'success': true, 'matchIndex': " + match);
  }

  /** A replica answers a get with this value. */
  protected void answer(Message get, String value) {
    JsonObject fields = new JsonObject();
    fields.addProperty("value", value);
    deliver(Message.of(get.dst(), CLIENT, A, Message.OK, get.mid(), fields));
  }

  /** What is found by the names of fields: these runs are too short to learn from. */
  protected List<Suspicion> suspicionsByNames() {
    return DetectorRunner.byNames(trace, true, List.of()).suspicions().all();
  }

  /** The names of what is found by the names of fields. */
  protected List<String> byNames() {
    return suspicionsByNames().stream().map(suspicion -> suspicion.mistake().id()).toList();
  }

  /** The names of those that no correct replica does. */
  protected List<String> certainByNames() {
    return suspicionsByNames().stream()
        .filter(Suspicion::isCertain)
        .map(suspicion -> suspicion.mistake().id())
        .toList();
  }
}
