package raftlab.scenario.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that are made from the tables of keys. With {@code -Draftlab.rewrite=true} they are written
 * instead of compared; then read what changed.
 */
public final class GeneratedFileAssert {
  private static final boolean REWRITE = Boolean.getBoolean("raftlab.rewrite");

  private GeneratedFileAssert() {}

  /** The file holds this text. */
  public static void assertHolds(Path file, String text) throws IOException {
    if (REWRITE) {
      Files.writeString(file, text);
    }
    List<String> written = Files.readString(file).lines().toList();
    List<String> made = text.lines().toList();
    for (int i = 0; i < Math.max(written.size(), made.size()); i++) {
      assertThat(line(written, i))
          .as(
              "%s:%d; mvn test -Draftlab.rewrite=true -Dtest='*PageTest,JsonSchemaTest'",
              file, i + 1)
          .isEqualTo(line(made, i));
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "(end)";
  }
}
