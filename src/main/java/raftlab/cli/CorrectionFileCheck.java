package raftlab.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import raftlab.dialect.CorrectionFile;
import raftlab.dialect.Corrections;
import raftlab.scenario.FileProblem;
import raftlab.scenario.ScenarioException;

/** Warns of mistakes in the file with corrections beside a replica's program. */
final class CorrectionFileCheck {
  private CorrectionFileCheck() {}

  /** The corrections beside the program of this command; none, and a warning, if they are wrong. */
  static Corrections beside(List<String> replicaCommand) {
    Optional<Path> file = CorrectionFile.beside(replicaCommand);
    if (file.isEmpty()) {
      return Corrections.NONE;
    }
    try {
      return CorrectionFile.read(file.get());
    } catch (ScenarioException wrong) {
      warn(wrong.problems());
      System.err.println("warning: " + file.get() + " is ignored");
      return Corrections.NONE;
    }
  }

  /** Prints a line for each. */
  static void warn(List<FileProblem> problems) {
    problems.forEach(problem -> System.err.println("warning: " + problem));
  }
}
