package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import raftlab.dialect.MessageReader;
import raftlab.explain.view.StateHistory;
import raftlab.run.RunOutcome;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** The data of one run for the page: columns of events, and the verdict. */
final class RunData {
  /** The version of the format; the scripts of the page are of the same version. */
  private static final int FORMAT = 1;

  private final RunOutcome outcome;
  private final Trace trace;
  private final String replica;
  private final String again;
  private final Lanes lanes;
  private final TextTable texts = new TextTable();
  private final NumberColumn times = new NumberColumn();
  private final StringBuilder kinds = new StringBuilder();
  private final MessageColumns messages;
  private final StateColumns states;
  private final RequestColumns requests = new RequestColumns();
  private final Occurrences others;

  private RunData(
      RunOutcome outcome, Trace trace, MessageReader reader, String replica, String again) {
    this.replica = replica;
    this.again = again;
    this.outcome = outcome;
    this.trace = trace;
    this.lanes = Lanes.of(trace);
    this.messages = new MessageColumns(lanes, texts, reader);
    this.states = new StateColumns(lanes, texts);
    this.others = new Occurrences(lanes);
  }

  /**
   * Collects the data of a run.
   *
   * @param replica the command of the replicas; "" for the reference replica, or to hide it
   * @param again the command that plays the run again; "" for none
   */
  static RunData of(RunOutcome outcome, Trace trace, String replica, String again)
      throws IOException {
    MessageReader reader = MessageReader.of(trace);
    RunData data = new RunData(outcome, trace, reader, replica, again);
    int position = 0;
    for (Event event : trace.events()) {
      data.add(position++, event);
    }
    StateHistory.of(trace, reader, outcome.scenario().needsStorage()).forEach(data.states::add);
    return data;
  }

  private void add(int position, Event event) throws IOException {
    times.addAscending(event.atMicros());
    kinds.append(kind(event));
    if (event instanceof Event.Sent sent) {
      messages.sent(position, sent);
    } else if (event instanceof Event.Requested request) {
      requests.requested(position, request);
    } else if (event instanceof Event.Answered answer) {
      requests.answered(position, answer);
    } else if (!(event instanceof Event.Reported)) {
      messages.network(position, event);
      others.add(position, event);
    }
  }

  private static char kind(Event event) {
    if (event instanceof Event.Sent) {
      return 'S';
    } else if (event instanceof Event.Delivered) {
      return 'D';
    } else if (event instanceof Event.Dropped) {
      return 'X';
    } else if (event instanceof Event.Reported) {
      return 'R';
    } else if (event instanceof Event.Requested) {
      return 'Q';
    } else if (event instanceof Event.Answered) {
      return 'A';
    } else if (event instanceof Event.Printed || event instanceof Event.Noted) {
      return 'P';
    }
    boolean isNetwork =
        event instanceof Event.Delayed
            || event instanceof Event.Duplicated
            || event instanceof Event.Corrupted;
    return isNetwork ? 'n' : 'o';
  }

  /** Returns the packed columns. */
  String columns() throws IOException {
    return PackedText.of(this::write);
  }

  /** Returns the packed JSON texts of messages. */
  List<String> packs() throws IOException {
    return messages.packs();
  }

  private void write(JsonWriter json) throws IOException {
    TraceHeader header = trace.header();
    json.beginObject();
    json.name("format").value(FORMAT);
    json.name("scenario").value(header.scenario());
    json.name("title").value(outcome.scenario().title());
    json.name("world").value(header.world());
    json.name("seed").value(header.seed());
    json.name("replica").value(replica);
    json.name("began").value(outcome.judgement().statistics().beganMicros());
    json.name("lanes").beginArray();
    for (Id id : lanes.ids()) {
      json.value(id.toString());
    }
    json.endArray();
    json.name("firstReplica").value(lanes.firstReplica());
    new VerdictFields(outcome, trace, again).write(json);
    json.name("times").jsonValue(times.json());
    json.name("kinds").value(kinds.toString());
    messages.write(json);
    states.write(json);
    requests.write(json, lanes, texts);
    others.write(json);
    json.name("texts").beginArray();
    for (String text : texts.all()) {
      json.value(text);
    }
    json.endArray();
    json.endObject();
  }
}
