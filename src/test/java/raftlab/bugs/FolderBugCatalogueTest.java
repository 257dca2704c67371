package raftlab.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBugCatalogueTest {
  @TempDir private Path root;
  private Path program;

  @BeforeEach
  void makeProgram() throws IOException {
    program = Files.createDirectory(root.resolve("team"));
    Files.createDirectory(program.resolve("src"));
    Files.writeString(program.resolve("4700kvstore"), "one\ntwo\n  three\ntwo\n");
    Files.writeString(program.resolve("src/log.py"), "append\n");
  }

  private void bug(String name, String... changes) throws IOException {
    Path file = Files.createDirectories(program.resolve("bugs")).resolve(name + ".diff");
    Files.writeString(file, "It is wrong.\nPaper: §5.2\n\n" + String.join("\n", changes) + "\n");
  }

  private FolderBugCatalogue catalogue() throws IOException {
    return FolderBugCatalogue.of(program);
  }

  private void assertRefused(String... complaint) {
    assertThatThrownBy(this::catalogue)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(complaint);
  }

  @Test
  void bugs_are_read_in_the_order_of_their_names() throws IOException {
    bug("second", "--- 4700kvstore", "-one", "+1");
    bug("first", "--- 4700kvstore", "-one", "+1");
    Files.writeString(program.resolve("bugs/README.md"), "no bug");
    assertThat(catalogue().all()).extracting(Bug::name).containsExactly("first", "second");
    assertThat(catalogue().find("second").title()).isEqualTo("It is wrong.");
  }

  @Test
  void a_bug_changes_files_by_their_paths_in_the_folder() throws IOException {
    bug("both", "--- 4700kvstore", " one", "-two", "+2", "--- src/log.py", "-append", "+drop");
    FolderBugCatalogue catalogue = catalogue();
    assertThat(catalogue.patchedFiles(catalogue.find("both")))
        .containsEntry("4700kvstore", "one\n2\n  three\ntwo\n")
        .containsEntry("src/log.py", "drop\n")
        .hasSize(2);
    assertThat(program.resolve("src/log.py")).hasContent("append\n");
  }

  @Test
  void a_folder_without_bugs_is_refused() throws IOException {
    assertRefused("found no folder", "team/bugs, expected ", "NAME.diff");
    Files.createDirectory(program.resolve("bugs"));
    assertRefused("found no bugs in", "NAME.diff");
  }

  @Test
  void all_changes_that_fit_nowhere_are_named_with_file_and_line() throws IOException {
    bug("gone", "--- 4700kvstore", "-one", "-three", "+3");
    bug("twice", "--- 4700kvstore", "-one", "+1", "", "-two", "+2");
    assertRefused(
        "bugs/gone.diff: line 5: 4700kvstore has no such lines (whole lines are compared, without the"
            + " spaces at their ends): one / three",
        "bugs/twice.diff: line 8: 4700kvstore has these lines twice, at 2 and 4");
  }

  @Test
  void a_file_that_the_program_does_not_have_is_refused() throws IOException {
    Files.writeString(root.resolve("secret"), "one\n");
    Files.createSymbolicLink(program.resolve("link"), Path.of("../secret"));
    bug("slip", "--- 4700kvstor", "-one", "+1");
    bug("outside", "--- ../secret", "-one", "+1");
    bug("through-a-link", "--- link", "-one", "+1");
    assertRefused(
        "slip.diff: line 5: found the file 4700kvstor, expected one in",
        "did you mean 4700kvstore?",
        "outside.diff: line 5: found the file ../secret",
        "through-a-link.diff: line 5: found the file link");
  }

  @Test
  void a_binary_file_is_refused() throws IOException {
    Files.write(program.resolve("4700kvstore"), new byte[] {(byte) 0xff, 10});
    bug("any", "--- 4700kvstore", "-one", "+1");
    assertRefused("found other bytes in", "4700kvstore, expected UTF-8");
  }

  @Test
  void an_unknown_bug_is_reported_with_the_nearest_name() throws IOException {
    bug("votes-twice", "--- 4700kvstore", "-one", "+1");
    FolderBugCatalogue catalogue = catalogue();
    assertThatThrownBy(() -> catalogue.find("vote-twice"))
        .hasMessageContaining("\"vote-twice\"")
        .hasMessageContaining("--list`")
        .hasMessageContaining("did you mean votes-twice?");
  }
}
