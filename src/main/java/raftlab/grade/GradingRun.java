package raftlab.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import raftlab.grade.GradingQueue.Job;
import raftlab.grade.GradingQueue.Play;
import raftlab.grade.GradingQueue.Prepare;
import raftlab.grade.GradingQueue.RunEnd;
import raftlab.grade.HandInBuilder.BuiltHandIn;
import raftlab.grade.RunPlayer.NoTraceException;
import raftlab.grade.RunPlayer.PlayedRun;
import raftlab.grade.book.GradeBook;
import raftlab.grade.book.TeamGrade;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.GradingFolder;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.grade.store.RunRecord;
import raftlab.grade.store.TeamRecord;
import raftlab.handin.TemporaryFolder;
import raftlab.sandbox.Sandbox;

/**
 * Grades hand-ins: plays all runs that have no record yet, several at a time, and records each as
 * soon as it is done. If the program is interrupted, finished runs stay recorded, and unfinished
 * work leaves no files.
 */
public final class GradingRun {
  /** Receives progress; may be called from several threads at a time. */
  public interface GradingListener {
    /** What is being done for a team now, in a few words. */
    void stage(TeamRecord team, String what);

    /** Nothing is left to do for a team. */
    void ended(TeamGrade grade);
  }

  /** Less than this can't hold the traces of a few runs, and replicas need room, too. */
  private static final long LEAST_FREE_BYTES = 32L << 20;

  private final GradingFolder folder;
  private final GradingTables tables;
  private final GradingListener listener;
  private final RunBudget budget;
  private final HandInBuilder builder;
  private final Set<Thread> preparing = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile @Nullable GradingQueue queue;
  private volatile boolean stopped;

  /** Creates a grading that builds and plays hand-ins in this process. */
  public GradingRun(
      GradingFolder folder, GradingTables tables, GradingListener listener, RunBudget budget) {
    this(folder, tables, listener, budget, builder(folder, null));
  }

  /** Creates a grading that builds and plays hand-ins in a sandbox. */
  public GradingRun(
      GradingFolder folder,
      GradingTables tables,
      GradingListener listener,
      RunBudget budget,
      Sandbox sandbox) {
    this(folder, tables, listener, budget, builder(folder, sandbox));
  }

  /** Creates a grading with another way to build hand-ins. */
  GradingRun(
      GradingFolder folder,
      GradingTables tables,
      GradingListener listener,
      RunBudget budget,
      HandInBuilder builder) {
    this.folder = folder;
    this.tables = tables;
    this.listener = listener;
    this.budget = budget;
    this.builder = builder;
  }

  private static HandInBuilder builder(GradingFolder folder, @Nullable Sandbox sandbox) {
    Duration timeout = Duration.ofSeconds(folder.grading().machine().buildTimeoutSeconds());
    return (handIn, copy, stage) ->
        new HandInPreparer(handIn, copy, timeout, sandbox, stage).prepare();
  }

  /** Ends all work soon and starts no other; any thread may call this. */
  public void stop() {
    stopped = true;
    GradingQueue current = queue;
    if (current != null) {
      current.stop();
    }
    preparing.forEach(Thread::interrupt);
  }

  /**
   * Does all of this plan, and writes the tables.
   *
   * @return whether all was done; not if it was stopped
   * @throws IOException if something can't be written; what is recorded stays
   */
  public boolean grade(GradingPlan plan) throws IOException, InterruptedException {
    try {
      for (TeamWork work : plan.neverStarting()) {
        recordNeverStarted(work);
      }
      tables.write(folder.grading().teams());
      GradingQueue all = new GradingQueue(plan.work(), budget, plan.mostBuilds(budget.most()));
      queue = all;
      try (WorkFolder copies = WorkFolder.create(folder, this::stop)) {
        if (!stopped) {
          work(all, copies.path());
        }
      }
      tables.flush();
    } catch (IOException unwritable) {
      failure.compareAndSet(null, unwritable);
    }
    IOException first = failure.get();
    if (first != null) {
      throw new IOException(
          first.getMessage()
              + "; all finished runs are recorded in "
              + folder.path()
              + ": continue with --resume when this is mended",
          first);
    }
    return !stopped;
  }

  private void work(GradingQueue all, Path copies) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(budget.most());
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < budget.most(); i++) {
        workers.add(threads.submit(() -> workUntilDone(all, copies)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException bug) {
      Throwable cause = bug.getCause() == null ? bug : bug.getCause();
      throw new IllegalStateException(cause.getMessage(), cause);
    } finally {
      all.stop();
      threads.shutdownNow();
    }
  }

  private void workUntilDone(GradingQueue all, Path copies) {
    try {
      for (Optional<Job> job = all.take(); job.isPresent(); job = all.take()) {
        requireRoom(copies);
        Path copy = copies.resolve(CopyPaths.COPY + job.get().work().number);
        boolean isDone =
            job.get() instanceof Play play
                ? play(all, play)
                : prepare(all, (Prepare) job.get(), copy);
        TeamWork work = job.get().work();
        if (isDone) {
          TemporaryFolder.delete(copy);
          tables.changed(work.team);
          GradeBook book = tables.writeIfDue();
          ended(work.team, book == null ? tables.book() : book);
        }
      }
    } catch (IOException unwritable) {
      failure.compareAndSet(null, unwritable);
      stop();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      all.stop();
    } catch (RuntimeException | Error bug) {
      stop();
      throw bug;
    }
  }

  private void ended(TeamRecord team, GradeBook book) {
    book.teams().stream()
        .filter(grade -> grade.team().equals(team))
        .findFirst()
        .ifPresent(listener::ended);
  }

  /** Runs on a full disk would fail for reasons that are not the hand-in's. */
  private void requireRoom(Path copies) throws IOException {
    for (Path path : List.of(folder.path(), copies)) {
      // Not by its file store: in a chroot Java finds none. Without a total the size is not known.
      long free = path.toFile().getUsableSpace();
      if (free < LEAST_FREE_BYTES && path.toFile().getTotalSpace() > 0) {
        throw new IOException(
            "found "
                + (free >> 20)
                + " MiB free at "
                + path
                + ", expected "
                + (LEAST_FREE_BYTES >> 20)
                + " MiB or more");
      }
    }
  }

  private boolean prepare(GradingQueue all, Prepare job, Path copy)
      throws IOException, InterruptedException {
    TeamWork work = job.work();
    BuiltHandIn built;
    preparing.add(Thread.currentThread());
    try {
      if (stopped) {
        throw new InterruptedException();
      }
      built = builder.build(work.handIn, copy, what -> listener.stage(work.team, what));
    } finally {
      preparing.remove(Thread.currentThread());
    }
    if (stopped) {
      throw new InterruptedException();
    }
    folder.write(work.team, built.record());
    return all.prepared(work, built.player());
  }

  private boolean play(GradingQueue all, Play job) throws IOException, InterruptedException {
    TeamWork work = job.work();
    String what =
        (job.alone() ? "playing again, alone: " : "playing ") + job.run().scenario().key();
    listener.stage(work.team, what);
    RunJudge judge = new RunJudge(job.run(), job.alone());
    RunEnd end = null;
    try {
      Optional<PlayedRun> played =
          work.player().play(judge.scenario(), job.run().seed(), () -> all.begun(job));
      if (played.isPresent() && !stopped) {
        RunRecord run = judge.record(played.get());
        folder.write(work.team, run, played.get().trace());
        end = judge.end(run, played.get().trace());
      }
    } catch (NoTraceException ended) {
      if (!stopped) {
        RunRecord run = judge.recordWithoutTrace(ended.fault(), ended.seconds());
        folder.write(work.team, run);
        end = new RunEnd(false, RunJudge.isDisturbed(run), OptionalDouble.empty());
      }
    } catch (RuntimeException | Error bug) {
      if (!stopped) {
        folder.write(work.team, judge.recordOfKitFailure(bug));
        end = new RunEnd(false, false, OptionalDouble.empty());
      }
    }
    boolean isDone = all.ended(job, end);
    if (end != null) {
      tables.changed(work.team);
      if (isDone && work.neverStarts()) {
        recordNeverStarted(work);
      }
      tables.writeIfDue();
    }
    return isDone;
  }

  /** Says that the replicas never start, if other runs were skipped for that reason. */
  private void recordNeverStarted(TeamWork work) throws IOException {
    Optional<HandInRecord> handIn = folder.handIn(work.team);
    if (handIn.isEmpty()) {
      return;
    }
    String reason =
        folder.runs(work.team).stream()
            .filter(run -> RunJudge.isNotStarted(run))
            .findFirst()
            .map(RunRecord::reason)
            .orElse("");
    String note = "the replicas did not start: " + reason;
    folder.write(
        work.team,
        handIn
            .get()
            .with(HandInStatus.NEVER_STARTED, FaultRecord.of(Fault.SUBMISSION, note), note));
  }
}
