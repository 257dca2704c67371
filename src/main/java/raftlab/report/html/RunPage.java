package raftlab.report.html;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.report.ReplayCommandLine;
import raftlab.run.RunOutcome;
import raftlab.trace.Trace;
import raftlab.trace.WholeFile;

/**
 * A page that shows a run: the verdict, the events that show the cause, and a time-space diagram.
 * It is one file that needs no network.
 */
public final class RunPage {
  private static final PageTemplate TEMPLATE = PageTemplate.read(RunPage.class, "run.html");

  /** Where the data and the script go. */
  private static final Pattern PLACE = Pattern.compile("<!--(columns|packs|script)-->");

  private RunPage() {}

  /** Writes the page. */
  public static void write(RunOutcome outcome, Trace trace, Path file) throws IOException {
    String replica = String.join(" ", trace.header().replicaCommand());
    write(outcome, RunData.of(outcome, trace, replica, ReplayCommandLine.command(outcome)), file);
  }

  /**
   * Writes the page for the authors of the replica: it doesn't name the path of the replica on this
   * machine.
   *
   * @param again the command that plays the run again; "" for none
   */
  public static void writeForTeam(RunOutcome outcome, Trace trace, String again, Path file)
      throws IOException {
    write(outcome, RunData.of(outcome, trace, "", again), file);
  }

  private static void write(RunOutcome outcome, RunData data, Path file) throws IOException {
    String page = TEMPLATE.with(values(outcome));
    WholeFile.write(
        file,
        stream -> {
          Writer out =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
          int from = 0;
          Matcher place = PLACE.matcher(page);
          while (place.find()) {
            out.append(page, from, place.start());
            insert(place.group(1), data, out);
            from = place.end();
          }
          out.append(page, from, page.length());
          out.flush();
        });
  }

  private static Map<String, ?> values(RunOutcome outcome) {
    String status = outcome.status().name().toUpperCase(Locale.ROOT);
    String name = outcome.scenario().name();
    return Map.of(
        "title",
        status + " " + name,
        "status",
        status,
        "scenario",
        name,
        "scenarioTitle",
        outcome.scenario().title());
  }

  /** Writes the data and the script, which need no escaping. */
  private static void insert(String what, RunData data, Writer out) throws IOException {
    switch (what) {
      case "columns" -> out.write(data.columns());
      case "packs" -> {
        for (String pack : data.packs()) {
          out.write("<script type=\"application/octet-stream\" class=\"pack\">" + pack);
          out.write("</script>\n");
        }
      }
      default -> out.write(ScriptBundle.of("main.js"));
    }
  }
}
