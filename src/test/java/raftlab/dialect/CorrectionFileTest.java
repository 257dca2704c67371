package raftlab.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.sim.SimWorld;
import raftlab.dialect.Dialect.Aspect;
import raftlab.dialect.Dialect.Certainty;
import raftlab.explain.Explanation;
import raftlab.judge.Judgement;
import raftlab.run.ScenarioRunner;
import raftlab.run.swarm.RandomScenario;
import raftlab.scenario.FileProblem;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;

/** A file beside the replicas' program says what messages mean, and changes no verdict. */
class CorrectionFileTest {
  private static final String RIGHT =
      """
      {
        "requestVote": {"role": "vote request", "term": "term", "first index": 1, "last index": "lastLogIndex"},
        "voteReply": "vote",
        "appendEntries": {
          "role": "append entries", "term": "term", "previous index": "prevLogIndex",
          "previous term": "prevLogTerm", "entries": "entries", "commit index": "leaderCommit", "first index": 1
        },
        "appendReply": {"role": "append reply", "rejected": "success = false", "match index": "matchIndex"}
      }
      """;

  /** Roles and fields are mixed up. */
  private static final String WRONG =
      """
      {
        "requestVote": "append entries",
        "voteReply": {"role": "vote", "vote granted": "granted = false"},
        "appendEntries": {"role": "append entries", "term": "leaderCommit", "previous index": "prevLogTerm", "commit index": "prevLogIndex"},
        "appendReply": {"role": "append reply", "rejected": "success = true", "match index": "term"}
      }
      """;

  private static final Scenario SCENARIO = RandomScenario.of(1);
  private static final Trace RUN =
      new ScenarioRunner(SCENARIO, new SimWorld(SilentNode::of), 1).play();

  @TempDir private Path folder;

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve(CorrectionFile.NAME), json);
  }

  private Dialect dialect(String json) throws IOException, ScenarioException {
    return Dialect.of(RUN, CorrectionFile.read(file(json)));
  }

  private List<FileProblem> problems(String json) throws IOException {
    Path file = file(json);
    return catchThrowableOfType(ScenarioException.class, () -> CorrectionFile.read(file))
        .problems();
  }

  private static String path(Dialect dialect, String kind, FieldMeaning meaning) {
    return dialect.fields().stream()
        .filter(each -> each.kind().equals(kind) && each.meaning() == meaning)
        .map(FieldReading::field)
        .findFirst()
        .orElse("");
  }

  // ---- what it changes ----

  @Test
  void a_right_file_changes_nothing_that_was_proved() throws Exception {
    Dialect learned = Dialect.of(RUN);
    Dialect given = dialect(RIGHT);
    assertThat(given.problems()).isEmpty();
    assertThat(given.roles()).isEqualTo(learned.roles());
    for (Aspect aspect : Aspect.values()) {
      assertThat(given.certainty(aspect)).as(aspect.text()).isEqualTo(learned.certainty(aspect));
    }
  }

  @Test
  void a_role_in_the_file_replaces_the_learned_one() throws Exception {
    assertThat(Dialect.of(RUN).roles()).containsEntry("voteReply", Role.VOTE_REPLY);
    assertThat(dialect("{\"voteReply\": \"other\"}").roles())
        .containsEntry("voteReply", Role.OTHER)
        .containsEntry("requestVote", Role.VOTE_REQUEST);
  }

  @Test
  void each_role_has_the_names_that_are_shown_too() throws Exception {
    for (Role role : Role.values()) {
      assertThat(dialect("{\"voteReply\": \"" + role.text() + "\"}").roles())
          .containsEntry("voteReply", role);
    }
  }

  @Test
  void a_field_in_the_file_replaces_the_learned_one() throws Exception {
    Dialect given = dialect(WRONG);
    assertThat(path(given, "appendEntries", FieldMeaning.TERM)).isEqualTo("leaderCommit");
    assertThat(path(given, "appendEntries", FieldMeaning.PREVIOUS_INDEX)).startsWith("prevLogTerm");
    assertThat(path(given, "appendEntries", FieldMeaning.COMMIT_INDEX)).startsWith("prevLogIndex");
    assertThat(path(given, "voteReply", FieldMeaning.VOTE_GRANTED)).isEqualTo("granted = false");
    assertThat(path(given, "appendReply", FieldMeaning.REJECTED)).isEqualTo("success = true");
  }

  @Test
  void the_run_tests_what_the_file_says() throws Exception {
    Dialect wrong =
        dialect(
            """
            {"appendEntries": {"term": "leaderCommit", "previous index": "prevLogTerm"}}""");
    for (Aspect aspect : List.of(Aspect.TERMS, Aspect.ENTRIES)) {
      assertThat(Dialect.of(RUN).certainty(aspect)).isEqualTo(Certainty.PROVED);
      assertThat(wrong.certainty(aspect)).as(aspect.text()).isNotEqualTo(Certainty.PROVED);
    }
  }

  @Test
  void nothing_is_proved_if_leaders_do_not_name_themselves_in_what_the_file_calls_their_messages()
      throws Exception {
    Dialect wrong = dialect(WRONG);
    for (Aspect aspect : Aspect.values()) {
      assertThat(wrong.certainty(aspect)).as(aspect.text()).isNotEqualTo(Certainty.PROVED);
    }
  }

  @Test
  void the_first_index_of_the_file_is_used() throws Exception {
    String json =
        """
        {"appendEntries": {"previous index": "prevLogIndex", "first index": 0}}""";
    assertThat(Dialect.of(RUN).firstIndex()).hasValue(1);
    assertThat(dialect(json).firstIndex()).hasValue(0);
  }

  // ---- the verdict never depends on it ----

  private Trace besideProgram(String json) throws IOException {
    file(json);
    Path program = folder.resolve("4700kvstore");
    Files.writeString(program, "");
    TraceHeader header = RUN.header();
    Trace trace =
        new Trace(
            new TraceHeader(
                header.scenario(),
                header.scenarioJson(),
                "process",
                header.seed(),
                List.of(program.toString()),
                header.replicas(),
                header.clients()));
    RUN.events().forEach(trace::add);
    return trace;
  }

  @Test
  void no_verdict_depends_on_it_and_no_file_makes_the_kit_fail() throws Exception {
    Judgement without = Judgement.of(SCENARIO, RUN);
    for (String json : List.of(RIGHT, WRONG, "", "{", "[]", "{\"appendEntries\": 7}")) {
      Trace trace = besideProgram(json);
      Judgement with = Judgement.of(SCENARIO, trace);
      assertThat(with.status()).isEqualTo(without.status());
      assertThat(with.verdicts()).isEqualTo(without.verdicts());
      Explanation.of(SCENARIO, trace, with);
      Explanation.suspicion(SCENARIO, trace);
      MessageReader.of(trace);
    }
  }

  @Test
  void a_wrong_file_makes_no_correct_replica_suspicious() throws Exception {
    for (String json : List.of(RIGHT, WRONG)) {
      assertThat(Explanation.suspicion(SCENARIO, besideProgram(json))).isEmpty();
    }
  }

  @Test
  void it_is_found_beside_the_program() throws Exception {
    Trace trace = besideProgram(RIGHT);
    assertThat(CorrectionFile.of(trace.header()).kinds()).containsKey("appendEntries");
    assertThat(Dialect.of(trace).correctionFile()).endsWith(CorrectionFile.NAME);
    assertThat(CorrectionFile.beside(List.of("python3", folder.resolve("4700kvstore").toString())))
        .isPresent();
    assertThat(CorrectionFile.beside(List.of("reference", "--silent"))).isEmpty();
    assertThat(CorrectionFile.beside(List.of())).isEmpty();
    assertThat(CorrectionFile.beside(List.of("no\0file"))).isEmpty();
  }

  // ---- mistakes ----

  @Test
  void an_unknown_role_or_field_is_answered_with_the_valid_words_and_the_nearest()
      throws Exception {
    List<FileProblem> problems =
        problems(
            """
            {
              "a": "vote requst",
              "b": {"role": "append entries", "comit index": "c"},
              "c": {"role": "vote", "commit index": "c"},
              "d": {"first index": 7, "term": 3, "vote granted": "yes"},
              "e": 5
            }""");
    assertThat(problems).extracting(FileProblem::line).containsExactly(2, 3, 4, 5, 5, 5, 6);
    assertThat(problems).extracting(FileProblem::file).allMatch(each -> each.endsWith(".json"));
    assertThat(problems.get(0).toString())
        .contains("\"a\"", "vote requst", "expected one of", "did you mean \"vote request\"?");
    assertThat(problems.get(1).toString()).contains("did you mean \"commit index\"?");
    assertThat(problems.get(2).expected()).contains("vote granted").doesNotContain("commit index");
  }

  @Test
  void what_is_given_twice_or_is_no_object_is_refused() throws Exception {
    assertThat(problems("{\"a\": \"vote\", \"a\": \"vote\"}")).hasSize(1);
    assertThat(problems("[1]")).hasSize(1);
    assertThat(problems("{\"a\"")).hasSize(1);
    assertThat(problems("{\"a\": {\"term\": \"t\", \"term\": \"u\"}}")).hasSize(1);
  }

  @Test
  void types_and_fields_that_no_message_has_are_named_and_ignored() throws Exception {
    Dialect given =
        dialect(
            """
            {
              "appendEntrys": "append entries",
              "appendEntries": {"commit index": "leaderComit"}
            }""");
    assertThat(given.problems()).extracting(FileProblem::line).containsExactly(3, 2);
    assertThat(given.problems())
        .extracting(FileProblem::toString)
        .anyMatch(each -> each.contains("did you mean \"appendEntries\"?"))
        .anyMatch(each -> each.contains("did you mean \"leaderCommit\"?"));
    assertThat(path(given, "appendEntries", FieldMeaning.COMMIT_INDEX)).isEqualTo("leaderCommit");
    assertThat(given.roles()).isEqualTo(Map.copyOf(Dialect.of(RUN).roles()));
  }
}
