package raftlab.handin.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import raftlab.handin.archive.ArchivedFile.Refusal;
import raftlab.handin.archive.ArchivedFile.Type;
import raftlab.handin.archive.ByteBudget.ExceededException;
import raftlab.handin.archive.HandInProblem.Kind;

/** All entries of an archive, and everything that is wrong with them. Writes nothing. */
final class ArchiveInventory {
  private static final String STOPPED = "; the archive was not read further";

  /** The lowest mode with the set-group-ID or the set-user-ID bit. */
  private static final int SPECIAL_BITS = 02000;

  private final ArchiveLimits limits;
  private final HandInProblems problems = new HandInProblems();
  private final Map<String, ArchivedFile> entries = new LinkedHashMap<>();
  private int count;
  private int links;

  private ArchiveInventory(ArchiveLimits limits) {
    this.limits = limits;
  }

  /** Reads the whole archive. */
  static ArchiveInventory of(Path archive, ArchiveFormat format, ArchiveLimits limits) {
    ArchiveInventory inventory = new ArchiveInventory(limits);
    inventory.read(archive, format);
    new InventoryRules(inventory.entries, inventory.problems).check();
    return inventory;
  }

  /** What is wrong. */
  HandInProblems problems() {
    return problems;
  }

  /** The entries to unpack, by their normalized paths, in the archive's order. */
  Map<String, ArchivedFile> entries() {
    return Collections.unmodifiableMap(entries);
  }

  private void read(Path archive, ArchiveFormat format) {
    String at = "";
    try (ArchiveReader reader = ArchiveReader.open(archive, format, limits)) {
      Map<String, Long> sizes = new HashMap<>();
      ByteBudget budget = new ByteBudget(limits, Files.size(archive));
      for (ArchivedFile entry = reader.next(); entry != null; entry = reader.next()) {
        at = entry.name();
        if (++count > limits.entries()) {
          problems.add(
              Kind.TOO_MANY, "", "has more than " + limits.entries() + " entries" + STOPPED);
          return;
        }
        add(entry);
        if (entry.type() == Type.FILE && entry.refusal() == Refusal.NONE) {
          sizes.put(EntryPath.normalized(at), drain(reader.content(), budget, at));
        } else if (entry.type() == Type.HARD_LINK) {
          // It becomes a file of its own.
          budget.take(sizes.getOrDefault(EntryPath.normalized(entry.link()), 0L), at);
        }
      }
    } catch (ExceededException exceeded) {
      HandInProblem problem = exceeded.problem();
      problems.add(problem.kind(), problem.path(), problem.text() + STOPPED);
    } catch (IOException | RuntimeException damaged) {
      // The library throws many kinds of exceptions on damaged and hostile archives.
      problems.add(Kind.UNREADABLE, "", unreadable(at, damaged));
    }
  }

  private static String unreadable(String at, Exception damaged) {
    String why =
        damaged instanceof EOFException
            ? "the file ends too early"
            : damaged.getMessage() == null ? "it is damaged" : damaged.getMessage();
    return "can't be read"
        + (at.isEmpty() ? "" : " at or after the entry \"" + at + "\"")
        + ": "
        + why;
  }

  private static long drain(InputStream in, ByteBudget budget, String name) throws IOException {
    byte[] buffer = new byte[1 << 15];
    long size = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      budget.take(n, name);
      size += n;
    }
    return size;
  }

  private void add(ArchivedFile entry) {
    String name = entry.name();
    if (entry.type() == Type.SPECIAL) {
      problems.add(
          Kind.SPECIAL_FILE, name, "is a device, a pipe or of an unknown type, expected a file");
    }
    if (entry.refusal() == Refusal.ENCRYPTED) {
      problems.add(Kind.ENCRYPTED, name, "is encrypted, expected no password");
    } else if (entry.refusal() == Refusal.METHOD) {
      problems.add(
          Kind.UNREADABLE, name, "is compressed with an unusual method, expected \"deflate\"");
    }
    Optional<HandInProblem> wrongPath = EntryPath.problem(name, limits);
    if (wrongPath.isPresent()) {
      problems.add(wrongPath.get());
      return;
    }
    if (entry.link().length() > ArchiveLimits.PATH_BYTES) {
      problems.add(
          Kind.LONG_NAME,
          name,
          "is a link to a path of more than " + ArchiveLimits.PATH_BYTES + " bytes");
      return;
    }
    if (entry.type() == Type.SYMBOLIC_LINK && ++links == ArchiveLimits.LINKS + 1) {
      problems.add(Kind.TOO_MANY, "", "has more than " + ArchiveLimits.LINKS + " symbolic links");
    }
    if (links > ArchiveLimits.LINKS && entry.type() == Type.SYMBOLIC_LINK) {
      return;
    }
    String path = EntryPath.normalized(name);
    if (path.isEmpty() || isSystemJunk(path)) {
      return;
    }
    ArchivedFile before = entries.get(path);
    if (before == null) {
      entries.put(path, entry);
    } else if (before.type() != Type.FOLDER || entry.type() != Type.FOLDER) {
      problems.add(Kind.DUPLICATE, path, "is in the archive twice");
    }
    if (entry.type() == Type.FILE && entry.mode() >= SPECIAL_BITS) {
      problems.add(
          Kind.SPECIAL_BITS, path, "has the set-user-ID or set-group-ID bit, which was removed");
    }
  }

  /** What macOS adds to archives. */
  static boolean isSystemJunk(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return path.equals("__MACOSX")
        || path.startsWith("__MACOSX/")
        || name.equals(".DS_Store")
        || name.startsWith("._");
  }
}
