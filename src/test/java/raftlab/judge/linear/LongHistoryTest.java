package raftlab.judge.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/** Long histories take few steps: about as many as they have operations. */
class LongHistoryTest {
  private static final OperationKind[] KV = {
    OperationKind.GET, OperationKind.GET, OperationKind.PUT
  };
  private static final OperationKind[] APPENDS = {OperationKind.GET, OperationKind.APPEND};
  private static final OperationKind[] ALL = {
    OperationKind.GET, OperationKind.PUT, OperationKind.CAS
  };
  private static final String[] FIVE = {"0", "1", "2", "3", "4"};

  private static List<HistoryOperation> history(
      OperationKind[] kinds,
      String[] values,
      double openRate,
      String initial,
      int count,
      int clients) {
    return new RandomHistoryGenerator(new Random(count + clients), kinds, values, openRate, initial)
        .correct(count, clients);
  }

  private static long steps(List<HistoryOperation> history, String initial) {
    SearchBudget budget = new SearchBudget(20L * history.size());
    assertThat(LinearizationSearch.of(history, initial, budget))
        .isEqualTo(LinearizationSearch.SearchResult.FOUND);
    return budget.taken();
  }

  @Test
  void a_hundred_thousand_operations_of_fifty_clients_on_ten_keys_take_few_steps() {
    RandomHistoryGenerator maker = new RandomHistoryGenerator(new Random(1), KV, null, 0.001, "");
    for (int key = 0; key < 10; key++) {
      assertThat(steps(maker.correct(10_000, 5), "")).isLessThan(10_000);
    }
  }

  @Test
  void fifty_clients_at_one_key_take_few_steps() {
    assertThat(steps(history(KV, null, 0.001, "", 10_000, 50), "")).isLessThan(20_000);
  }

  @Test
  void a_register_with_many_unanswered_writes_takes_few_steps() {
    assertThat(steps(history(ALL, FIVE, 0.1, null, 200, 5), null)).isLessThan(2_000);
  }

  @Test
  void appends_by_fifty_clients_take_few_steps() {
    assertThat(steps(history(APPENDS, null, 0.01, "", 500, 50), "")).isLessThan(2_000);
  }

  @Test
  void a_wrong_answer_at_the_end_of_a_long_history_is_found_in_few_steps() {
    List<HistoryOperation> history = new ArrayList<>(history(KV, null, 0.001, "", 10_000, 50));
    long end =
        history.stream()
            .filter(o -> !o.isOpen())
            .mapToLong(HistoryOperation::returnTime)
            .max()
            .getAsLong();
    history.add(HistoryOperation.get(10_000, "liar", "k", "v5 ", end + 1, end + 2));
    SearchBudget budget = new SearchBudget(100_000);
    assertThat(LinearizationSearch.of(history, "", budget))
        .isEqualTo(LinearizationSearch.SearchResult.NONE);
  }

  @Test
  void a_wrong_answer_in_a_register_with_unanswered_writes_is_found_in_few_steps() {
    int decided = 0;
    for (int seed = 0; seed < 100; seed++) {
      RandomHistoryGenerator maker =
          new RandomHistoryGenerator(new Random(seed), ALL, FIVE, 0.1, null);
      List<HistoryOperation> history =
          maker.withWrongAnswer(maker.withWrongAnswer(maker.correct(200, 5)));
      SearchBudget budget = new SearchBudget(100_000);
      decided +=
          LinearizationSearch.of(history, null, budget)
                  == LinearizationSearch.SearchResult.OUT_OF_STEPS
              ? 0
              : 1;
    }
    assertThat(decided).isEqualTo(100);
  }
}
