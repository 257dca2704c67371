package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import raftlab.bugs.Bug;
import raftlab.bugs.FolderBugCatalogue;
import raftlab.cluster.World;
import raftlab.handin.BuiltProgramCopy;
import raftlab.handin.BuiltProgramCopy.NotPlantedException;
import raftlab.handin.HandInBuild;

/** A program in a folder like a hand-in, in any language, with its own bugs. */
final class BuggyFolderProgram implements ProgramWithBugs {
  private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(2);

  private final Path folder;
  private final WorldOptions.Kind kind;
  private final FolderBugCatalogue catalogue;

  /** Reads the bugs of the program in this folder, which is played in this world. */
  BuggyFolderProgram(Path folder, WorldOptions.Kind kind) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "found --of " + folder + ", expected a folder with a 4700kvstore and a folder bugs");
    }
    this.folder = folder;
    this.kind = kind;
    try {
      catalogue = FolderBugCatalogue.of(folder);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong);
    }
  }

  @Override
  public WorldOptions.Kind kind() {
    return kind;
  }

  @Override
  public List<String> suites() {
    return SuiteFinder.MAKE_TEST_SUITES;
  }

  @Override
  public List<Bug> all() {
    return catalogue.all();
  }

  @Override
  public Bug find(String name) {
    return catalogue.find(name);
  }

  @Override
  public Planted plant(Bug bug) throws IOException, InterruptedException, NotPlantedException {
    if (HandInBuild.isNeeded(folder) && !HandInBuild.isPossible()) {
      throw new UsageException("found a Makefile in " + folder + ", but make is not installed");
    }
    BuiltProgramCopy program =
        BuiltProgramCopy.create(folder, catalogue.patchedFiles(bug), BUILD_TIMEOUT);
    return new Planted() {
      @Override
      public World world() {
        return WorldOptions.programWorld(kind, program.command());
      }

      @Override
      public void close() {
        program.close();
      }
    };
  }
}
