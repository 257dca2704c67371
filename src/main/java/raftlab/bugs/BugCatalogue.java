package raftlab.bugs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import raftlab.wire.NearestWord;

/** The bugs that can be planted in the reference replica. */
public final class BugCatalogue {
  /** Where the build leaves the descriptions and the changed classes. */
  static final String FOLDER = "planted";

  static final String INDEX = "index";
  static final String SUFFIX = ".diff";

  private BugCatalogue() {}

  /** The names of all bugs, in the order in which they are shown. */
  public static List<String> names() {
    byte[] index = resource(INDEX);
    return index == null ? List.of() : new String(index, StandardCharsets.UTF_8).lines().toList();
  }

  /** All bugs, in the order in which they are shown. */
  public static List<Bug> all() {
    return names().stream().map(BugCatalogue::read).toList();
  }

  /**
   * The bug of this name.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest
   */
  public static Bug find(String name) {
    List<String> names = names();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("this build has no planted bugs");
    }
    if (!names.contains(name)) {
      throw unknown(name, names, "raftlab bugs --list");
    }
    return read(name);
  }

  /** What to say of a name that isn't one of these; the command lists them. */
  static IllegalArgumentException unknown(String name, Collection<String> names, String command) {
    String near =
        NearestWord.of(name, names).map(each -> "; did you mean " + each + "?").orElse("");
    return new IllegalArgumentException(
        "found the bug \"" + name + "\", expected one that `" + command + "` names" + near);
  }

  private static Bug read(String name) {
    return Bug.read(name, new String(resource(name + SUFFIX), StandardCharsets.UTF_8));
  }

  /** What the build left under this name; null if nothing. */
  static byte[] resource(String name) {
    try (InputStream in = BugCatalogue.class.getResourceAsStream(FOLDER + "/" + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
