package raftlab.handin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;

class LauncherRulesTest {
  @TempDir private Path folder;

  private List<HandInProblem> problems(String content, boolean executable) throws IOException {
    Path file = folder.resolve("4700kvstore");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(file.toFile().setExecutable(executable)).isTrue();
    HandInProblems problems = new HandInProblems();
    LauncherRules.check(file, "4700kvstore", problems);
    return problems.list();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/bin/sh\nexec x\n",
        "#! /bin/sh -e\n",
        "#!/usr/bin/env python3\nx",
        "#!/usr/bin/env -S python3 -u\n",
        "\u007fELF and so on"
      })
  void what_the_system_can_start_is_right(String content) throws IOException {
    assertThat(problems(content, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#!/bin/sh\\r\\nexec x\\r\\n    | CR LF",
        "import os\\n                   | no #! line",
        "\\n                            | no #! line",
        "#!python3\\n                   | absolute path",
        "#!/home/ada/bin/python3\\n     | the grader's machine lacks",
        "#!/bin/no-such-shell\\n        | not on this machine",
        "#!/usr/bin/env python3 -u\\n   | env -S python3 -u",
        "\\357\\273\\277#!/bin/sh\\n | byte order mark",
        "\\317\\372\\355\\376           | another system"
      })
  void what_it_can_not_start_is_named_with_what_was_expected(String content, String words)
      throws IOException {
    assertThat(problems(content.translateEscapes(), true))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Kind.LAUNCHER);
              assertThat(problem.text()).contains(words);
            });
  }

  @Test
  void a_file_without_permission_is_named_with_the_command_that_gives_it() throws IOException {
    assertThat(problems("#!/bin/sh\n", false))
        .extracting(HandInProblem::text)
        .singleElement()
        .asString()
        .contains("chmod +x 4700kvstore");
  }

  @Test
  void several_mistakes_are_reported_at_once() throws IOException {
    assertThat(problems("#!python3\r\n", false)).hasSize(3);
  }
}
