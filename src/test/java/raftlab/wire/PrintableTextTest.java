package raftlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintableTextTest {
  @Test
  void orders_to_a_terminal_are_taken_out() {
    assertThat(PrintableText.of("\u001b[31mred\u0007 \u009b2J \u202eback\u2028", 100))
        .isEqualTo("·[31mred· ·2J ·back·");
  }

  @Test
  void line_ends_and_tabs_keep_a_text_on_one_line() {
    assertThat(PrintableText.of("a\tb\nc", 100)).isEqualTo("a b⏎c");
  }

  @Test
  void what_is_too_long_is_cut_with_an_ellipsis() {
    assertThat(PrintableText.of("abcdef", 4)).isEqualTo("abcd…");
    assertThat(PrintableText.of("abcd", 4)).isEqualTo("abcd");
  }

  @Test
  void a_character_is_never_cut_into_halves() {
    assertThat(PrintableText.of("abc😀def", 4)).isEqualTo("abc😀…");
    assertThat(PrintableText.of("half \ud83d and \ude00", 100)).isEqualTo("half · and ·");
  }

  @Test
  void any_bytes_become_a_short_text_that_a_file_can_hold() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(1_000)];
      random.nextBytes(bytes);
      String shown = PrintableText.of(bytes);
      assertThat(shown.length()).isLessThanOrEqualTo(162);
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
      assertThat(shown.chars()).noneMatch(Character::isISOControl);
    }
  }
}
