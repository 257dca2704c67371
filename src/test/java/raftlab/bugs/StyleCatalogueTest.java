package raftlab.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The styles and bugs that the replica with styles lists. */
class StyleCatalogueTest {
  private final StyleCatalogue catalogue =
      StyleCatalogue.parse(
          List.of("paper\tthe paper's names", "flat-entry\tone entry a message"),
          List.of("votes-twice\tvotes twice", "message-too-large\tsends all\tflat-entry paper"));

  @Test
  void styles_and_bugs_keep_the_order_of_the_listing() {
    assertThat(catalogue.styles())
        .containsExactly(
            new StyleCatalogue.Style("paper", "the paper's names"),
            new StyleCatalogue.Style("flat-entry", "one entry a message"));
    assertThat(catalogue.bugs())
        .map(StyleCatalogue.StyleBug::name)
        .containsExactly("votes-twice", "message-too-large");
  }

  @Test
  void a_bug_names_the_styles_that_cannot_have_it() {
    assertThat(catalogue.bug("message-too-large").impossibleIn())
        .containsExactlyInAnyOrder("flat-entry", "paper");
    assertThat(catalogue.bug("votes-twice").impossibleIn()).isEmpty();
  }

  @Test
  void unknown_names_are_refused_with_the_nearest_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.style("papre"))
        .withMessageContainingAll("papre", "did you mean paper?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.bug("vote-twice"))
        .withMessageContainingAll("vote-twice", "did you mean votes-twice?");
  }

  @Test
  void a_line_without_a_description_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StyleCatalogue.parse(List.of("Traceback"), List.of()))
        .withMessageContaining("Traceback");
  }

  @Test
  void all_files_of_the_program_are_named() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/raftlab/styles"))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".py")))
          .containsExactlyInAnyOrderElementsOf(StyleCatalogue.FILES);
    }
  }
}
