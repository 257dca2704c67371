package raftlab.explain;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import raftlab.judge.Judgement;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Voted;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** A run made by hand: what three replicas report, and what they send each other. */
public abstract class ExplainTraceBuilder {
  protected static final Id A = Id.of(0);
  protected static final Id B = Id.of(1);
  protected static final Id C = Id.of(2);
  protected static final Id CLIENT = Id.of(0x15);

  protected final Trace trace;
  protected long now;

  /** The leader that messages between replicas name. */
  protected Id named = A;

  private long number;
  private long operation;

  /** A run in the simulated world. */
  protected ExplainTraceBuilder() {
    this("sim");
  }

  /** A run in this world. */
  protected ExplainTraceBuilder(String world) {
    List<Id> replicas = List.of(A, B, C);
    trace =
        new Trace(new TraceHeader("made", "{}", world, 1, List.of(), replicas, List.of(CLIENT)));
  }

  protected void start() {
    for (Id replica : List.of(A, B, C)) {
      trace.add(new Event.Started(++now, replica));
    }
    trace.add(new Event.Began(++now));
  }

  protected void say(Id replica, StateChange... changes) {
    for (StateChange change : changes) {
      trace.add(new Event.Reported(++now, replica, change));
    }
  }

  /** Sends a message with these fields, in JSON. */
  protected long send(Id from, Id to, String type, String fields) {
    JsonObject json =
        JsonParser.parseString("{" + fields.replace('\'', '"') + "}").getAsJsonObject();
    Message message = Message.of(from, to, named, type, null, json);
    trace.add(new Event.Sent(++now, ++number, from, to, message));
    return number;
  }

  protected void tell(Id from, Id to, String type, String fields) {
    trace.add(new Event.Delivered(++now, send(from, to, type, fields)));
  }

  /** A client asks, and the request arrives. */
  protected Message ask(Id replica, String type, String value) {
    String mid = "m" + ++operation;
    trace.add(Event.Requested.first(++now, CLIENT, mid, type, "k", value, replica, operation));
    Message request =
        value == null
            ? Message.get(CLIENT, replica, A, mid, "k")
            : Message.put(CLIENT, replica, A, mid, "k", value);
    trace.add(new Event.Sent(++now, ++number, CLIENT, replica, request));
    trace.add(new Event.Delivered(++now, number));
    return request;
  }

  protected void ok(Message request) {
    deliver(Message.of(request.dst(), CLIENT, A, Message.OK, request.mid(), new JsonObject()));
  }

  /** A replica sends a client this answer. */
  protected void deliver(Message answer) {
    trace.add(new Event.Sent(++now, ++number, answer.src(), answer.dst(), answer));
    trace.add(new Event.Delivered(++now, number));
  }

  protected static StateChange entry(long index, long term) {
    return new Appended(index, term, "put k=value-" + index);
  }

  protected static StateChange role(Role role, long term, Id leader) {
    return new RoleChanged(role, term, leader);
  }

  /** A is elected in this term, with the vote of B. */
  protected void elect(long term) {
    say(A, new TermChanged(term), new Voted(term, A), role(Role.CANDIDATE, term, Id.BROADCAST));
    tell(A, B, "requestVote", "'term': " + term + ", 'lastLogIndex': 9, 'lastLogTerm': " + term);
    say(B, new TermChanged(term), new Voted(term, A));
    tell(B, A, "voteReply", "'term': " + term + ", 'granted': true");
    say(A, role(Role.LEADER, term, A));
  }

  /** A sends B entries of this term and leaderCommit. */
  protected void append(Id to, long term, String place, String terms, long commit) {
    StringBuilder entries = new StringBuilder();
    for (String each : terms.isEmpty() ? new String[0] : terms.split(" ")) {
      entries.append(entries.isEmpty() ? "" : ", ").append("{'term': ").append(each).append("}");
    }
    String[] previous = place.split("/");
    tell(
        A,
        to,
        "appendEntries",
        String.format(
            Locale.ROOT,
            "'term': %d, 'prevLogIndex': %s, 'prevLogTerm': %s, 'entries': [%s], 'leaderCommit': %d",
            term,
            previous[0],
            previous[1],
            entries,
            commit));
  }

  protected void agree(Id follower, long term, long match) {
    tell(
        follower,
        A,
        "appendReply",
        "'term': " + term + ", 'success': true, 'matchIndex': " + match);
  }

  /** A leads term 1, and B has its first two entries, of which A knows one to be committed. */
  protected void goodRun() {
    start();
    elect(1);
    say(A, entry(1, 1), entry(2, 1));
    append(B, 1, "0/0", "1 1", 0);
    say(B, role(Role.FOLLOWER, 1, A), entry(1, 1), entry(2, 1));
    agree(B, 1, 2);
    say(A, new Committed(1));
  }

  protected static StateChange members(long index, Id... voters) {
    return new MembersChanged(index, List.of(voters), List.of());
  }

  /** The names of all that no correct replica does. */
  protected List<String> certain() {
    return Explanation.certain(scenario(), trace).stream().map(LikelyCause::name).toList();
  }

  /** The names of all that a correct replica hardly ever does. */
  protected List<String> likely() {
    return Explanation.likely(scenario(), trace).stream().map(LikelyCause::name).toList();
  }

  /** What is said of the cause of the failure. */
  protected String explained() {
    return Explanation.of(scenario(), trace, Judgement.of(scenario(), trace)).orElseThrow().text();
  }

  /** Why the run failed. */
  protected String why() {
    return Judgement.of(scenario(), trace).reason();
  }

  protected static Scenario scenario() {
    try {
      return ScenarioReader.read(
          "made", "{\"lifetime\": 10, \"replicas\": 3, \"requests\": 1, \"mix\": 0.5}");
    } catch (ScenarioException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
