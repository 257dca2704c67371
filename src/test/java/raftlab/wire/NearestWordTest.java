package raftlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> COMMANDS =
      List.of("run", "repeat", "replay", "grade", "console");

  @ParameterizedTest
  @CsvSource({
    "rum,run",
    "repaet,repeat",
    "REPLAY,replay",
    "consol,console",
    "graed,grade",
    "ru,run"
  })
  void a_slip_of_the_finger_finds_its_word(String word, String meant) {
    assertThat(NearestWord.of(word, COMMANDS)).hasValue(meant);
  }

  @ParameterizedTest
  @CsvSource({"''", "x", "banana", "reproduce", "consolation"})
  void a_word_that_is_near_to_none_finds_none(String word) {
    assertThat(NearestWord.of(word, COMMANDS)).isEmpty();
  }

  @Test
  void of_equally_near_words_it_is_the_first() {
    assertThat(NearestWord.of("crash-9", List.of("crash-2", "crash-1"))).hasValue("crash-2");
  }

  @Test
  void overlong_words_are_not_compared() {
    assertThat(NearestWord.of("r".repeat(1_000_000), COMMANDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "a,'',1",
    "'',abc,3",
    "ab,ba,1",
    "abc,acb,1",
    "ca,abc,3",
    "kitten,sitting,3"
  })
  void the_distance_counts_edits_and_swaps(String a, String b, int edits) {
    assertThat(NearestWord.distance(a, b)).isEqualTo(edits);
    assertThat(NearestWord.distance(b, a)).isEqualTo(edits);
  }
}
