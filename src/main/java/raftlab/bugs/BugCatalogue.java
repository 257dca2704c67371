package raftlab.bugs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.wire.NearestWord;

/** The bugs that can be planted in the reference replica. */
public final class BugCatalogue {
  /** The folder in which the build stores the descriptions and the changed classes. */
  static final String FOLDER = "planted";

  static final String INDEX = "index";
  static final String SUFFIX = ".diff";

  private BugCatalogue() {}

  /** The names of all bugs, in display order. */
  public static List<String> names() {
    byte[] index = resource(INDEX);
    return index == null ? List.of() : new String(index, StandardCharsets.UTF_8).lines().toList();
  }

  /** All bugs, in display order. */
  public static List<Bug> all() {
    return names().stream().map(BugCatalogue::read).toList();
  }

  /**
   * The bug of this name.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest name
   */
  public static Bug find(String name) {
    List<String> names = names();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("this build has no planted bugs");
    }
    if (!names.contains(name)) {
      throw unknownBug(name, names, "raftlab bugs --list");
    }
    return read(name);
  }

  /** The message for an unknown name; the command lists the valid ones. */
  static IllegalArgumentException unknownBug(
      String name, Collection<String> names, String command) {
    String near =
        NearestWord.of(name, names).map(each -> "; did you mean " + each + "?").orElse("");
    return new IllegalArgumentException(
        "found the bug \"" + name + "\", expected one that `" + command + "` lists" + near);
  }

  private static Bug read(String name) {
    byte[] description =
        Objects.requireNonNull(resource(name + SUFFIX), "the index names only stored bugs");
    return Bug.read(name, new String(description, StandardCharsets.UTF_8));
  }

  /** The build output with this name; null if there is none. */
  static byte @Nullable [] resource(String name) {
    try (InputStream in = BugCatalogue.class.getResourceAsStream(FOLDER + "/" + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
