package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.dialect.Dialect;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.Invariant;

/** A rule that is kept too seldom was not understood. */
class ProtocolRuleTest {
  private static final int KEPT_PER_BREACH = 5;

  private static final class MadeRule extends ProtocolRule {
    private final boolean isMisread;

    MadeRule(int kept, int broken, boolean isMisread) {
      super(KEPT_PER_BREACH);
      this.isMisread = isMisread;
      for (int i = 0; i < kept; i++) {
        keep();
      }
      for (int i = 0; i < broken; i++) {
        breach().violated(Invariant.PROTOCOL, List.of(), Evidence.of(), "made");
      }
    }

    @Override
    boolean isUnderstood(Dialect dialect) {
      return true;
    }

    @Override
    boolean isMisread() {
      return isMisread;
    }
  }

  private static int breaches(int kept, int broken) {
    return new MadeRule(kept, broken, false).findings().count(Invariant.PROTOCOL);
  }

  @Test
  void a_rule_that_is_kept_often_enough_finds_its_breaches() {
    assertThat(breaches(5, 1)).isEqualTo(1);
    assertThat(breaches(10, 2)).isEqualTo(2);
  }

  @Test
  void a_rule_that_is_kept_too_seldom_finds_nothing() {
    assertThat(breaches(4, 1)).isZero();
    assertThat(breaches(9, 2)).isZero();
  }

  @Test
  void a_rule_of_messages_that_contradict_each_other_finds_nothing() {
    assertThat(new MadeRule(5, 1, true).findings().count(Invariant.PROTOCOL)).isZero();
  }
}
