package raftlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that are made from the tables of keys. With {@code -Draftlab.rewrite=true} they are written
 * anew instead of compared; then read what changed.
 */
final class Written {
  private static final boolean REWRITE = Boolean.getBoolean("raftlab.rewrite");

  private Written() {}

  /** The file holds this text. */
  static void assertHolds(Path file, String text) throws IOException {
    if (REWRITE) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file))
        .as("%s; mvn test -Draftlab.rewrite=true -Dtest='*PageTest,SchemaJsonTest' writes it", file)
        .isEqualTo(text);
  }
}
