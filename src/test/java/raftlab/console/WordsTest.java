package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static List<String> texts(String line) {
    return Words.of(line).stream().map(Word::text).toList();
  }

  @Test
  void spacesPartWordsHoweverMany() {
    assertThat(texts("  put\tx   1 ")).containsExactly("put", "x", "1");
  }

  @Test
  void blankLinesAndCommentsHaveNoWords() {
    assertThat(texts("")).isEmpty();
    assertThat(texts("   ")).isEmpty();
    assertThat(texts("  # put x 1")).isEmpty();
  }

  @Test
  void aHashWithinAWordIsNoComment() {
    assertThat(texts("put a#b '#c' # d")).containsExactly("put", "a#b", "#c");
  }

  @Test
  void singleQuotesKeepEverything() {
    assertThat(texts("put 'a  \"b\\n'")).containsExactly("put", "a  \"b\\n");
  }

  @Test
  void doubleQuotesKnowEscapes() {
    assertThat(texts("put \"a\\n\\t\\\"\\\\b\"")).containsExactly("put", "a\n\t\"\\b");
  }

  @Test
  void emptyQuotesAreAnEmptyWord() {
    assertThat(texts("put x ''")).containsExactly("put", "x", "");
  }

  @Test
  void aWordKnowsItsColumnAndWhetherItWasQuoted() {
    assertThat(Words.of("get '@2'"))
        .containsExactly(new Word("get", false, 1), new Word("@2", true, 5));
  }

  @Test
  void aQuoteWithoutItsPartnerIsNamedWithItsColumn() {
    assertThatThrownBy(() -> Words.of("put x \"abc"))
        .isInstanceOf(Mistake.class)
        .hasMessage("unterminated quote \" in column 7");
  }

  @Test
  void aQuoteThatEndsInABackslashHasNoPartnerEither() {
    assertThatThrownBy(() -> Words.of("put x \"abc\\")).isInstanceOf(Mistake.class);
  }

  @Test
  void anUnknownEscapeIsNamedWithWhatIsKnown() {
    assertThatThrownBy(() -> Words.of("put x \"a\\qb\""))
        .isInstanceOf(Mistake.class)
        .hasMessageStartingWith("found \\q in column 9, expected \\n, \\t, \\\" or \\\\");
  }

  @Test
  void aQuotedTextReadsBackAsItself() {
    String text = "a \"b\"\n\t\\c";
    assertThat(texts(Words.quote(text))).containsExactly(text);
  }
}
