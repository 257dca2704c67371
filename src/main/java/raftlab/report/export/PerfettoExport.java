package raftlab.report.export;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.report.EventText;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Writes Chrome trace events, which Perfetto opens: for each replica a track with its roles and one
 * with its messages, which flows connect; requests as asynchronous slices; commit indices as
 * counters; faults as instants. Events of one track and one microsecond follow each other within a
 * few microseconds, so that slices nest; the exact time is in their arguments.
 */
final class PerfettoExport {
  private static final int CLIENTS = 1;
  private static final int REPLICAS = 2;

  /** A slice that stands for a moment has a length, or flows don't find it. */
  private static final double MOMENT = 1;

  private record RoleSlice(long fromMicros, String name) {}

  private final ExportedRun run;
  private final JsonWriter json;
  private final Map<Id, Integer> tracks = new LinkedHashMap<>();
  private final Map<Integer, Double> ends = new HashMap<>();
  private final Map<Long, Double> sendTimes = new HashMap<>();
  private final Map<Id, RoleSlice> roles = new HashMap<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final Map<Integer, Event.Requested> openRequests = new LinkedHashMap<>();
  private int flows;

  PerfettoExport(ExportedRun run, Writer out) {
    this.run = run;
    this.json = new JsonWriter(out);
  }

  void write() throws IOException {
    json.beginObject();
    json.name("displayTimeUnit").value("ms");
    json.name("traceEvents").beginArray();
    names();
    long last = 0;
    for (Event event : run.events()) {
      last = Math.max(last, run.micros(event));
      add(event);
    }
    for (Id replica : new ArrayList<>(roles.keySet())) {
      endRole(replica, last);
    }
    for (Map.Entry<Integer, Event.Requested> open : openRequests.entrySet()) {
      request("e", open.getKey(), open.getValue(), last, "unanswered");
    }
    json.endArray();
    json.endObject();
    json.flush();
  }

  /** A track's number is unique in the whole file: Perfetto names tracks by it alone. */
  private void names() throws IOException {
    metadata("process_name", CLIENTS, 0, "clients");
    metadata("process_name", REPLICAS, 0, "replicas");
    for (Id client : run.clients()) {
      int track = 100 + tracks.size();
      tracks.put(client, track);
      metadata("thread_name", CLIENTS, track, "client " + client);
    }
    for (Id replica : run.replicas()) {
      int track = 1000 + 2 * tracks.size();
      tracks.put(replica, track);
      metadata("thread_name", REPLICAS, track, replica + " messages");
      metadata("thread_name", REPLICAS, track + 1, replica + " role");
    }
  }

  private void metadata(String kind, int process, int track, String name) throws IOException {
    begin(kind, "M", 0, process, track);
    json.name("args").beginObject().name("name").value(name).endObject();
    json.endObject();
  }

  private void begin(String name, String phase, double micros, int process, int track)
      throws IOException {
    json.beginObject();
    json.name("name").value(name);
    json.name("ph").value(phase);
    json.name("ts").jsonValue(number(micros));
    json.name("pid").value(process);
    json.name("tid").value(track);
  }

  private static String number(double micros) {
    return micros == Math.rint(micros)
        ? String.format(Locale.ROOT, "%.0f", micros)
        : String.format(Locale.ROOT, "%.3f", micros);
  }

  private int processOf(Id id) {
    return run.replicas().contains(id) ? REPLICAS : CLIENTS;
  }

  private void add(Event event) throws IOException {
    if (event instanceof Event.Sent sent) {
      sendTimes.put(sent.number(), moment(event, sent.from(), run.kind(sent), sent));
    } else if (event instanceof Event.Delivered delivered) {
      Event.Sent sent = message(delivered.number());
      double end = moment(event, sent.to(), run.kind(sent), sent);
      flow(sent, Objects.requireNonNull(sendTimes.get(sent.number()), "it was sent"), end);
    } else if (event instanceof Event.Dropped dropped) {
      Event.Sent sent = message(dropped.number());
      String why = dropped.why().name().toLowerCase(Locale.ROOT);
      instant(event, "dropped: " + why, processOf(sent.from()), track(sent.from()), "t");
    } else if (event instanceof Event.Reported report) {
      reported(report);
    } else if (event instanceof Event.Started started) {
      beginRole(started.replica(), run.micros(event), "follower");
    } else if (event instanceof Event.Crashed crashed) {
      beginRole(crashed.replica(), run.micros(event), "down");
    } else if (event instanceof Event.Exited exited) {
      beginRole(exited.replica(), run.micros(event), "exited");
    } else if (event instanceof Event.Requested request) {
      int id = requests.size() + 1;
      requests.put(request.mid(), id);
      openRequests.put(id, request);
      request("b", id, request, run.micros(event), null);
    } else if (event instanceof Event.Answered answer) {
      Integer id = requests.get(answer.mid());
      Event.Requested request = id == null ? null : openRequests.remove(id);
      if (id != null && request != null) {
        request("e", id, request, run.micros(event), answer.type());
      }
    } else if (event instanceof Event.Fault || event instanceof Event.Effect) {
      instant(event, String.valueOf(EventText.of(event)), REPLICAS, 0, "g");
    } else if (event instanceof Event.Noted note) {
      instant(event, note.text(), REPLICAS, track(note.replica()), "t");
    } else if (event instanceof Event.Printed printed) {
      instant(event, printed.line(), REPLICAS, track(printed.replica()), "t");
    }
  }

  private Event.Sent message(long number) {
    return Objects.requireNonNull(run.message(number), "events of other messages are left out");
  }

  private int track(Id id) {
    return tracks.getOrDefault(id, 0);
  }

  /** Writes a short slice; returns a time within it. */
  private double moment(Event event, Id on, String name, Event.Sent sent) throws IOException {
    int track = track(on);
    double from = Math.max(run.micros(event), ends.getOrDefault(track, Double.NEGATIVE_INFINITY));
    ends.put(track, from + MOMENT);
    begin(name, "X", from, processOf(on), track);
    json.name("dur").jsonValue(number(MOMENT));
    json.name("cat").value("message");
    json.name("args").beginObject();
    json.name("micros").value(run.micros(event));
    json.name("message").value(sent.number());
    json.name("from").value(sent.from().toString());
    json.name("to").value(sent.to().toString());
    json.name("body").value(sent.message().toString());
    json.endObject();
    json.endObject();
    return from + MOMENT / 2;
  }

  private void flow(Event.Sent sent, double from, double to) throws IOException {
    int id = ++flows;
    begin(run.kind(sent), "s", from, processOf(sent.from()), track(sent.from()));
    json.name("cat").value("net").name("id").value(id).endObject();
    begin(run.kind(sent), "f", to, processOf(sent.to()), track(sent.to()));
    json.name("cat").value("net").name("id").value(id).name("bp").value("e").endObject();
  }

  private void instant(Event event, String name, int process, int track, String scope)
      throws IOException {
    begin(name, "i", run.micros(event), process, track);
    json.name("s").value(scope).endObject();
  }

  private void reported(Event.Reported report) throws IOException {
    if (report.change() instanceof StateChange.RoleChanged now) {
      String role = now.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
      beginRole(report.replica(), run.micros(report), role + ", term " + now.term());
    } else if (report.change() instanceof StateChange.Committed committed) {
      String name = "commit index of " + report.replica();
      begin(name, "C", run.micros(report), REPLICAS, track(report.replica()));
      json.name("args").beginObject().name("index").value(committed.index()).endObject();
      json.endObject();
    }
  }

  private void beginRole(Id replica, long micros, String name) throws IOException {
    RoleSlice open = roles.get(replica);
    if (open == null || !open.name().equals(name)) {
      endRole(replica, micros);
      roles.put(replica, new RoleSlice(micros, name));
    }
  }

  private void endRole(Id replica, long micros) throws IOException {
    RoleSlice open = roles.remove(replica);
    if (open != null && micros > open.fromMicros()) {
      begin(open.name(), "X", open.fromMicros(), REPLICAS, track(replica) + 1);
      json.name("dur").value(micros - open.fromMicros());
      json.name("cat").value("role").endObject();
    }
  }

  private void request(
      String phase, int id, Event.Requested request, long micros, @Nullable String answer)
      throws IOException {
    String about = request.key() == null ? "" : " " + request.key();
    begin(request.type() + about, phase, micros, CLIENTS, track(request.client()));
    json.name("cat").value("request").name("id").value(id);
    json.name("args").beginObject();
    json.name("mid").value(request.mid());
    if (answer != null) {
      json.name("answer").value(answer);
    }
    json.endObject();
    json.endObject();
  }
}
