package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.HelperProcess.HelperResult;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Id;

/** Whose fault the end of a worker is. */
class WorkerEndTest {
  @TempDir private Path results;

  private final WorkerNotes notes = new WorkerNotes();

  private RunEnd end(int exitCode, boolean timedOut, boolean neverRan, String... output) {
    HelperResult result = new HelperResult(exitCode, timedOut, Optional.empty(), List.of(output));
    return WorkerEnd.of(result, results, UsageLimits.REPLICA, neverRan, notes);
  }

  private RunEnd reported(EndReason why, List<String> exits, List<String> limits, String failure)
      throws IOException {
    Files.writeString(results.resolve(WorkerReport.TRACE_FILE), "trace");
    RecordFile.write(
        new WorkerReport(why, exits, limits, failure), results.resolve(WorkerReport.FILE));
    return end(0, false, false, WorkerNotes.BEGAN, "a warning");
  }

  @Test
  void a_complete_run_is_no_fault() throws IOException {
    RunEnd end = reported(EndReason.COMPLETE, List.of(), List.of(), "");
    assertThat(end.fault()).isEqualTo(Fault.NONE);
    assertThat(end.trace()).contains(results.resolve("trace"));
    assertThat(end.reason()).isEmpty();
    assertThat(end.log()).containsExactly("a warning");
  }

  @Test
  void an_exit_that_does_not_end_the_run_is_no_fault() throws IOException {
    RunEnd end = reported(EndReason.COMPLETE, List.of("0002=1"), List.of(), "");
    assertThat(end.fault()).isEqualTo(Fault.NONE);
    assertThat(end.replica()).contains(Id.of(2));
  }

  @Test
  void an_exit_is_the_submissions_fault_with_code_or_signal() throws IOException {
    RunEnd exit = reported(EndReason.REPLICA_DIED, List.of("0002=3", "0001=4"), List.of(), "");
    assertThat(exit.fault()).isEqualTo(Fault.SUBMISSION);
    assertThat(exit.replica()).contains(Id.of(2));
    assertThat(exit.exitCode()).isEqualTo(3);
    assertThat(exit.signal()).isZero();
    RunEnd signal = reported(EndReason.NOT_STARTED, List.of("0002=139"), List.of(), "");
    assertThat(signal.fault()).isEqualTo(Fault.SUBMISSION);
    assertThat(signal.signal()).isEqualTo(11);
    assertThat(signal.reason()).isEqualTo("replica 0002 was ended by signal 11");
  }

  @Test
  void a_replica_that_exceeded_a_limit_is_named_with_it() throws IOException {
    RunEnd end = reported(EndReason.REPLICA_DIED, List.of("0002=137"), List.of("0002=MEMORY"), "");
    assertThat(end.fault()).isEqualTo(Fault.SUBMISSION);
    assertThat(end.limit()).contains(UsageLimit.MEMORY);
    assertThat(end.reason())
        .isEqualTo("replica 0002 was ended because it used more than 1024 MB of memory");
  }

  @Test
  void a_sandbox_that_could_not_be_made_is_the_kits_fault() throws IOException {
    RunEnd end =
        reported(EndReason.NOT_STARTED, List.of("0002=1"), List.of(), "bwrap: no namespace");
    assertThat(end.fault()).isEqualTo(Fault.KIT);
    assertThat(end.trace()).isEmpty();
    assertThat(end(1, false, true, "bwrap: no namespace").fault()).isEqualTo(Fault.KIT);
  }

  @Test
  void a_machine_without_memory_or_disk_is_the_machines_fault() {
    assertThat(end(WorkerMain.IO_ERROR, false, false, "trace: No space left on device").fault())
        .isEqualTo(Fault.MACHINE);
    assertThat(end(137, false, false).fault()).isEqualTo(Fault.MACHINE);
    assertThat(end(1, false, true, "bwrap: fork: Cannot allocate memory").fault())
        .isEqualTo(Fault.MACHINE);
  }

  @Test
  void a_replica_that_used_up_the_memory_before_the_worker_was_killed_is_the_cause() {
    notes.read(WorkerNotes.BEGAN);
    notes.read(WorkerNotes.exceeded(Id.of(2), UsageLimit.MEMORY));
    notes.read(WorkerNotes.exceeded(Id.of(3), UsageLimit.DISK));
    for (RunEnd end :
        List.of(
            end(137, false, false),
            end(WorkerMain.IO_ERROR, false, false, "trace: No space left on device"))) {
      assertThat(end.fault()).isEqualTo(Fault.SUBMISSION);
      assertThat(end.replica()).contains(Id.of(2));
      assertThat(end.limit()).contains(UsageLimit.MEMORY);
      assertThat(end.trace()).isEmpty();
    }
    // A bug of the kit, and a worker that hangs, are its own faults whatever replicas did.
    assertThat(end(WorkerMain.BUG, false, false).fault()).isEqualTo(Fault.KIT);
    assertThat(end(137, true, false).fault()).isEqualTo(Fault.KIT);
  }

  @Test
  void a_signal_from_outside_is_the_machines_fault_and_one_of_the_jvm_the_kits() {
    assertThat(end(143, false, false).fault()).isEqualTo(Fault.MACHINE);
    assertThat(end(143, false, false).signal()).isEqualTo(15);
    assertThat(end(134, false, false).fault()).isEqualTo(Fault.KIT);
    assertThat(end(139, false, false).fault()).isEqualTo(Fault.KIT);
  }

  @Test
  void a_note_that_was_cut_is_ignored() {
    String line = WorkerNotes.exceeded(Id.of(2), UsageLimit.MEMORY);
    for (int end = 0; end < line.length(); end++) {
      notes.read(line.substring(0, end));
    }
    assertThat(notes.first()).isEmpty();
  }

  @Test
  void a_worker_that_fails_or_hangs_is_the_kits_fault() {
    RunEnd failed = end(WorkerMain.BUG, false, false, "java.lang.IllegalStateException");
    assertThat(failed.fault()).isEqualTo(Fault.KIT);
    assertThat(failed.exitCode()).isEqualTo(WorkerMain.BUG);
    assertThat(failed.log()).hasSize(1);
    assertThat(end(137, true, false).fault()).isEqualTo(Fault.KIT);
    assertThat(end(0, false, false).fault()).isEqualTo(Fault.KIT); // it wrote no result
  }
}
