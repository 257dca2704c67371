package raftlab.judge.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.judge.invariant.CheckName;

class VerdictTest {
  private static final Verdict FIRST =
      Verdict.fail(CheckName.ONE_VOTE, "", "the value is \"x; 9 more such", List.of());

  @Test
  void the_text_says_how_many_more_failures_there_are() {
    Verdict verdict = FIRST.and(2);
    assertThat(verdict.text()).isEqualTo("the value is \"x; 9 more such; 2 more such");
    assertThat(verdict.more()).isEqualTo(2);
    assertThat(verdict.firstText()).isEqualTo(FIRST.text());
    assertThat(verdict.summary()).isEqualTo(FIRST.text());
  }

  @Test
  void a_first_failure_whose_text_ends_like_a_number_of_others_is_quoted_as_it_is() {
    assertThat(FIRST.and(0).firstText()).isEqualTo(FIRST.text());
  }

  @Test
  void the_number_stays_with_the_section() {
    assertThat(FIRST.and(3).of("§5.2").firstText()).isEqualTo(FIRST.text());
  }
}
