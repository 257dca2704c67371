package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import raftlab.grade.GradingTables;
import raftlab.grade.StoredGrading;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.Rubric;
import raftlab.grade.store.GradingFolder;

class ReportOptionsTest {
  @TempDir private Path root;

  private static ReportOptions options(String... args) {
    ReportOptions options = new ReportOptions();
    CommandLine.Model.CommandSpec spec =
        CommandLine.Model.CommandSpec.create().addMixin("reports", mixin(options));
    new CommandLine(spec).parseArgs(args);
    return options;
  }

  private static CommandLine.Model.CommandSpec mixin(ReportOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  private GradingFolder write(ReportOptions options) throws Exception {
    GradingFolder folder = StoredGrading.create(root, 1, "t");
    folder.write(folder.grading().teams().get(0), StoredGrading.ready("t"));
    GradingTables tables =
        new GradingTables(folder, Rubric.DEFAULT, folder.file(GradingTables.JSON));
    options.addTo(tables);
    tables.write(folder.grading().teams());
    return folder;
  }

  @Test
  void junit_is_written_if_nothing_is_chosen() throws Exception {
    GradingFolder folder = write(options());
    assertThat(folder.file("junit.xml")).exists();
    assertThat(folder.file("summary.md")).doesNotExist();
  }

  @Test
  void what_is_chosen_is_written_and_nothing_else() throws Exception {
    Path file = root.resolve("elsewhere/result.json");
    GradingFolder folder = write(options("--format", "classroom50=" + file, "--format", "github"));
    assertThat(file).content().contains("classroom50/result/v1");
    assertThat(folder.file("summary.md")).exists();
    assertThat(folder.file("junit.xml")).doesNotExist();
  }

  @Test
  void the_summary_of_the_step_is_appended_once() throws Exception {
    GradingFolder folder = write(options());
    Path summary = root.resolve("step");
    Files.writeString(summary, "before\n");
    GradeBook book = GradeBook.of(folder, Rubric.DEFAULT);
    Map<String, String> environment = Map.of("GITHUB_STEP_SUMMARY", summary.toString());
    options("--format", "github").finish(book, environment);
    assertThat(summary).content().startsWith("before\n## ").containsOnlyOnce("| team |");
    options("--format", "junit").finish(book, environment);
    options("--format", "github").finish(book, Map.of());
    assertThat(summary).content().containsOnlyOnce("| team |");
  }

  @Test
  void mistakes_are_named() throws IOException {
    assertThatThrownBy(() -> options("--format", "junt").check(1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("did you mean junit?");
    assertThatThrownBy(() -> options("--format", "classroom50=x").check(2))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("2 teams");
    options("--format", "classroom50=x").check(1);
  }
}
