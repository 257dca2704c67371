package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks at intervals how much disk a folder takes, so that a build doesn't fill the disk. Uses
 * {@code du}, which counts the real size of a sparse file.
 */
final class FolderSizeWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 500;

  /** Each file takes a part of the disk that is not in its size. */
  private static final long MAX_FILES = 200_000;

  private final @Nullable Path folder;
  private final long mostBytes;
  private final Runnable onExceeded;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Creates a watch without a thread.
   *
   * @param folder null to watch nothing
   * @param onExceeded is called at each check that finds more
   */
  FolderSizeWatch(@Nullable Path folder, long mostBytes, Runnable onExceeded) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.onExceeded = onExceeded;
  }

  /** Starts a thread that checks at intervals, if there is a folder. */
  void start() {
    if (folder != null) {
      Thread thread = new Thread(() -> watch(folder), "raftlab-folder-size");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void watch(Path watched) {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (isExceeded(watched)) {
          onExceeded.run();
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException cantBeCounted) {
      // Without du there is no check.
      return;
    }
  }

  private boolean isExceeded(Path watched) throws IOException, InterruptedException {
    return du("-sk", watched) > mostBytes / 1024 || du("--inodes", watched) > MAX_FILES;
  }

  private static long du(String option, Path watched) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("du", option, "-s", watched.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String first = process.inputReader().lines().findFirst().orElse("");
    process.waitFor();
    String number = first.split("\t")[0];
    return number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
