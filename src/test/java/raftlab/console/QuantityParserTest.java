package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityParserTest {
  @ParameterizedTest
  @CsvSource({"3,3000000", "1.5,1500000", "2s,2000000", "200ms,200000", "0,0"})
  void durations_are_seconds_if_nothing_else_is_said(String word, long micros) {
    assertThat(QuantityParser.micros(word, List.of())).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1h", "1e3", "86401", "99999999999999999999", "NaN"})
  void other_durations_are_mistakes(String word) {
    assertThatThrownBy(() -> QuantityParser.micros(word, List.of()))
        .isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @CsvSource({"10%,0.1", "0.1,0.1", "0,0", "1,1", "100%,1", "0.5%,0.005"})
  void probabilities_are_percentages_or_fractions(String word, double probability) {
    assertThat(QuantityParser.probability(word)).isEqualTo(probability);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-0.1", "101%", "x", "0.1.2", "%", "101"})
  void other_probabilities_are_mistakes(String word) {
    assertThatThrownBy(() -> QuantityParser.probability(word)).isInstanceOf(CommandException.class);
  }

  @Test
  void a_number_that_lacks_its_percent_sign_is_understood_but_not_taken() {
    assertThatThrownBy(() -> QuantityParser.probability("10"))
        .hasMessageEndingWith("did you mean 10%?");
  }

  @ParameterizedTest
  @CsvSource({"0,0 %", "0.1,10 %", "0.125,12.5 %", "1,100 %"})
  void percentages_have_no_idle_digits(double probability, String shown) {
    assertThat(QuantityParser.percent(probability)).isEqualTo(shown);
  }
}
