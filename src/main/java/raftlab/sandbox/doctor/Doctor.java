package raftlab.sandbox.doctor;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.doctor.Finding.Level;

/**
 * Looks at a machine.
 *
 * @param findings what it found, in the order of the report
 */
public record Doctor(List<Finding> findings) {
  /** Copies the list. */
  public Doctor {
    findings = List.copyOf(findings);
  }

  /** Looks at this machine. */
  public static Doctor examine() throws InterruptedException {
    return examine(
        Machine.ofThisProgram(),
        Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath(),
        Path.of("").toAbsolutePath());
  }

  static Doctor examine(Machine machine, Path temporary, Path current) throws InterruptedException {
    List<Finding> findings = new ArrayList<>(new SandboxChecks(machine).all());
    findings.addAll(new ResourceChecks(machine).all(temporary, current));
    return new Doctor(findings);
  }

  /** Whether grading works here and is safe. */
  public boolean isWell() {
    return findings.stream().noneMatch(finding -> finding.level() == Level.LACK);
  }

  /** The report for people. */
  public List<String> lines(TerminalStyle style) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      String level = finding.level().name().toLowerCase(Locale.ROOT);
      String padded = String.format(Locale.ROOT, "%-8s", level);
      String coloured =
          switch (finding.level()) {
            case OK -> style.success(padded);
            case WARNING -> style.warning(padded);
            case LACK -> style.error(padded);
          };
      lines.add(
          coloured + String.format(Locale.ROOT, " %-16s %s", finding.name(), finding.found()));
      if (!finding.meaning().isEmpty()) {
        lines.add(" ".repeat(26) + finding.meaning());
      }
      if (!finding.remedy().isEmpty()) {
        lines.add(" ".repeat(26) + "to mend it: " + finding.remedy());
      }
    }
    return lines;
  }

  /** The report for programs. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("well", isWell());
    JsonArray all = new JsonArray();
    for (Finding finding : findings) {
      JsonObject one = new JsonObject();
      one.addProperty("name", finding.name());
      one.addProperty("level", finding.level().name().toLowerCase(Locale.ROOT));
      one.addProperty("found", finding.found());
      one.addProperty("meaning", finding.meaning());
      one.addProperty("remedy", finding.remedy());
      all.add(one);
    }
    json.add("findings", all);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json);
  }
}
