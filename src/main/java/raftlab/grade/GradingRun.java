package raftlab.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import raftlab.handin.HandIn;
import raftlab.handin.TemporaryFolder;

/**
 * Grades hand-ins, sequentially or in parallel, and records each as soon as it is done. If the
 * program is interrupted, finished grades stay recorded, and unfinished work leaves no files.
 */
public final class GradingRun {
  /** Receives progress; may be called from several threads at a time. */
  public interface GradingListener {
    /** What is being done with a hand-in now, in a few words. */
    void stage(HandIn handIn, String what);

    /** A hand-in is graded, and the grade recorded. */
    void ended(TeamGrade grade);

    /** The grading is interrupted. */
    void aborted();
  }

  private static final String WORK = "raftlab-grade-";
  private static final String COPY = "handin-";
  private static final Pattern COPY_PATH =
      Pattern.compile("[^\\s\"'(]*/" + WORK + "\\d+/" + COPY + "\\d+");

  private final GradingSettings settings;
  private final GradingResultFiles results;
  private final GradingListener listener;

  /** Creates a grading. */
  public GradingRun(
      GradingSettings settings, GradingResultFiles results, GradingListener listener) {
    this.settings = settings;
    this.results = results;
    this.listener = listener;
  }

  /** Grades all; {@code results} receives the grades. */
  public void grade(List<HandIn> handIns) throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(settings.sideBySide());
    try (TemporaryFolder work = TemporaryFolder.create(WORK, this::abort)) {
      ExecutorCompletionService<Void> done = new ExecutorCompletionService<>(pool);
      for (int i = 0; i < handIns.size(); i++) {
        HandIn handIn = handIns.get(i);
        // The copy has a plain name, so that a build doesn't depend on unusual characters in a
        // team's name.
        Path copy = work.path().resolve(COPY + (i + 1));
        done.submit(() -> gradeOne(handIn, copy), null);
      }
      for (int i = 0; i < handIns.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException broken) {
      throw unwrapped(Objects.requireNonNull(broken.getCause(), "the task's exception"));
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * A text of a hand-in, with paths in its copy replaced by the paths that the team has: relative
   * to its own folder.
   */
  static String withoutCopy(String text) {
    return COPY_PATH.matcher(text).replaceAll(".");
  }

  private static IOException unwrapped(Throwable cause) {
    if (cause instanceof UncheckedIOException unwritable) {
      return Objects.requireNonNull(unwritable.getCause(), "its constructors demand one");
    }
    throw new IllegalStateException(cause);
  }

  private void gradeOne(HandIn handIn, Path copy) {
    try {
      HandInGrader grader =
          new HandInGrader(handIn, settings, copy, what -> listener.stage(handIn, what));
      TeamGrade grade = grader.grade();
      TemporaryFolder.delete(copy);
      if (results.add(grade)) {
        listener.ended(grade);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /**
   * The worlds kill their replicas at the same time; a run that is disturbed by this must not be
   * recorded.
   */
  private void abort() {
    results.close();
    listener.aborted();
  }
}
