package raftlab.cluster.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import raftlab.wire.Id;

/**
 * Checks at intervals how much disk each replica's data takes, so that no replica fills the disk.
 * Uses {@code du}, which counts the real size of a sparse file.
 */
final class StorageWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 1_000;
  private static final String SUFFIX = "-data";

  private final Path folder;
  private final long mostKilobytes;
  private final Consumer<Id> onExceeded;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Creates a watch without a thread.
   *
   * @param folder the folder with the replicas' data directories
   * @param onExceeded is called with each replica that stores more than that, on any thread, at
   *     each check
   */
  StorageWatch(Path folder, long mostKilobytes, Consumer<Id> onExceeded) {
    this.folder = folder;
    this.mostKilobytes = mostKilobytes;
    this.onExceeded = onExceeded;
  }

  /** Starts a thread that checks at intervals. */
  void start() {
    Thread thread = new Thread(this::watch, "raftlab-storage");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        checkOnce();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException cantBeCounted) {
      // Without du, or without the folder, there is no check.
      return;
    }
  }

  /** Checks once. */
  void checkOnce() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("du", "-sk"));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "????" + SUFFIX)) {
      all.forEach(directory -> command.add(directory.toString()));
    }
    if (command.size() == 2) {
      return;
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.inputReader().lines().forEach(this::checkLine);
    process.waitFor();
  }

  /** Handles a line of {@code du}: kilobytes and path. */
  private void checkLine(String line) {
    String[] words = line.split("\t", 2);
    String id = words.length < 2 ? "" : Path.of(words[1]).getFileName().toString().split("-")[0];
    if (words[0].matches("\\d{1,18}") && Id.isId(id) && Long.parseLong(words[0]) > mostKilobytes) {
      onExceeded.accept(Id.parse(id));
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
