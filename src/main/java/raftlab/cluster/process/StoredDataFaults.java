package raftlab.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import raftlab.cluster.DiskFault;
import raftlab.network.SeededGenerators;
import raftlab.storage.StorageException;
import raftlab.storage.TornWrite;
import raftlab.wire.Id;
import raftlab.wire.PrintableText;

/**
 * Damages the stored data of replicas, as {@link raftlab.cluster.DiskFault} says.
 *
 * <p>The format of a program's files is unknown. The kit can't truncate them, since the program may
 * have synced that part. It can't append to them either: a program that replaces its file as a
 * whole never finds a torn end. So only the reference replica, with its known format, gets torn
 * writes; every program can get a changed byte.
 */
public final class StoredDataFaults {
  private final RunFolder folder;
  private final boolean durable;
  private final boolean isReference;
  private final String world;
  private final RandomGenerator random;
  private final Set<Id> tornAtCrash = new TreeSet<>();

  /**
   * The data of replicas in this folder.
   *
   * @param durable whether they store anything
   * @param isReference whether they are the reference replica
   * @param world the name of the world
   */
  public StoredDataFaults(
      RunFolder folder, boolean durable, boolean isReference, String world, long seed) {
    this.world = world;
    this.folder = folder;
    this.durable = durable;
    this.isReference = isReference;
    this.random = SeededGenerators.generator(seed, "disk", 0);
  }

  /** Applies a fault; see {@link raftlab.cluster.Cluster#applyDiskFault}. */
  public String apply(Id replica, DiskFault fault, boolean runs) {
    boolean tears = fault instanceof DiskFault.Torn && isReference;
    if (!tears && !(fault instanceof DiskFault.Corrupt)) {
      throw Objects.requireNonNull(
              fault.requiredCapability(), "only a damaged journal is a fault in every world")
          .unsupportedBy(world);
    }
    if (!durable) {
      throw new IllegalStateException("replica " + replica + " has no disk in this run");
    }
    if (tears) {
      tornAtCrash.add(replica);
      return "its next crash leaves a record in part";
    }
    if (runs) {
      throw new IllegalStateException("replica " + replica + " runs, expected one that is down");
    }
    return corrupt(replica);
  }

  /** Notes that this replica crashed; {@code awaitExit} waits until it writes no more. */
  public void crashed(Id replica, Runnable awaitExit) {
    if (tornAtCrash.remove(replica)) {
      awaitExit.run();
      try {
        TornWrite.appendTo(folder.dataFolder(replica), random);
      } catch (IOException | StorageException cantBeRead) {
        // The replica finds that too when it starts, and reports it better.
        return;
      }
    }
  }

  private String corrupt(Id replica) {
    try {
      Path directory = folder.dataFolder(replica);
      Path file =
          largestFile(directory)
              .orElseThrow(
                  () -> new IllegalStateException("replica " + replica + " has stored nothing"));
      String name = PrintableText.of(directory.relativize(file).toString(), 80);
      return changeByte(file) + " of its file " + name + " changed";
    } catch (IOException | UncheckedIOException cantBeRead) {
      throw new IllegalStateException(
          "what replica " + replica + " has stored can't be changed: " + cantBeRead.getMessage(),
          cantBeRead);
    }
  }

  private static Optional<Path> largestFile(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> file.toFile().length() > 0)
          .sorted()
          .max(Comparator.comparingLong(file -> file.toFile().length()));
    }
  }

  private static String changeByte(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long place = file.size() / 2;
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, place);
      one.put(0, (byte) (one.get(0) + 1)).flip();
      file.write(one, place);
      return "byte " + place + " of the " + file.size();
    }
  }
}
