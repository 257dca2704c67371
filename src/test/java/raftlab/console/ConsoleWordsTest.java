package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleWordsTest {
  private static List<String> texts(String line) {
    return ConsoleWords.of(line).stream().map(CommandWord::text).toList();
  }

  @Test
  void words_are_separated_by_any_number_of_spaces() {
    assertThat(texts("  put\tx   1 ")).containsExactly("put", "x", "1");
  }

  @Test
  void blank_lines_and_comments_have_no_words() {
    assertThat(texts("")).isEmpty();
    assertThat(texts("   ")).isEmpty();
    assertThat(texts("  # put x 1")).isEmpty();
  }

  @Test
  void a_hash_within_a_word_is_no_comment() {
    assertThat(texts("put a#b '#c' # d")).containsExactly("put", "a#b", "#c");
  }

  @Test
  void single_quotes_keep_everything() {
    assertThat(texts("put 'a  \"b\\n'")).containsExactly("put", "a  \"b\\n");
  }

  @Test
  void double_quotes_allow_escapes() {
    assertThat(texts("put \"a\\n\\t\\\"\\\\b\"")).containsExactly("put", "a\n\t\"\\b");
  }

  @Test
  void empty_quotes_are_an_empty_word() {
    assertThat(texts("put x ''")).containsExactly("put", "x", "");
  }

  @Test
  void a_word_has_its_column_and_whether_it_was_quoted() {
    assertThat(ConsoleWords.of("get '@2'"))
        .containsExactly(new CommandWord("get", false, 1), new CommandWord("@2", true, 5));
  }

  @Test
  void a_quote_without_its_partner_is_named_with_its_column() {
    assertThatThrownBy(() -> ConsoleWords.of("put x \"abc"))
        .isInstanceOf(CommandException.class)
        .hasMessage("unterminated quote \" in column 7");
  }

  @Test
  void a_mistake_has_a_message_even_if_its_cause_has_none() {
    assertThat(new CommandException(new IllegalArgumentException()).getMessage()).isNotNull();
  }

  @Test
  void a_quote_that_ends_in_a_backslash_has_no_partner_either() {
    assertThatThrownBy(() -> ConsoleWords.of("put x \"abc\\")).isInstanceOf(CommandException.class);
  }

  @Test
  void an_unknown_escape_is_named_with_what_is_known() {
    assertThatThrownBy(() -> ConsoleWords.of("put x \"a\\qb\""))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("found \\q in column 9, expected \\n, \\t, \\\" or \\\\");
  }

  @Test
  void a_quoted_text_reads_back_as_itself() {
    String text = "a \"b\"\n\t\\c";
    assertThat(texts(ConsoleWords.quote(text))).containsExactly(text);
  }
}
