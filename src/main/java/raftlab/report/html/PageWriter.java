package raftlab.report.html;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.trace.WholeFile;

/**
 * Writes a page with the data of runs and with scripts, which need no escaping, in the places that
 * the page marks: {@code <!--columns-NAME-->}, {@code <!--packs-NAME-->} for the run of this name,
 * {@code <!--script-FILE-->} for a module and all that it imports.
 */
final class PageWriter {
  private static final Pattern PLACE =
      Pattern.compile("<!--(columns|packs|script)-([a-z]+(?:\\.js)?)-->");

  private final Map<String, RunData> runs;

  private PageWriter(Map<String, RunData> runs) {
    this.runs = runs;
  }

  /**
   * Writes the page.
   *
   * @param runs the runs by their names in the page
   */
  static void write(String page, Map<String, RunData> runs, Path file) throws IOException {
    PageWriter writer = new PageWriter(runs);
    WholeFile.write(
        file,
        stream -> {
          Writer out =
              new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
          writer.write(page, out);
          out.flush();
        });
  }

  private void write(String page, Writer out) throws IOException {
    int from = 0;
    Matcher place = PLACE.matcher(page);
    while (place.find()) {
      out.append(page, from, place.start());
      insert(place.group(1), place.group(2), out);
      from = place.end();
    }
    out.append(page, from, page.length());
  }

  private void insert(String what, String name, Writer out) throws IOException {
    switch (what) {
      case "columns" -> out.write(run(name).columns());
      case "packs" -> {
        for (String pack : run(name).packs()) {
          out.write("<script type=\"application/octet-stream\" class=\"pack-" + name + "\">");
          out.write(pack + "</script>\n");
        }
      }
      default -> out.write(ScriptBundle.of(name));
    }
  }

  private RunData run(String name) {
    return Objects.requireNonNull(runs.get(name), name);
  }
}
