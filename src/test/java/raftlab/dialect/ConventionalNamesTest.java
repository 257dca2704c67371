package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.wire.Id;

/** What names of fields rule out, and that numbers may overrule names. */
class ConventionalNamesTest extends MessageTraceBuilder {
  private static final int ENTRIES = 40;

  @ParameterizedTest
  @CsvSource({
    "prevLogTerm, COMMIT_INDEX, true",
    "body.prev_log_index, COMMIT_INDEX, true",
    "app.commit, PREVIOUS_INDEX, true",
    "lastTerm, MATCH_INDEX, true",
    "matchIndex, MATCH_INDEX, false",
    "lastIndex, COMMIT_INDEX, false",
    "body.term, TERM, false",
    "lastLogTerm, TERM, true",
    "c, COMMIT_INDEX, false",
    "epoch, TERM, false"
  })
  void a_name_of_the_paper_rules_out_other_meanings(
      String path, FieldMeaning meaning, boolean isRuledOut) {
    assertThat(ConventionalNames.contradicts(path, meaning)).isEqualTo(isRuledOut);
  }

  /** A run of 40 writes, in which the commit index and the previous index have these names. */
  private Dialect run(String previous, String commit) {
    for (long term = 1; term <= 2; term++) {
      pause();
      for (Id voter : others(A)) {
        tell(A, voter, NONE, "ask", format("'term': %d", term));
        tell(voter, A, NONE, "vote", format("'term': %d, 'yes': true", term));
      }
      for (long i = 1; i <= ENTRIES / 2; i++) {
        write((term - 1) * ENTRIES / 2 + i, term, previous, commit);
      }
    }
    return Dialect.of(trace);
  }

  private void write(long index, long term, String previous, String commit) {
    pause();
    String value = "value-" + index;
    put(A, value);
    for (Id follower : others(A)) {
      tell(
          A,
          follower,
          A,
          "append",
          format(
              "'term': %d, '%s': %d, 'entries': [{'v': '%s', 't': %d}], '%s': %d",
              term, previous, index - 1, value, term, commit, index - 1));
      tell(follower, A, A, "appendReply", format("'term': %d, 'end': %d", term, index));
    }
    ok(A, value);
  }

  @Test
  void fields_are_what_their_names_say_if_the_numbers_fit_both() {
    assertThat(run("prevLogIndex", "leaderCommit").fields())
        .contains(
            new FieldReading("append", FieldMeaning.PREVIOUS_INDEX, "prevLogIndex"),
            new FieldReading("append", FieldMeaning.COMMIT_INDEX, "leaderCommit"));
  }

  @Test
  void numbers_that_prove_a_meaning_overrule_a_name() {
    assertThat(run("matchIndex", "x").fields())
        .contains(new FieldReading("append", FieldMeaning.PREVIOUS_INDEX, "matchIndex"));
  }
}
