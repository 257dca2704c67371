package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.run.ScenarioRunner;
import raftlab.run.swarm.RandomScenario;
import raftlab.scenario.Scenario;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What is learned from messages in styles that this code has never seen is what they mean. */
class DialectTest {
  private static final int SEEDS = 12;
  private static final int STYLES = 4;

  /** No field has this value. */
  private static final long OTHER_ROLE = -77;

  /** Messages that are read differently although the reading is proved, at most: one in fifty. */
  private static final double MAX_WRONG = 0.02;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  private static Trace silentRun(long seed) {
    Scenario scenario = RandomScenario.of(seed);
    return new ScenarioRunner(scenario, new SimWorld(SilentNode::of), seed).play();
  }

  /** How many of the messages in which both readings have a value are read differently. */
  private static <T> double wrong(
      Trace plain, Dialect dialect, Class<T> type, Function<T, Long> field) {
    FieldAliases truth = new FieldAliases();
    List<Id> replicas = plain.header().replicas();
    int all = 0;
    int different = 0;
    for (Event event : plain.events()) {
      if (event instanceof Event.Sent sent
          && replicas.contains(sent.from())
          && replicas.contains(sent.to())
          && type.isInstance(truth.read(sent.message()))) {
        long expected = field.apply(type.cast(truth.read(sent.message())));
        RaftMessageView content = dialect.read(sent.number());
        long read = type.isInstance(content) ? field.apply(type.cast(content)) : OTHER_ROLE;
        if (expected != RaftMessageView.UNKNOWN && read != RaftMessageView.UNKNOWN) {
          all++;
          different += read == expected ? 0 : 1;
        }
      }
    }
    return all == 0 ? 1 : (double) different / all; // what is proved can be compared
  }

  private static boolean isProved(Dialect dialect, Aspect aspect) {
    return dialect.certainty(aspect) == Certainty.PROVED;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_proved_is_right(long seed) {
    Trace plain = silentRun(seed);
    for (int style = 0; style < STYLES; style++) {
      DisguisedTrace disguise = new DisguisedTrace(style == 0 ? 0 : 100 * seed + style);
      Dialect dialect = Dialect.of(disguise.of(plain));
      String where = "seed " + seed + ", " + disguise;
      if (isProved(dialect, Aspect.TERMS)) {
        assertThat(
                wrong(plain, dialect, RaftMessageView.Append.class, RaftMessageView.Append::term))
            .as("terms, " + where)
            .isLessThan(MAX_WRONG);
      }
      if (isProved(dialect, Aspect.ENTRIES)) {
        assertThat(
                wrong(
                    plain,
                    dialect,
                    RaftMessageView.Append.class,
                    RaftMessageView.Append::prevIndex))
            .as("indices, " + where)
            .isLessThan(MAX_WRONG);
      }
      if (isProved(dialect, Aspect.COMMIT)) {
        assertThat(
                wrong(plain, dialect, RaftMessageView.Append.class, RaftMessageView.Append::commit))
            .as("commit index, " + where)
            .isLessThan(MAX_WRONG);
      }
      if (isProved(dialect, Aspect.ACKNOWLEDGEMENTS)) {
        assertThat(
                wrong(
                    plain,
                    dialect,
                    RaftMessageView.AppendReply.class,
                    RaftMessageView.AppendReply::matchIndex))
            .as("acknowledgements, " + where)
            .isLessThan(MAX_WRONG);
      }
      if (isProved(dialect, Aspect.CANDIDATE_LOG)) {
        assertThat(
                wrong(
                    plain,
                    dialect,
                    RaftMessageView.VoteRequest.class,
                    RaftMessageView.VoteRequest::lastLogIndex))
            .as("last index, " + where)
            .isLessThan(MAX_WRONG);
        assertThat(
                wrong(
                    plain,
                    dialect,
                    RaftMessageView.VoteRequest.class,
                    RaftMessageView.VoteRequest::lastLogTerm))
            .as("last term, " + where)
            .isLessThan(MAX_WRONG);
      }
      if (isProved(dialect, Aspect.VOTES)) {
        assertThat(
                wrong(
                    plain,
                    dialect,
                    RaftMessageView.VoteReply.class,
                    reply -> reply.preVote() ? RaftMessageView.UNKNOWN : reply.granted() ? 1L : 0L))
            .as("votes, " + where)
            .isLessThan(MAX_WRONG);
      }
    }
  }

  @Test
  void most_aspects_of_most_runs_are_proved() {
    int proved = 0;
    int all = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Dialect dialect = Dialect.of(new DisguisedTrace(seed).of(silentRun(seed)));
      for (Aspect aspect :
          List.of(
              Aspect.TERMS, Aspect.VOTES, Aspect.ENTRIES, Aspect.COMMIT, Aspect.ACKNOWLEDGEMENTS)) {
        all++;
        proved += isProved(dialect, aspect) ? 1 : 0;
      }
    }
    assertThat((double) proved / all).isGreaterThan(0.7);
  }

  @Test
  void the_candidates_log_is_proved_in_some_runs() {
    long proved =
        LongStream.rangeClosed(1, SEEDS)
            .filter(seed -> isProved(Dialect.of(silentRun(seed)), Aspect.CANDIDATE_LOG))
            .count();
    assertThat(proved).isGreaterThan(1);
  }

  @Test
  void a_run_without_messages_is_not_understood() {
    Trace empty = new Trace(silentRun(1).header());
    assertThat(Dialect.of(empty).isUsable()).isFalse();
  }

  @Test
  void numbers_may_be_written_as_text_and_ids_are_no_numbers() {
    assertThat(MessageFields.number(new JsonPrimitive("17"))).hasValue(17);
    assertThat(MessageFields.number(new JsonPrimitive("0001"))).isEmpty();
    assertThat(MessageFields.number(new JsonPrimitive(true))).isEmpty();
  }

  @Test
  void nested_fields_and_tuples_are_flattened_and_lists_of_entries_are_not() throws Exception {
    Message message =
        Message.parse(
            """
            {"src": "0001", "dst": "0002", "leader": "0001", "type": "x",
             "body": {"t": 3, "at": [4, 5], "log": [{"k": "a"}, {"k": "b"}]}}
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(MessageFields.of(message).keySet())
        .containsExactly("body.t", "body.at[0]", "body.at[1]", "body.log");
  }
}
