package raftlab.bugs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bug that can be planted in a replica: a name, a description, and changed lines.
 *
 * <p>A bug file starts with a sentence of one or more lines, then {@code Paper: §5.2}, the section
 * with the violated rule ({@code -} for none), then the changes as a diff:
 *
 * <pre>
 *   A replica grants its vote although it has already voted in this term.
 *   Paper: §5.2
 *
 *   --- Voting.java
 *   -    boolean granted = mayHaveIt &amp;&amp; replica.ballot.mayVoteFor(candidate);
 *   +    boolean granted = mayHaveIt;
 * </pre>
 *
 * <p>An empty line or one with {@code @@} separates changes of the same file. Lines that start with
 * a space are unchanged; they locate the change.
 *
 * @param name lower-case words with hyphens
 * @param title what it does wrong, in one sentence
 * @param section the section of the (extended) Raft paper with the violated rule; "" for none
 * @param edits the changes
 * @param diff the changes, as in the file
 */
public record Bug(String name, String title, String section, List<SourceEdit> edits, String diff) {
  private static final String PAPER = "Paper:";
  private static final String FILE = "--- ";

  /** Copies the list. */
  public Bug {
    edits = List.copyOf(edits);
  }

  /**
   * Parses a bug file.
   *
   * @throws IllegalArgumentException if it isn't valid; the message names the line
   */
  public static Bug read(String name, String description) {
    return new Reader(description.lines().toList()).read(name);
  }

  /** The texts of files, by name, with the bug planted; all changed files must be given. */
  public Map<String, String> applyTo(Map<String, String> files) {
    Map<String, String> changed = new TreeMap<>();
    for (SourceEdit edit : edits) {
      String text = changed.getOrDefault(edit.file(), files.get(edit.file()));
      if (text == null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "line %d: found the file %s, expected one of %s",
                edit.line(),
                edit.file(),
                new ArrayList<>(files.keySet())));
      }
      changed.put(edit.file(), edit.applyTo(text));
    }
    return changed;
  }

  private static final class Reader {
    private final List<String> lines;
    private final List<SourceEdit> edits = new ArrayList<>();
    private @Nullable String file;
    private int start;
    private List<String> before = new ArrayList<>();
    private List<String> after = new ArrayList<>();

    Reader(List<String> lines) {
      this.lines = lines;
    }

    Bug read(String name) {
      StringBuilder title = new StringBuilder();
      int next = 0;
      while (next < lines.size() && !lines.get(next).startsWith(PAPER)) {
        title.append(title.isEmpty() ? "" : " ").append(lines.get(next).strip());
        next++;
      }
      if (title.isEmpty() || next == lines.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "line %d: expected a sentence and then \"%s §…\"", next + 1, PAPER));
      }
      String section = lines.get(next).substring(PAPER.length()).strip();
      String diff = String.join("\n", lines.subList(next + 1, lines.size())).strip();
      for (int i = next + 1; i < lines.size(); i++) {
        readLine(lines.get(i), i + 1);
      }
      finishEdit();
      if (edits.isEmpty()) {
        throw new IllegalArgumentException("line " + lines.size() + ": expected changes of a file");
      }
      return new Bug(name, title.toString(), section.equals("-") ? "" : section, edits, diff);
    }

    private void readLine(String line, int number) {
      if (line.startsWith(FILE)) {
        finishEdit();
        file = line.substring(FILE.length()).strip();
      } else if (line.isBlank() || line.startsWith("@@")) {
        finishEdit();
      } else {
        char kind = line.charAt(0);
        if (file == null || " -+".indexOf(kind) < 0) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "line %d: found \"%s\", expected %s",
                  number,
                  line,
                  file == null
                      ? "\"--- \" and a file's name"
                      : "a line that starts with a space, - or +"));
        }
        start = start == 0 ? number : start;
        String text = line.substring(1);
        if (kind != '+') {
          before.add(text);
        }
        if (kind != '-') {
          after.add(text);
        }
      }
    }

    private void finishEdit() {
      if (start > 0) {
        if (before.isEmpty() || before.equals(after)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "line %d: found %s, expected lines to find, and lines to replace them",
                  start,
                  before.isEmpty() ? "only new lines" : "no change"));
        }
        edits.add(
            new SourceEdit(
                Objects.requireNonNull(file, "readLine checks it"), start, before, after));
      }
      start = 0;
      before = new ArrayList<>();
      after = new ArrayList<>();
    }
  }
}
