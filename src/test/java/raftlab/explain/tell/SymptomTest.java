package raftlab.explain.tell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words of an observation don't decide whether there are usual causes. */
class SymptomTest {
  @Test
  void an_observation_that_contains_the_words_usual_causes_has_none() {
    assertThat(Symptom.observed("It printed: Usual causes: x").hasUsualCauses()).isFalse();
    assertThat(Symptom.observed("It printed nothing.").withUsualCauses("x").hasUsualCauses())
        .isTrue();
  }

  @Test
  void the_text_has_observations_before_the_causes() {
    Symptom symptom = Symptom.observed("A. ").withUsualCauses("x", "y", "z").withObservation("B.");
    assertThat(symptom.text()).isEqualTo("A. B. Usual causes: x; y; or z.");
    assertThat(Symptom.usual("x").text()).isEqualTo("Usual cause: x.");
    assertThat(Symptom.observed("A.").text()).isEqualTo("A.");
  }
}
