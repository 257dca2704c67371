package raftlab.judge.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/** What is left of a wrong history is wrong still, and no more than is needed. */
class HistoryMinimizerTest {
  private static final OperationKind[] ALL = {
    OperationKind.GET, OperationKind.GET, OperationKind.PUT, OperationKind.APPEND, OperationKind.CAS
  };
  private static final String[] VALUES = {"a", "b", "ab", "ba"};

  private static List<LinearizabilityResult.NotLinearizable> findings(String[] values, int count) {
    Random random = new Random(count);
    RandomHistoryGenerator maker = new RandomHistoryGenerator(random, ALL, values, 0.2, "");
    List<LinearizabilityResult.NotLinearizable> findings = new ArrayList<>();
    while (findings.size() < count) {
      List<HistoryOperation> history = maker.withWrongAnswer(maker.correct(7, 4));
      if (new LinearizabilityChecker("", 10_000).checkKey("k", history)
          instanceof LinearizabilityResult.NotLinearizable finding) {
        findings.add(finding);
      }
    }
    return findings;
  }

  /** The prefix, in which only some operations have answers. */
  private static List<HistoryOperation> onlyKnown(
      LinearizabilityResult.NotLinearizable finding, List<HistoryOperation> answered) {
    List<HistoryOperation> weak = new ArrayList<>();
    for (HistoryOperation operation : finding.prefix()) {
      if (answered.contains(operation)) {
        weak.add(operation);
      } else if (operation.kind() != OperationKind.GET) {
        boolean timed = answered.stream().anyMatch(o -> o.number() == operation.number());
        weak.add(timed ? operation.asOpen() : operation.asOpen().withEarliestCall());
      }
    }
    return weak;
  }

  @Test
  void nothing_shorter_than_the_prefix_is_wrong() {
    for (LinearizabilityResult.NotLinearizable finding : findings(VALUES, 300)) {
      assertThat(BruteForceChecker.explains(finding.prefix(), "")).as(finding.toString()).isFalse();
      List<HistoryOperation> shorter = new ArrayList<>();
      for (HistoryOperation operation : finding.prefix()) {
        boolean isLast = operation.returnTime() == finding.last().returnTime();
        shorter.add(isLast ? operation.asOpen() : operation);
      }
      assertThat(BruteForceChecker.explains(shorter, "")).as(finding.toString()).isTrue();
    }
  }

  @Test
  void the_core_alone_is_wrong_and_no_answer_in_it_can_be_missed() {
    for (LinearizabilityResult.NotLinearizable finding : findings(VALUES, 300)) {
      assertThat(BruteForceChecker.explains(onlyKnown(finding, finding.core()), ""))
          .as(finding.toString())
          .isFalse();
      for (HistoryOperation operation : finding.core()) {
        List<HistoryOperation> fewer = new ArrayList<>(finding.core());
        fewer.remove(operation);
        assertThat(BruteForceChecker.explains(onlyKnown(finding, fewer), ""))
            .as("%s without %s", finding, operation)
            .isTrue();
      }
    }
  }

  @Test
  void the_longest_partial_orders_lack_an_answer_only() {
    for (LinearizabilityResult.NotLinearizable finding : findings(null, 100)) {
      assertThat(finding.partial()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
      assertThat(finding.partial())
          .allSatisfy(order -> assertThat(order).doesNotHaveDuplicates())
          .noneMatch(order -> order.containsAll(finding.prefix()));
    }
  }

  @Test
  void every_contradiction_is_diagnosed_with_witnesses() {
    for (String[] values : new String[][] {VALUES, null}) {
      for (LinearizabilityResult.NotLinearizable finding : findings(values, 300)) {
        Diagnosis diagnosis =
            new ContradictionFinder(finding, "", finding.history(), operation -> 1).diagnosis();
        assertThat(diagnosis.witnesses()).isNotEmpty();
        assertThat(finding.history()).contains(diagnosis.faulty());
      }
    }
  }

  @Test
  void a_spent_budget_is_unknown() {
    List<HistoryOperation> history =
        List.of(
            HistoryOperation.put(0, "a", "k", "x", 1, 2),
            HistoryOperation.get(1, "b", "k", "x", 3, 4));
    assertThat(new LinearizabilityChecker("", 0).checkKey("k", history))
        .isEqualTo(new LinearizabilityResult.Unknown("k", 0));
  }
}
