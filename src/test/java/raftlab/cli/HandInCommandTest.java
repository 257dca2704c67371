package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandInCommandTest {
  @TempDir private Path root;
  private Path team;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeFolder() throws IOException {
    team = Files.createDirectory(root.resolve("team"));
  }

  private int handIn(String... args) {
    String[] words = new String[args.length + 1];
    words[0] = "handin";
    System.arraycopy(args, 0, words, 1, args.length);
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      return RaftlabCommand.run(words);
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }

  private void assertWrongUse(String complaint, String... args) {
    assertThat(handIn(args)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(complaint).doesNotContain("\tat ");
  }

  @Test
  void errors_are_shown_apart_from_warnings_and_nothing_is_packed() throws IOException {
    Files.writeString(team.resolve("4700kvstore"), "import os\n");
    Files.createDirectory(team.resolve(".git"));
    Path archive = root.resolve("a.tar.gz");
    assertThat(handIn(team.toString(), "--name", "a", "--out", archive.toString())).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(String::strip))
        .anyMatch(line -> line.matches("warning +\\.git: .*"))
        .anyMatch(line -> line.matches("error +4700kvstore: .*chmod.*"))
        .anyMatch(line -> line.matches("error +4700kvstore: has no #!.*"))
        .anyMatch(line -> line.startsWith("Not packed  errors: 2"));
    assertThat(archive).doesNotExist();
  }

  @Test
  void wrong_use_is_said_before_anything_is_built() throws IOException {
    String folder = team.toString();
    assertWrongUse("--name", folder);
    assertWrongUse("--name \"../x\"", folder, "--name", "../x");
    assertWrongUse("found no folder", folder + "-not", "--name", "x");
    assertWrongUse("--build-timeout 0", folder, "--name", "x", "--build-timeout", "0");
    assertWrongUse("own folder", folder, "--name", "x", "--out", folder + "/x.tar.gz");
    assertWrongUse("found no folder", folder, "--name", "x", "--out", folder + "-not/x.tar.gz");
    assertWrongUse("--program \"a/b\"", folder, "--name", "x", "--program", "a/b");
  }
}
