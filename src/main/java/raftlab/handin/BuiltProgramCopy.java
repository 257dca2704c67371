package raftlab.handin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.handin.archive.RefusedHandInException;

/** A copy of a program's folder with some changed files, built; deleted when it is closed. */
public final class BuiltProgramCopy implements AutoCloseable {
  private static final String WORK = "raftlab-bugs-";
  private static final String COPY = "copy";

  private final TemporaryFolder work;
  private final ReplicaCommand command;

  private BuiltProgramCopy(TemporaryFolder work, ReplicaCommand command) {
    this.work = work;
    this.command = command;
  }

  /**
   * Copies a folder, changes files and builds the program.
   *
   * @param folder the folder of the program; it is not changed
   * @param changed the new texts of files, by path in the folder
   * @param buildTimeout the time limit for the build
   * @throws NotPlantedException if there is no program to play; the message has the reason
   */
  public static BuiltProgramCopy create(
      Path folder, Map<String, String> changed, Duration buildTimeout)
      throws IOException, InterruptedException, NotPlantedException {
    TemporaryFolder work = TemporaryFolder.create(WORK, () -> {});
    try {
      Path copy = work.path().resolve(COPY);
      HandInCopy.of(folder, copy);
      for (Map.Entry<String, String> file : changed.entrySet()) {
        Files.writeString(copy.resolve(file.getKey()), file.getValue());
      }
      build(copy, buildTimeout);
      return new BuiltProgramCopy(work, ReplicaProgramFinder.find(copy, folder));
    } catch (RefusedHandInException refused) {
      work.close();
      throw new NotPlantedException(Objects.requireNonNull(refused.getMessage(), "each says why"));
    } catch (ReplicaProgramFinder.NoProgramException none) {
      work.close();
      throw new NotPlantedException(Objects.requireNonNull(none.getMessage(), "each says why"));
    } catch (IOException | InterruptedException | RuntimeException | NotPlantedException wrong) {
      work.close();
      throw wrong;
    }
  }

  private static void build(Path copy, Duration timeout)
      throws InterruptedException, NotPlantedException {
    BuildResult build = HandInBuild.run(copy, timeout);
    if (!build.isGood()) {
      String output = String.join("\n", build.output()).replace(copy.toString(), ".");
      throw new NotPlantedException(build.text() + (output.isEmpty() ? "" : ":\n" + output));
    }
  }

  /** The command that starts the program. */
  public ReplicaCommand command() {
    return command;
  }

  @Override
  public void close() {
    work.close();
  }

  /** Thrown if the program can't be built or started with its changes. */
  public static final class NotPlantedException extends Exception {
    NotPlantedException(String message) {
      super(message);
    }
  }
}
