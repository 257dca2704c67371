package raftlab.handin.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;
import raftlab.handin.archive.ProgramStart;

/** What the program's file must look like so that the system can start it. */
final class LauncherRules {
  private static final String EXAMPLE = "#!/usr/bin/env python3";
  private static final List<String> PRIVATE =
      List.of("/home/", "/Users/", "/root/", "/opt/", "/usr/local/", "/snap/");

  private LauncherRules() {}

  /** Checks a file that exists. */
  static void check(Path file, String path, HandInProblems problems) throws IOException {
    if (!Files.isExecutable(file)) {
      problems.add(Kind.LAUNCHER, path, "is not executable; to fix it: chmod +x " + path);
    }
    ProgramStart start = ProgramStart.of(file);
    Optional<String> line = start.interpreterLine();
    if (start.hasByteOrderMark()) {
      problems.add(
          Kind.LAUNCHER,
          path,
          "begins with a byte order mark, expected #! as the first two bytes;"
              + " save it as UTF-8 without BOM");
    } else if (line.isPresent()) {
      checkLine(line.get(), path, problems);
    } else if (start.isCompiled() && !start.isLinuxProgram()) {
      problems.add(Kind.LAUNCHER, path, "is compiled for another system, expected Linux");
    } else if (!start.isCompiled()) {
      problems.add(
          Kind.LAUNCHER,
          path,
          "has no #! line, expected a first line such as " + EXAMPLE + ", or a compiled program");
    }
  }

  private static void checkLine(String line, String path, HandInProblems problems) {
    if (line.endsWith("\r")) {
      problems.add(
          Kind.LAUNCHER,
          path,
          "has lines that end with CR LF, expected LF: the system looks for an interpreter with CR in"
              + " its name; to fix it: sed -i 's/\\r$//' "
              + path);
    }
    String[] words = line.substring(2).strip().split("\\s+");
    String interpreter = words[0];
    if (!interpreter.startsWith("/")) {
      problems.add(
          Kind.LAUNCHER,
          path,
          "has \"" + line.strip() + "\" as its first line, expected an absolute path: " + EXAMPLE);
    } else if (PRIVATE.stream().anyMatch(interpreter::startsWith)) {
      problems.add(
          Kind.LAUNCHER,
          path,
          "needs " + interpreter + ", which the grader's machine lacks, expected " + EXAMPLE);
    } else if (!Files.exists(Path.of(interpreter))) {
      problems.add(Kind.LAUNCHER, path, "needs " + interpreter + ", which is not on this machine");
    } else if (interpreter.endsWith("/env") && words.length > 2 && !words[1].startsWith("-")) {
      problems.add(
          Kind.LAUNCHER,
          path,
          "has \""
              + line.strip()
              + "\" as its first line; on Linux, arguments need -S: "
              + line.strip().replaceFirst("env ", "env -S "));
    }
  }
}
