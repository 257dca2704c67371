package raftlab.handin;

import java.nio.file.Path;
import java.util.List;

/**
 * The work of one team.
 *
 * @param team the name of the folder, or of the archive without its suffix, without characters that
 *     can't be displayed
 * @param source the folder, or the archive; may be a symbolic link, which is never followed
 * @param fileName the team's name as a file name, different for each team
 * @param programs the names under which its program is looked for
 */
public record HandIn(String team, Path source, String fileName, List<String> programs) {
  /** Copies the list. */
  public HandIn {
    programs = List.copyOf(programs);
  }

  /** With the usual names of the program. */
  public HandIn(String team, Path source, String fileName) {
    this(team, source, fileName, ReplicaProgramFinder.NAMES);
  }
}
