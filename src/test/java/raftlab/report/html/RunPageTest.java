package raftlab.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.bugs.BugCatalogue;
import raftlab.bugs.BuggyNodeFactory;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftSettings;
import raftlab.run.RunOutcome;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/** The page of a run has the verdict, its evidence and all events, and needs nothing else. */
class RunPageTest {
  private static final Pattern SCRIPT =
      Pattern.compile("(?s)<script([^>]*)>(.*?)</script>", Pattern.CASE_INSENSITIVE);

  @TempDir private Path folder;

  private static Trace play(Scenario scenario, String bug) {
    SimWorld world =
        new SimWorld(BuggyNodeFactory.of(BugCatalogue.find(bug), RaftSettings.DEFAULT));
    return new ScenarioRunner(scenario, world, 1).play();
  }

  private static Scenario scenario() throws ScenarioException {
    return ScenarioReader.read(Path.of("configs/course/crash-3.json"));
  }

  private String page(Scenario scenario, Trace trace) throws IOException {
    Path file = folder.resolve("run.html");
    RunPage.write(RunOutcome.of(scenario, trace, 0), trace, file);
    return Files.readString(file);
  }

  private static List<String> scripts(String page, String attribute) {
    List<String> found = new ArrayList<>();
    Matcher script = SCRIPT.matcher(page);
    while (script.find()) {
      if (script.group(1).contains(attribute)) {
        found.add(script.group(2).strip());
      }
    }
    return found;
  }

  private static JsonElement unpack(String packed) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(packed);
    try (Reader text =
        new InputStreamReader(
            new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(text);
    }
  }

  private static JsonObject columns(String page) throws IOException {
    return unpack(scripts(page, "id=\"columns\"").get(0)).getAsJsonObject();
  }

  @Test
  void every_event_and_every_message_is_on_the_page() throws Exception {
    Scenario scenario = scenario();
    Trace trace = play(scenario, "votes-for-old-log");
    String page = page(scenario, trace);
    JsonObject data = columns(page);

    int events = trace.events().size();
    assertThat(data.get("kinds").getAsString()).hasSize(events);
    assertThat(data.getAsJsonArray("times")).hasSize(events);
    List<String> sent =
        trace.events().stream()
            .filter(Event.Sent.class::isInstance)
            .map(event -> ((Event.Sent) event).message().toString())
            .toList();
    List<String> bodies = new ArrayList<>();
    for (String pack : scripts(page, "class=\"pack-run\"")) {
      JsonArray texts = unpack(pack).getAsJsonArray();
      texts.forEach(text -> bodies.add(text.getAsString()));
    }
    assertThat(bodies).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      // A very long message is cut.
      assertThat(sent.get(i))
          .startsWith(bodies.get(i).replaceFirst("… \\(\\d+ characters\\)$", ""));
    }
    assertThat(data.getAsJsonObject("messages").getAsJsonArray("at")).hasSize(sent.size());
  }

  @Test
  void the_evidence_names_events_of_the_trace_in_order() throws Exception {
    Scenario scenario = scenario();
    Trace trace = play(scenario, "votes-for-old-log");
    JsonObject verdict = columns(page(scenario, trace)).getAsJsonObject("verdict");

    assertThat(verdict.get("status").getAsString()).isEqualTo("fail");
    assertThat(verdict.getAsJsonObject("cause").get("name").getAsString())
        .isEqualTo("votes-for-old-log");
    List<Integer> places = new ArrayList<>();
    for (JsonElement item : verdict.getAsJsonArray("evidence")) {
      places.add(item.getAsJsonObject().get("at").getAsInt());
    }
    assertThat(places).hasSizeBetween(2, 8).isSorted();
    assertThat(places).allMatch(place -> place < trace.events().size());
  }

  @Test
  void the_page_refers_to_no_other_file() throws Exception {
    Scenario scenario = scenario();
    String page = page(scenario, play(scenario, "votes-for-old-log"));
    String markup = SCRIPT.matcher(page).replaceAll("");

    assertThat(markup).doesNotContain("src=").doesNotContain("<link").doesNotContain("@import");
    String script = scripts(page, "module").get(0).replace("\"http://www.w3.org/2000/svg\"", "");
    assertThat(script).doesNotContain("fetch(").doesNotContain("http");
  }

  @Test
  void the_page_of_a_run_of_the_course_is_small() throws Exception {
    Scenario scenario = scenario();
    page(scenario, play(scenario, "votes-for-old-log"));

    assertThat(Files.size(folder.resolve("run.html"))).isLessThan(3L << 20);
  }

  @Test
  void the_modules_are_joined_into_one_script_with_each_module_before_its_users() {
    String script = ScriptBundle.of("main.js");

    assertThat(script).doesNotContainPattern("(?m)^(import|export) ");
    assertThat(script.indexOf("class Model")).isBetween(0, script.indexOf("class Page"));
    assertThat(script).containsOnlyOnce("function lowerBound(");
  }
}
