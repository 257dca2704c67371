package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import raftlab.explain.LikelyCause;
import raftlab.judge.check.PerformanceTier;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.figures.RunStatistics;
import raftlab.report.FailureText;
import raftlab.run.RunOutcome;
import raftlab.scenario.PerformanceMetric;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** The verdict of a run: the failed property, the cause, the events that show it, all checks. */
final class VerdictFields {
  private final RunOutcome outcome;
  private final Trace trace;
  private final String again;
  private final Map<Event, Integer> positions = new IdentityHashMap<>();
  private final Map<Event, Integer> equal = new HashMap<>();

  VerdictFields(RunOutcome outcome, Trace trace, String again) {
    this.again = again;
    this.outcome = outcome;
    this.trace = trace;
    for (List<Event> evidence : allEvidence()) {
      evidence.forEach(event -> positions.put(event, -1));
    }
    int position = 0;
    for (Event event : trace.events()) {
      if (positions.containsKey(event)) {
        positions.put(event, position);
      }
      position++;
    }
    if (positions.containsValue(-1)) {
      findEqual(trace);
    }
  }

  /** Evidence of a check may be a copy of an event. */
  private void findEqual(Trace trace) {
    positions.forEach(
        (event, position) -> {
          if (position < 0) {
            equal.put(event, -1);
          }
        });
    int position = 0;
    for (Event event : trace.events()) {
      if (equal.containsKey(event) && equal.get(event) < 0) {
        equal.put(event, position);
      }
      position++;
    }
  }

  private List<List<Event>> allEvidence() {
    List<List<Event>> all = new ArrayList<>();
    outcome.cause().ifPresent(cause -> all.add(cause.evidence()));
    outcome.suspicion().ifPresent(cause -> all.add(cause.evidence()));
    outcome.judgement().verdicts().forEach(verdict -> all.add(verdict.evidence()));
    outcome.judgement().contradictions().forEach(wrong -> all.add(wrong.evidence()));
    return all;
  }

  private int position(Event event) {
    int position = positions.getOrDefault(event, -1);
    return position >= 0 ? position : equal.getOrDefault(event, -1);
  }

  /** Writes the verdict as a field of an object. */
  void write(JsonWriter json) throws IOException {
    Optional<LikelyCause> cause = outcome.cause().or(outcome::suspicion);
    Verdict broken = FailureText.broken(outcome.judgement());
    json.name("verdict").beginObject();
    json.name("status").value(lower(outcome.status()));
    json.name("reason").value(outcome.judgement().reason());
    json.name("check").value(broken.check().key());
    json.name("property").value(broken.requirement());
    json.name("text").value(broken.text());
    json.name("section").value(cause.map(it -> FailureText.section(it, broken)).orElse(""));
    if (cause.isPresent()) {
      json.name("cause").beginObject();
      json.name("title").value(FailureText.title(cause.get()));
      json.name("name").value(cause.get().name());
      json.name("text").value(cause.get().text());
      json.name("events");
      writePositions(json, cause.get().evidence());
      json.endObject();
    }
    json.name("evidence").beginArray();
    List<Event> events =
        outcome.status() == Status.PASS
            ? cause.map(LikelyCause::evidence).orElse(List.of())
            : cause.map(it -> FailureText.events(it, broken)).orElse(broken.evidence());
    for (Event event : events) {
      String text = FailureText.text(event);
      if (position(event) >= 0) {
        json.beginObject();
        json.name("at").value(position(event));
        json.name("text").value(text == null ? event.getClass().getSimpleName() : text);
        json.endObject();
      }
    }
    json.endArray();
    writeFigures(json);
    json.name("again").value(again);
    json.name("remarks").beginArray();
    for (String remark : outcome.remarks()) {
      json.value(remark);
    }
    json.endArray();
    writeChecks(json);
    new ContradictionFields(trace, outcome.judgement().contradictions(), this::position)
        .write(json);
    json.endObject();
  }

  /** Writes the figures of the run, each as a name and a value. */
  private void writeFigures(JsonWriter json) throws IOException {
    RunStatistics figures = outcome.judgement().statistics();
    json.name("figures").beginArray();
    writeFigure(
        json,
        "messages between replicas",
        String.format(Locale.ROOT, "%,d, %,d dropped", figures.messages(), figures.dropped()));
    writeFigure(
        json,
        "gets, puts done",
        figures.okGets()
            + " of "
            + figures.gets()
            + ", "
            + figures.okPuts()
            + " of "
            + figures.puts());
    writeFigure(json, "redirects", String.valueOf(figures.redirects()));
    writeFigure(
        json,
        "median latency",
        figures.medianLatencySeconds().isPresent()
            ? String.format(
                Locale.ROOT, "%.2f ms", figures.medianLatencySeconds().getAsDouble() * 1000)
            : "none");
    writeFigure(json, "leader changes", String.valueOf(figures.leaderChanges()));
    for (Map.Entry<PerformanceMetric, PerformanceTier> tier :
        outcome.judgement().tiers().entrySet()) {
      String name = "tier of " + tier.getKey().key();
      writeFigure(json, name, tier.getValue().name().toLowerCase(Locale.ROOT));
    }
    json.endArray();
  }

  private static void writeFigure(JsonWriter json, String name, String value) throws IOException {
    json.beginArray().value(name).value(value).endArray();
  }

  private void writeChecks(JsonWriter json) throws IOException {
    json.name("checks").beginArray();
    for (Verdict verdict : outcome.judgement().verdicts()) {
      json.beginObject();
      json.name("check").value(verdict.check().key());
      json.name("status").value(lower(verdict.status()));
      json.name("property").value(verdict.requirement());
      json.name("text").value(verdict.text());
      json.name("section").value(verdict.section());
      json.name("events");
      writePositions(json, verdict.evidence());
      json.endObject();
    }
    json.endArray();
  }

  private void writePositions(JsonWriter json, List<Event> events) throws IOException {
    json.beginArray();
    for (Event event : events) {
      if (position(event) >= 0) {
        json.value(position(event));
      }
    }
    json.endArray();
  }

  private static String lower(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
