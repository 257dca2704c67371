package raftlab.handin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandInFinderTest {
  @TempDir private Path root;

  private void folders(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectory(root.resolve(name));
    }
  }

  private List<HandIn> found() throws IOException {
    return HandInFinder.find(root, root.resolve("grades"));
  }

  private List<String> teams() throws IOException {
    return found().stream().map(HandIn::team).toList();
  }

  @Test
  void folders_are_hand_ins_but_files_hidden_ones_and_the_results_are_none() throws IOException {
    folders("beta", "alpha", ".git", "...", "grades");
    Files.writeString(root.resolve("README.md"), "read me");
    assertThat(teams()).containsExactly("alpha", "beta");
  }

  @Test
  void the_results_folder_is_recognized_by_any_path() throws IOException {
    folders("alpha", "grades");
    List<HandIn> found = HandInFinder.find(root, root.resolve("alpha").resolve("../grades"));
    assertThat(found).extracting(HandIn::team).containsExactly("alpha");
  }

  @Test
  void a_link_to_a_folder_is_a_hand_in_so_that_its_team_is_listed() throws IOException {
    folders("alpha");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("alpha"));
    Files.createSymbolicLink(root.resolve("nowhere"), Path.of("not-there"));
    assertThat(teams()).containsExactly("alpha", "link");
  }

  @Test
  void archives_are_hand_ins_named_without_their_suffix_also_those_of_other_formats()
      throws IOException {
    folders("delta");
    for (String name :
        List.of(
            "a.tar.gz", "b.TGZ", "c.zip", "e.tar", "f.rar", "g.tar.xz", ".h.zip", "notes.txt")) {
      Files.writeString(root.resolve(name), "x");
    }
    assertThat(teams()).containsExactly("a", "b", "c", "delta", "e", "f", "g");
  }

  @Test
  void hand_ins_with_one_name_are_told_apart_by_their_suffixes() throws IOException {
    folders("a");
    Files.writeString(root.resolve("a.zip"), "x");
    Files.writeString(root.resolve("a.tar.gz"), "x");
    assertThat(teams()).containsExactly("a", "a.tar.gz", "a.zip");
  }

  @Test
  void single_archives_and_folders_of_hand_ins_may_be_mixed_and_none_counts_twice()
      throws IOException {
    folders("in", "in/alpha");
    Path single = Files.writeString(root.resolve("single.zip"), "x");
    Path inside = Files.writeString(root.resolve("in/beta.zip"), "x");
    assertThat(
            HandInFinder.find(
                List.of(root.resolve("in"), single, inside), root.resolve("grades"), List.of("p")))
        .extracting(HandIn::team, HandIn::source)
        .containsExactly(
            tuple("alpha", root.resolve("in/alpha")),
            tuple("beta", inside),
            tuple("single", single));
  }

  @Test
  void hostile_names_are_made_fit_to_show_and_to_name_a_file() throws IOException {
    folders(
        "-rf", "a\nb", "q\"'q", "esc\u001b[31m", "two words", "turn\u202eed", "grüße", "x..\\y");
    assertThat(teams())
        .containsExactlyInAnyOrder(
            "-rf", "a?b", "q\"'q", "esc?[31m", "two words", "turn?ed", "grüße", "x..\\y");
    assertThat(found())
        .extracting(HandIn::fileName)
        .contains("_rf", "a_b", "q_'q", "two words", "x.._y")
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(root.resolve(name).getParent()).isEqualTo(root));
  }

  @Test
  void no_two_teams_share_a_file_not_even_where_case_makes_no_difference() throws IOException {
    folders("Team", "team", "a?b", "a\tb", "a*b", "n".repeat(255), "n".repeat(254));
    assertThat(found())
        .extracting(hand -> hand.fileName().toLowerCase(java.util.Locale.ROOT))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name.length()).isLessThan(240));
  }
}
