package raftlab.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A lesson: what the console prepares, and steps that the user types. Read from a file of lines
 * {@code key: text}; see console.md for the format.
 *
 * @param title one line
 * @param setup the commands that prepare it
 */
record Lesson(String title, List<String> setup, List<LessonStep> steps) {
  /** The lessons of the kit, in the order of the help. */
  static final List<String> NAMES =
      List.of("tour", "split-vote", "prevote", "figure-8", "lease", "snapshot");

  /**
   * A step.
   *
   * @param text what the user reads before
   * @param command the command that the user is asked to type
   * @param checks what must hold for the step to be done, all of them
   * @param after what the user reads when it is done
   */
  record LessonStep(
      List<String> text, String command, List<LessonCheck> checks, List<String> after) {}

  /** Reads a lesson of the kit by its name, or of a file. */
  static Lesson read(String nameOrFile) throws IOException {
    if (NAMES.contains(nameOrFile)) {
      try (InputStream in = Lesson.class.getResourceAsStream("lessons/" + nameOrFile + ".lesson")) {
        if (in == null) {
          throw new IOException("the lesson " + nameOrFile + " is missing in this build");
        }
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Reader(nameOrFile).read(text.lines().toList());
      }
    }
    try {
      Path file = Path.of(nameOrFile);
      if (Files.isRegularFile(file)) {
        return new Reader(nameOrFile).read(Files.readAllLines(file));
      }
    } catch (InvalidPathException notAName) {
      // Reported below.
    }
    throw CommandArguments.invalidWord(
        nameOrFile, "a file with a lesson, or one of " + String.join(", ", NAMES), NAMES);
  }

  private static final class Reader {
    private static final List<String> KEYS =
        List.of("title", "setup", "say", "type", "check", "done");

    private final String name;
    private final List<String> setup = new ArrayList<>();
    private final List<LessonStep> steps = new ArrayList<>();
    private String title = "";
    private List<String> text = new ArrayList<>();
    private String command = "";
    private List<LessonCheck> checks = new ArrayList<>();
    private List<String> after = new ArrayList<>();

    Reader(String name) {
      this.name = name;
    }

    Lesson read(List<String> lines) {
      String key = "";
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        if (line.startsWith(" ")) {
          add(key, line.strip(), i + 1);
          continue;
        }
        int colon = line.indexOf(':');
        key = colon < 0 ? line : line.substring(0, colon);
        if (colon < 0 || !KEYS.contains(key)) {
          throw new CommandException(
              name
                  + ":"
                  + (i + 1)
                  + ":1: found "
                  + ConsoleWords.quote(key, 40)
                  + ", expected one of "
                  + String.join(", ", KEYS)
                  + ", and a colon");
        }
        if (key.equals("say") && !command.isEmpty()) {
          endStep(i + 1);
        }
        add(key, line.substring(colon + 1).strip(), i + 1);
      }
      endStep(lines.size());
      if (steps.isEmpty()) {
        throw new CommandException(name + ": found no step, expected lines with say: and type:");
      }
      return new Lesson(title, List.copyOf(setup), List.copyOf(steps));
    }

    private void add(String key, String value, int number) {
      switch (key) {
        case "title" -> title = value;
        case "setup" -> setup.add(value);
        case "say" -> text.add(value);
        case "type" -> command = value;
        case "check" -> {
          try {
            checks.add(LessonCheck.of(value));
          } catch (CommandException wrong) {
            throw new CommandException(name + ":" + number + ":1: " + wrong.getMessage());
          }
        }
        case "done" -> after.add(value);
        default ->
            throw new CommandException(
                name + ":" + number + ":1: found a line without a key before it");
      }
    }

    private void endStep(int number) {
      if (command.isEmpty()) {
        if (!text.isEmpty()) {
          throw new CommandException(
              name + ":" + number + ":1: found say: without type:, expected a command to type");
        }
        return;
      }
      if (checks.isEmpty()) {
        checks.add(LessonCheck.of("command " + command.split(" ")[0]));
      }
      steps.add(
          new LessonStep(List.copyOf(text), command, List.copyOf(checks), List.copyOf(after)));
      text = new ArrayList<>();
      command = "";
      checks = new ArrayList<>();
      after = new ArrayList<>();
    }
  }
}
