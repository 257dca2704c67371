package raftlab.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The shell scripts of this package. */
enum ScriptResource {
  /** Joins control groups, and becomes a command. */
  ENTER("enter"),
  /** Becomes a command with the rights of another user. */
  DROP_RIGHTS("drop-rights");

  private final String name;
  private final String text;

  ScriptResource(String name) {
    this.name = name;
    try (InputStream in = ScriptResource.class.getResourceAsStream(name + ".sh")) {
      text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The command that runs the script with these arguments. */
  List<String> command(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", text, name));
    words.addAll(arguments);
    return words;
  }
}
