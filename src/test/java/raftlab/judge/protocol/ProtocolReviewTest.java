package raftlab.judge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.dialect.CorrectionFile;
import raftlab.explain.Explanation;
import raftlab.explain.LikelyCause;
import raftlab.judge.Judgement;
import raftlab.judge.check.Verdict;
import raftlab.judge.check.Verdict.Status;
import raftlab.judge.invariant.CheckName;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;

/** Runs in which messages say all, and runs in which they don't. */
class ProtocolReviewTest extends ProtocolTraceBuilder {
  /** Mixes up votes and refusals. */
  private static final String WRONG =
      """
      {"voteReply": {"role": "vote", "vote granted": "granted = false"}}
      """;

  @TempDir private Path folder;

  /** B votes twice. */
  @BeforeEach
  void play_a_run_that_breaks_a_rule() {
    ledByB();
    request(A, 4);
    request(C, 4);
    reply(B, A, 4, true);
    reply(B, C, 4, true);
  }

  @Test
  void the_run_fails_with_the_messages_as_they_were_sent() {
    Verdict verdict = verdict();
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
    assertThat(verdict.loadCanCause()).isFalse();
    assertThat(verdict.evidence())
        .hasSize(2)
        .allMatch(event -> trace.events().stream().anyMatch(each -> each == event));
    assertThat(Judgement.of(free(), trace).status()).isEqualTo(Status.FAIL);
  }

  @Test
  void the_cause_is_the_mistake() {
    assertThat(Explanation.of(free(), trace, Judgement.of(free(), trace)))
        .map(LikelyCause::name)
        .hasValue(KnownMistake.VOTES_TWICE.id());
  }

  @Test
  void it_is_a_remark_in_the_courses_scenarios() {
    Judgement judgement = Judgement.of(scenario(), trace);
    assertThat(judgement.verdicts()).extracting(Verdict::check).doesNotContain(CheckName.PROTOCOL);
    assertThat(judgement.remarks()).anyMatch(remark -> remark.contains(verdict().text()));
  }

  @Test
  void a_restart_may_explain_it() {
    restart(C);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_new_replica_may_explain_it() {
    trace.add(new Event.Started(++now, Id.of(7)));
    assertThat(found()).isEmpty();
  }

  @Test
  void a_change_of_members_may_explain_it() {
    trace.add(Event.Requested.first(++now, CLIENT, "add-1", "add", "0007", null, A, 99));
    assertThat(found()).isEmpty();
  }

  @Test
  void a_corrupted_message_may_explain_it() {
    trace.add(new Event.Corrupted(++now, latest, "{"));
    assertThat(found()).isEmpty();
  }

  @Test
  void a_message_that_the_kit_lost_may_explain_it() {
    trace.add(new Event.Overflowed(++now, B, 0, 1));
    assertThat(found()).isEmpty();
  }

  @Test
  void a_message_that_a_replica_lost_does_not_explain_it() {
    trace.add(new Event.Overflowed(++now, B, 1, 0));
    assertThat(found()).containsExactly(KnownMistake.VOTES_TWICE);
  }

  @Test
  void replicas_that_report_their_state_are_judged_by_that() {
    say(A, new StateChange.TermChanged(4));
    assertThat(found()).isEmpty();
  }

  // ---- a file with corrections ----

  private Trace withFile(String corrections) throws IOException {
    Path program = Files.writeString(folder.resolve("replica.py"), "");
    Files.writeString(folder.resolve(CorrectionFile.NAME), corrections);
    TraceHeader header = trace.header();
    Trace copy =
        new Trace(
            new TraceHeader(
                "made",
                "{}",
                "sim",
                1,
                List.of(program.toString()),
                header.replicas(),
                header.clients()));
    trace.events().forEach(copy::add);
    return copy;
  }

  @Test
  void a_file_with_corrections_has_no_influence() throws IOException {
    assertThat(ProtocolReview.of(withFile(WRONG)).all())
        .isEqualTo(ProtocolReview.of(trace).all())
        .isNotEmpty();
  }
}
