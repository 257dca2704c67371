package raftlab.grade.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.grade.book.GradeBook;

class GithubSummaryTest {
  @TempDir private Path root;

  @Test
  void it_has_a_row_for_each_team_and_the_failures() throws Exception {
    assertThat(GithubSummary.of(ReportBooks.book(ReportBooks.folder(root))))
        .contains("| good | 2 of 2 | partial | 2 | 0 | 1 |")
        .contains("| absent | 0 of 3 | no program | 0 | 3 | 0 |")
        .contains("- **FAIL** a-2: Short", "Likely cause: votes-twice", "- **UNKNOWN** a-3");
  }

  @Test
  void hostile_text_is_neither_markup_nor_a_command_nor_a_new_line() throws Exception {
    String text = GithubSummary.of(ReportBooks.book(ReportBooks.folder(root)));
    assertThat(text).doesNotContainPattern("(?<!\\\\)<script");
    assertThat(text).doesNotContain("\u001b", "\u0001", "\n::");
    assertThat(text).contains("a\\<b\\>");
    assertThat(MarkdownText.of("::error::x\n::set-output")).doesNotContain("\n");
    assertThat(MarkdownText.of("@all https://a.b [x](y)"))
        .isEqualTo("\\@all https:\\//a.b \\[x\\](y)");
  }

  @Test
  void a_hidden_scenario_shows_title_cause_and_section_only() throws Exception {
    GradeBook book = GradeBook.of(ReportBooks.folder(root), ReportBooks.hidingSecond());
    assertThat(GithubSummary.of(book))
        .contains("votes-twice", "§5.4.1")
        .doesNotContain("a-2", "secret.json", "exited");
  }
}
