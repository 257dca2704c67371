package raftlab.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import raftlab.cluster.sim.SimWorld;
import raftlab.replica.ReplicaOptions;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** Each format is as the tool that reads it describes it. */
class ExportTest {
  private static Trace trace;

  @BeforeAll
  static void play() throws Exception {
    trace =
        new ScenarioRunner(
                ScenarioReader.read(Path.of("configs/unreliable/all-together.json")),
                new SimWorld(ReplicaOptions.parse(List.of()).nodeFactory()),
                1)
            .play();
  }

  private static String export(ExportFormat format, ExportSelection selection) throws IOException {
    StringWriter text = new StringWriter();
    format.write(trace, selection, text);
    return text.toString();
  }

  private static long count(Class<? extends Event> kind) {
    return trace.events().stream().filter(kind::isInstance).count();
  }

  // ---- ShiViz ----

  private record ShivizEvent(String text, String host, Map<String, Integer> clock) {}

  /** Parses as ShiViz does: the expression of the first line, applied to the rest. */
  private static List<ShivizEvent> shiviz(String file) {
    String[] parts = file.split("\n", 3);
    assertThat(parts[1]).isEmpty();
    // JavaScript takes the brace literally where Java needs it escaped.
    String expression = "^" + parts[0].replace("{.*}", "\\{.*\\}") + "$";
    Matcher event = Pattern.compile(expression, Pattern.MULTILINE).matcher(parts[2]);
    List<ShivizEvent> events = new ArrayList<>();
    while (event.find()) {
      Map<String, Integer> clock = new TreeMap<>();
      JsonParser.parseString(event.group("clock"))
          .getAsJsonObject()
          .entrySet()
          .forEach(each -> clock.put(each.getKey(), each.getValue().getAsInt()));
      events.add(new ShivizEvent(event.group("event"), event.group("host"), clock));
    }
    assertThat(events).hasSize(parts[2].split("\n").length / 2);
    return events;
  }

  private static void assertClocksAreValid(List<ShivizEvent> events) {
    Map<String, Integer> last = new HashMap<>();
    for (ShivizEvent event : events) {
      last.merge(event.host(), 1, Integer::sum);
      assertThat(event.clock()).containsEntry(event.host(), last.get(event.host()));
      // What an event knows of other hosts has happened, so the relation has no cycle.
      event.clock().forEach((host, value) -> assertThat(value).isBetween(1, last.get(host)));
    }
  }

  @Test
  void shiviz_finds_clocks_that_count_each_hosts_events_from_one() throws IOException {
    List<ShivizEvent> events = shiviz(export(ExportFormat.SHIVIZ, ExportSelection.ALL));
    assertClocksAreValid(events);
    assertThat(events).filteredOn(event -> event.text().contains(" receives ")).isNotEmpty();
  }

  @Test
  void shiviz_counts_only_the_events_that_are_exported() throws IOException {
    List<ShivizEvent> all = shiviz(export(ExportFormat.SHIVIZ, ExportSelection.ALL));
    List<ShivizEvent> some =
        shiviz(export(ExportFormat.SHIVIZ, new ExportSelection(200_000, 900_000, false)));
    assertThat(some).isNotEmpty().hasSizeLessThan(all.size());
    assertClocksAreValid(some);
    assertThat(some).noneMatch(event -> event.text().contains("Heartbeat"));
  }

  // ---- Perfetto ----

  private static List<JsonObject> perfetto() throws IOException {
    String text = export(ExportFormat.PERFETTO, ExportSelection.ALL);
    assertThat(text).startsWith("{");
    JsonArray events = JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("traceEvents");
    List<JsonObject> all = new ArrayList<>();
    events.forEach(event -> all.add(event.getAsJsonObject()));
    return all;
  }

  private static List<JsonObject> ofPhase(List<JsonObject> events, String phase) {
    return events.stream().filter(event -> event.get("ph").getAsString().equals(phase)).toList();
  }

  private static double start(JsonObject event) {
    return event.get("ts").getAsDouble();
  }

  private static double end(JsonObject slice) {
    return start(slice) + slice.get("dur").getAsDouble();
  }

  @Test
  void perfetto_gets_the_fields_of_every_event_and_tracks_that_are_unique() throws IOException {
    List<JsonObject> events = perfetto();
    for (JsonObject event : events) {
      assertThat(event.keySet()).contains("name", "ph", "ts", "pid", "tid");
      assertThat("MXisfCbe").contains(event.get("ph").getAsString());
    }
    List<Integer> named =
        ofPhase(events, "M").stream()
            .filter(event -> event.get("name").getAsString().equals("thread_name"))
            .map(event -> event.get("tid").getAsInt())
            .toList();
    assertThat(named).doesNotHaveDuplicates().isNotEmpty();
  }

  @Test
  void perfetto_gets_slices_that_do_not_overlap_on_a_track() throws IOException {
    Map<Integer, List<JsonObject>> tracks = new HashMap<>();
    for (JsonObject slice : ofPhase(perfetto(), "X")) {
      tracks.computeIfAbsent(slice.get("tid").getAsInt(), added -> new ArrayList<>()).add(slice);
    }
    for (List<JsonObject> track : tracks.values()) {
      track.sort(Comparator.comparingDouble(ExportTest::start));
      for (int i = 1; i < track.size(); i++) {
        assertThat(start(track.get(i))).isGreaterThanOrEqualTo(end(track.get(i - 1)));
      }
    }
  }

  @Test
  void perfetto_gets_a_flow_for_each_delivery_between_slices() throws IOException {
    List<JsonObject> events = perfetto();
    List<JsonObject> starts = ofPhase(events, "s");
    assertThat(starts).hasSize((int) count(Event.Delivered.class));
    assertThat(ofPhase(events, "f")).hasSameSizeAs(starts);
    Set<Integer> ids = new HashSet<>();
    starts.forEach(flow -> assertThat(ids.add(flow.get("id").getAsInt())).isTrue());
    Map<Integer, TreeMap<Double, JsonObject>> slices = new HashMap<>();
    for (JsonObject event : events) {
      String phase = event.get("ph").getAsString();
      int track = event.get("tid").getAsInt();
      if (phase.equals("X")) {
        slices.computeIfAbsent(track, added -> new TreeMap<>()).put(start(event), event);
      } else if (phase.equals("s") || phase.equals("f")) {
        // It stands in the file after the slice that encloses it.
        JsonObject slice = slices.get(track).floorEntry(start(event)).getValue();
        assertThat(end(slice)).isGreaterThanOrEqualTo(start(event));
      }
      if (phase.equals("f")) {
        assertThat(event.get("bp").getAsString()).isEqualTo("e");
      }
    }
  }

  @Test
  void perfetto_gets_requests_that_begin_and_end() throws IOException {
    List<JsonObject> events = perfetto();
    assertThat(ofPhase(events, "b")).hasSize((int) count(Event.Requested.class));
    assertThat(ofPhase(events, "e")).hasSameSizeAs(ofPhase(events, "b"));
  }

  // ---- newline JSON ----

  private static void assertTlcReads(JsonElement value) {
    assertThat(value.isJsonNull()).isFalse();
    if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      assertThat(primitive.getAsString()).matches("-?\\d{1,10}");
      assertThat(Math.abs(primitive.getAsLong())).isLessThanOrEqualTo(Integer.MAX_VALUE);
    } else if (value instanceof JsonArray list) {
      list.forEach(ExportTest::assertTlcReads);
    } else if (value instanceof JsonObject object) {
      object.entrySet().forEach(field -> assertTlcReads(field.getValue()));
    }
  }

  @Test
  void ndjson_has_a_line_for_each_event_that_tlc_can_read() throws IOException {
    List<String> lines = export(ExportFormat.NDJSON, ExportSelection.ALL).lines().toList();
    assertThat(lines).hasSameSizeAs(trace.events());
    Map<String, Set<String>> keys = new HashMap<>();
    for (String line : lines) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      assertTlcReads(json);
      String kind = json.get("event").getAsString();
      String inner = json.has("change") ? json.get("change").getAsString() : "";
      if (!kind.equals("Step") && !kind.equals("Effect")) { // of many kinds each
        assertThat(json.keySet())
            .isEqualTo(keys.computeIfAbsent(kind + inner, first -> json.keySet()));
      }
    }
    assertThat(keys.keySet()).contains("Sent", "Delivered", "ReportedRoleChanged");
  }

  // ---- CSV ----

  /** Parses the text by RFC 4180. */
  private static List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (isQuoted || c != '\r') {
        field.append(c);
      }
    }
    assertThat(isQuoted).isFalse();
    return rows;
  }

  @Test
  void csv_has_a_row_for_each_copy_of_a_message() throws IOException {
    List<List<String>> rows = rows(export(ExportFormat.CSV, ExportSelection.ALL));
    assertThat(rows.get(0)).startsWith("number", "sent", "from", "to", "type");
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
    assertThat(rows.size() - 1L).isEqualTo(count(Event.Sent.class) + count(Event.Duplicated.class));
    int outcome = rows.get(0).indexOf("outcome");
    assertThat(rows.stream().filter(row -> row.get(outcome).equals("delivered")).count())
        .isEqualTo(count(Event.Delivered.class));
    assertThat(count(Event.Duplicated.class)).isPositive();
  }
}
