package raftlab.explain.tell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.check.Contradiction;
import raftlab.judge.check.Contradiction.Circumstance;
import raftlab.judge.linear.Diagnosis.ContradictionKind;

/** The circumstance decides, whatever words a key or value puts into the text. */
class WrongAnswerTextTest {
  private static Symptom usual(Circumstance circumstance, String text) {
    Contradiction found =
        new Contradiction(
            ContradictionKind.STALE_READ, "k", text, text, circumstance, List.of(), null);
    return WrongAnswerText.of(found, false);
  }

  @Test
  void each_circumstance_of_a_stale_read_has_its_own_usual_cause() {
    assertThat(List.of(Circumstance.values()))
        .extracting(circumstance -> usual(circumstance, ""))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_value_with_the_words_of_a_circumstance_is_none() {
    for (String words : List.of(" was cut off from ", " answered from its own state")) {
      assertThat(usual(Circumstance.UNKNOWN, "get of \"a" + words + "b\""))
          .isEqualTo(usual(Circumstance.UNKNOWN, ""));
    }
  }
}
