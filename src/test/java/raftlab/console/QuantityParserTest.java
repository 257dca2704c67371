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
  void durationsAreSecondsIfNothingElseIsSaid(String word, long micros) {
    assertThat(QuantityParser.micros(word, List.of())).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1h", "1e3", "86401", "99999999999999999999", "NaN"})
  void otherDurationsAreMistakes(String word) {
    assertThatThrownBy(() -> QuantityParser.micros(word, List.of()))
        .isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @CsvSource({"10%,0.1", "0.1,0.1", "0,0", "1,1", "100%,1", "0.5%,0.005"})
  void probabilitiesArePercentagesOrFractions(String word, double probability) {
    assertThat(QuantityParser.probability(word)).isEqualTo(probability);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-0.1", "101%", "x", "0.1.2", "%", "101"})
  void otherProbabilitiesAreMistakes(String word) {
    assertThatThrownBy(() -> QuantityParser.probability(word)).isInstanceOf(CommandException.class);
  }

  @Test
  void aNumberThatLacksItsPercentSignIsUnderstoodButNotTaken() {
    assertThatThrownBy(() -> QuantityParser.probability("10"))
        .hasMessageEndingWith("did you mean 10%?");
  }

  @ParameterizedTest
  @CsvSource({"0,0 %", "0.1,10 %", "0.125,12.5 %", "1,100 %"})
  void percentagesHaveNoIdleDigits(double probability, String shown) {
    assertThat(QuantityParser.percent(probability)).isEqualTo(shown);
  }
}
