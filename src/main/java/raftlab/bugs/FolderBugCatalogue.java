package raftlab.bugs;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import raftlab.wire.NearestWord;

/**
 * The bugs that can be planted in a program in any language: its folder has a folder {@value
 * #FOLDER} with a file {@code NAME.diff} for each, in the format of {@link Bug}. Files are named by
 * their paths in the program's folder.
 */
public final class FolderBugCatalogue {
  /** The folder of a program's bugs, inside its own folder. */
  public static final String FOLDER = "bugs";

  private static final String EXPECTED = "expected a folder with files NAME.diff, one for each bug";

  private final Path program;
  private final Map<String, Bug> bugs = new TreeMap<>();
  private final Map<String, Map<String, String>> patchedFiles = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private FolderBugCatalogue(Path program) {
    this.program = program;
  }

  /**
   * Reads all bugs of a program.
   *
   * @param program the program's folder
   * @throws IllegalArgumentException if there are none, or one can't be planted; the message names
   *     the file, the line, and what was expected
   * @throws IOException if a file can't be read
   */
  public static FolderBugCatalogue of(Path program) throws IOException {
    FolderBugCatalogue catalogue = new FolderBugCatalogue(program);
    Path folder = program.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("found no folder " + folder + ", " + EXPECTED);
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*" + BugCatalogue.SUFFIX)) {
      for (Path file : files) {
        catalogue.read(file);
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    catalogue.throwProblems();
    if (catalogue.bugs.isEmpty()) {
      throw new IllegalArgumentException("found no bugs in " + folder + ", " + EXPECTED);
    }
    return catalogue;
  }

  private void read(Path file) throws IOException {
    String fileName = file.getFileName().toString();
    String name = fileName.substring(0, fileName.length() - BugCatalogue.SUFFIX.length());
    try {
      Bug bug = Bug.read(name, text(file));
      patchedFiles.put(name, bug.applyTo(texts(bug)));
      bugs.put(name, bug);
    } catch (IllegalArgumentException wrong) {
      problems.add(file + ": " + wrong.getMessage());
    }
  }

  /** Throws with all problems. */
  private void throwProblems() {
    if (!problems.isEmpty()) {
      problems.sort(null);
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  /** The files that a bug changes, without the bug. */
  private Map<String, String> texts(Bug bug) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (SourceEdit edit : bug.edits()) {
      if (!isInProgramFolder(edit.file())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "line %d: found the file %s, expected one in %s%s",
                edit.line(),
                edit.file(),
                program,
                nearest(edit.file())));
      }
      texts.put(edit.file(), text(program.resolve(edit.file())));
    }
    return texts;
  }

  /** Whether it is a file of the program, and not a link out of its folder. */
  private boolean isInProgramFolder(String file) throws IOException {
    try {
      Path path = program.resolve(file);
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && path.toRealPath().startsWith(program.toRealPath());
    } catch (InvalidPathException noPath) {
      return false;
    }
  }

  private String nearest(String file) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(program, Files::isRegularFile)) {
      files.forEach(each -> names.add(each.getFileName().toString()));
    }
    names.sort(null);
    return NearestWord.of(file, names).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException binary) {
      throw new IllegalArgumentException("found other bytes in " + file + ", expected UTF-8");
    }
  }

  /** All bugs, by name. */
  public List<Bug> all() {
    return List.copyOf(bugs.values());
  }

  /**
   * The bug of this name.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest name
   */
  public Bug find(String name) {
    if (!bugs.containsKey(name)) {
      throw BugCatalogue.unknownBug(
          name, bugs.keySet(), "raftlab bugs --of " + program + " --list");
    }
    return bugs.get(name);
  }

  /** The files that a bug of this catalogue changes, with the bug, by path. */
  public Map<String, String> patchedFiles(Bug bug) {
    return Map.copyOf(patchedFiles.get(bug.name()));
  }
}
