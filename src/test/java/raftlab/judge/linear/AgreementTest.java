package raftlab.judge.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/** The checker says what trying all orders says, of small histories of all kinds. */
class AgreementTest {
  private static final int HISTORIES = 4_000;
  private static final OperationKind[] REGISTER = {
    OperationKind.GET, OperationKind.GET, OperationKind.PUT
  };
  private static final OperationKind[] WITH_CAS = {
    OperationKind.GET, OperationKind.PUT, OperationKind.CAS
  };
  private static final OperationKind[] APPENDS = {OperationKind.GET, OperationKind.APPEND};
  private static final OperationKind[] ALL = {
    OperationKind.GET, OperationKind.GET, OperationKind.PUT, OperationKind.APPEND, OperationKind.CAS
  };
  private static final String[] TWO = {"a", "b"};
  private static final String[] NESTED = {"", "a", "b", "aa", "ab"};

  static Stream<Arguments> kindsOfHistories() {
    return Stream.of(
        Arguments.of("puts of values of their own", REGISTER, null, ""),
        Arguments.of("puts of two values", REGISTER, TWO, null),
        Arguments.of("cas of two values", WITH_CAS, TWO, null),
        Arguments.of("cas of values of their own", WITH_CAS, null, ""),
        Arguments.of("appends of texts of their own", APPENDS, null, ""),
        Arguments.of("appends of two texts", APPENDS, TWO, ""),
        Arguments.of("all, with texts of their own", ALL, null, ""),
        Arguments.of("all, with texts within texts", ALL, NESTED, ""),
        Arguments.of("all, where nothing is set at first", ALL, NESTED, null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kindsOfHistories")
  void it_agrees_with_trying_all_orders(
      String name, OperationKind[] kinds, String[] values, String initial) {
    Random random = new Random(name.hashCode());
    RandomHistoryGenerator maker = new RandomHistoryGenerator(random, kinds, values, 0.25, initial);
    int wrong = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<HistoryOperation> history =
          i % 2 == 0 ? some(maker, random) : wrong(maker, random, initial);
      boolean right = BruteForceChecker.explains(history, initial);
      wrong += right ? 0 : 1;
      LinearizationSearch.SearchResult expected =
          right ? LinearizationSearch.SearchResult.FOUND : LinearizationSearch.SearchResult.NONE;
      assertThat(LinearizationSearch.of(history, initial, new SearchBudget(100_000)))
          .as("%s %d: %s", name, i, history)
          .isEqualTo(expected);
    }
    assertThat(wrong).isEqualTo(HISTORIES / 2);
  }

  private static List<HistoryOperation> some(RandomHistoryGenerator maker, Random random) {
    return maker.correct(4 + random.nextInt(5), 1 + random.nextInt(5));
  }

  private static List<HistoryOperation> wrong(
      RandomHistoryGenerator maker, Random random, String initial) {
    List<HistoryOperation> history = some(maker, random);
    for (int attempt = 1; BruteForceChecker.explains(history, initial); attempt++) {
      history = attempt % 10 == 0 ? some(maker, random) : maker.withWrongAnswer(history);
    }
    return history;
  }
}
