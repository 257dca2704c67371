package raftlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import raftlab.bugs.Bug;
import raftlab.bugs.FolderCatalogue;
import raftlab.cluster.World;
import raftlab.grade.Build;
import raftlab.grade.PlantedProgram;
import raftlab.grade.PlantedProgram.NotPlantedException;

/** A program in a folder like a hand-in, in any language, with bugs of its own. */
final class FolderTarget implements BugTarget {
  private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(2);

  private final Path folder;
  private final FolderCatalogue catalogue;

  /** Reads the bugs of the program in this folder. */
  FolderTarget(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new WrongUseException(
          "found --of " + folder + ", expected a folder with a 4700kvstore and a folder bugs");
    }
    this.folder = folder;
    try {
      catalogue = FolderCatalogue.of(folder);
    } catch (IllegalArgumentException wrong) {
      throw new WrongUseException(wrong.getMessage());
    }
  }

  @Override
  public WorldOptions.Kind kind() {
    return WorldOptions.Kind.process;
  }

  @Override
  public List<String> suites() {
    return Suites.OF_MAKE_TEST;
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
    if (Build.isNeeded(folder) && !Build.isPossible()) {
      throw new WrongUseException(
          "there is a Makefile in " + folder + ", but make is not installed");
    }
    PlantedProgram program = PlantedProgram.in(folder, catalogue.planted(bug), BUILD_TIMEOUT);
    return new Planted() {
      @Override
      public World world() {
        return program.world();
      }

      @Override
      public void close() {
        program.close();
      }
    };
  }
}
