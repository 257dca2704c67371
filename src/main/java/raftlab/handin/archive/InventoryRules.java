package raftlab.handin.archive;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import raftlab.handin.archive.ArchivedFile.Type;
import raftlab.handin.archive.HandInProblem.Kind;

/** The rules that need to know all entries of an archive: links, and paths that collide. */
final class InventoryRules {
  private static final int MAX_LINKS_FOLLOWED = 40;
  private static final int MAX_STEPS = 500;

  private final Map<String, ArchivedFile> entries;
  private final HandInProblems problems;

  /** The spelling of each path that came first, by the path without upper case. */
  private final Map<String, String> spellings = new HashMap<>();

  InventoryRules(Map<String, ArchivedFile> entries, HandInProblems problems) {
    this.entries = entries;
    this.problems = problems;
  }

  void check() {
    Set<String> earlier = new HashSet<>();
    entries.forEach(
        (path, entry) -> {
          checkParents(path);
          checkCase(path);
          if (entry.type() == Type.SYMBOLIC_LINK) {
            checkLink(path, entry.link());
          } else if (entry.type() == Type.HARD_LINK) {
            checkHardLink(path, entry.link(), earlier);
          }
          if (entry.type() == Type.FILE) {
            earlier.add(path);
          }
        });
  }

  private void checkParents(String path) {
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      ArchivedFile parent = entries.get(path.substring(0, i));
      if (parent != null && parent.type() == Type.SYMBOLIC_LINK) {
        problems.add(
            Kind.THROUGH_LINK, path, "leads through the symbolic link " + path.substring(0, i));
        return;
      }
      if (parent != null && parent.type() != Type.FOLDER) {
        problems.add(
            Kind.DUPLICATE, path, "is in " + path.substring(0, i) + ", which is not a folder");
        return;
      }
    }
  }

  /** Each folder on the way, and the path itself. */
  private void checkCase(String path) {
    for (int i = path.indexOf('/'); ; i = path.indexOf('/', i + 1)) {
      String part = i < 0 ? path : path.substring(0, i);
      String key = Normalizer.normalize(part, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      String first = spellings.putIfAbsent(key, part);
      if (first != null && !first.equals(part)) {
        problems.add(
            Kind.CASE_COLLISION, part, "differs from " + first + " only in upper and lower case");
        return;
      }
      if (i < 0) {
        return;
      }
    }
  }

  private void checkLink(String path, String target) {
    Optional<HandInProblem> unprintable = EntryPath.nameProblem(target);
    if (target.isEmpty() || unprintable.isPresent()) {
      problems.add(
          Kind.UNPRINTABLE_NAME, path, "is a link to \"" + target + "\", which is no path");
    } else if (leadsOut(path, target)) {
      problems.add(
          Kind.LINK_OUT, path, "is a link to " + target + ", which is outside of the hand-in");
    }
  }

  /** Follows the links of the archive, as the system would; a way that is too long leads out. */
  private boolean leadsOut(String path, String target) {
    Deque<String> at = new ArrayDeque<>();
    if (path.contains("/")) {
      at.addAll(List.of(path.substring(0, path.lastIndexOf('/')).split("/")));
    }
    Deque<String> todo = new ArrayDeque<>();
    int steps = 0;
    String link = target;
    for (int followed = 0; link != null && followed < MAX_LINKS_FOLLOWED; followed++) {
      if (link.startsWith("/")) {
        return true;
      }
      String[] parts = link.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        todo.push(parts[i]);
      }
      link = null;
      while (link == null && !todo.isEmpty()) {
        if (++steps > MAX_STEPS) {
          return true;
        }
        String part = todo.pop();
        if (part.equals("..")) {
          if (at.pollLast() == null) {
            return true;
          }
        } else if (!part.isEmpty() && !part.equals(".")) {
          at.addLast(part);
          ArchivedFile here = entries.get(String.join("/", at));
          if (here != null && here.type() == Type.SYMBOLIC_LINK) {
            link = here.link();
            at.removeLast();
          }
        }
      }
    }
    return false;
  }

  private void checkHardLink(String path, String target, Set<String> earlier) {
    Optional<HandInProblem> wrong = EntryPath.problem(target, ArchiveLimits.USUAL);
    if (wrong.isPresent() || !earlier.contains(EntryPath.normalized(target))) {
      problems.add(
          Kind.HARD_LINK_OUT,
          path,
          "is a hard link to " + target + ", expected a file that the archive has before it");
    }
  }
}
