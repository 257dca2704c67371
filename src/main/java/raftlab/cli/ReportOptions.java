package raftlab.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import raftlab.grade.GradingTables;
import raftlab.grade.book.GradeBook;
import raftlab.grade.report.GithubSummary;
import raftlab.grade.report.ReportFormat;
import raftlab.wire.NearestWord;

/** The option that says in which forms the results are written. */
final class ReportOptions {
  private static final String SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY";

  /**
   * A form that was chosen.
   *
   * @param file the file to write; null for the usual place in the results folder
   */
  private record Chosen(ReportFormat format, @Nullable Path file) {}

  @Option(
      names = "--format",
      paramLabel = "NAME[=FILE]",
      description =
          "write the results in this form, too, to FILE if it is given: html, junit, gradescope,"
              + " classroom50, github; may be given several times; default html and junit")
  private @Nullable List<String> names;

  /**
   * Reads the option; throws what is wrong with it.
   *
   * @param teams the number of teams
   */
  void check(int teams) {
    for (Chosen each : chosen()) {
      if (each.file != null && each.format.isForTeam() && teams != 1) {
        throw new UsageException(
            "found --format "
                + each.format.key()
                + "="
                + each.file
                + " for "
                + teams
                + " teams, expected one team, or no FILE: each team has its own");
      }
    }
  }

  private List<Chosen> chosen() {
    if (names == null) {
      return ReportFormat.DEFAULT.stream().map(each -> new Chosen(each, null)).toList();
    }
    List<Chosen> chosen = new ArrayList<>();
    for (String name : names) {
      int equals = name.indexOf('=');
      String key = equals < 0 ? name : name.substring(0, equals);
      Path file = equals < 0 ? null : Path.of(name.substring(equals + 1));
      ReportFormat format = ReportFormat.of(key).orElseThrow(() -> unknown(key));
      if (file != null && !format.hasOneFile()) {
        throw new UsageException(
            "found --format " + name + ", expected " + key + " without a file: it has several");
      }
      chosen.add(new Chosen(format, file));
    }
    return chosen;
  }

  private static UsageException unknown(String key) {
    return new UsageException(
        "found --format "
            + key
            + ", expected one of "
            + String.join(", ", ReportFormat.keys())
            + NearestWord.of(key, ReportFormat.keys())
                .map(near -> "; did you mean " + near + "?")
                .orElse(""));
  }

  /** Adds the chosen forms to the tables. */
  void addTo(GradingTables tables) {
    for (Chosen each : chosen()) {
      Path file = each.file;
      tables.add(
          file == null
              ? each.format::write
              : (book, folder, teams) -> each.format.write(book, folder, file));
    }
  }

  /** Appends the summary of the step, if it was chosen and GitHub Actions asks for it. */
  void finish(GradeBook book) throws IOException {
    finish(book, System.getenv());
  }

  void finish(GradeBook book, Map<String, String> environment) throws IOException {
    String file = environment.get(SUMMARY_VARIABLE);
    if (file != null
        && !file.isEmpty()
        && chosen().stream().anyMatch(each -> each.format == ReportFormat.GITHUB)) {
      Files.write(
          Path.of(file),
          GithubSummary.of(book).getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
