package raftlab.handin.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import raftlab.handin.BuildResult;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.PreparedHandIn;
import raftlab.handin.ReplicaProgramFinder;
import raftlab.handin.ReplicaProgramFinder.NoProgramException;
import raftlab.handin.TemporaryFolder;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;
import raftlab.handin.archive.RefusedHandInException;
import raftlab.scenario.Scenario;

/**
 * Checks a submission and packs it. What is built and played is unpacked from the archive, as at
 * the grader: files that were left out are missing here, too.
 */
public final class HandInCheck {
  private static final String WORK = "raftlab-handin-";

  private final String team;
  private final List<String> programs;
  private final Scenario smoke;
  private final Duration buildTimeout;
  private final Consumer<String> stage;
  private final HandInProblems problems = new HandInProblems();
  private final List<String> passed = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  /**
   * Creates a check.
   *
   * @param team the name of the folder in the archive
   * @param programs the names of the program
   * @param smoke the scenario to play
   * @param stage receives what is being done
   */
  public HandInCheck(
      String team,
      List<String> programs,
      Scenario smoke,
      Duration buildTimeout,
      Consumer<String> stage) {
    this.team = team;
    this.programs = List.copyOf(programs);
    this.smoke = smoke;
    this.buildTimeout = buildTimeout;
    this.stage = stage;
  }

  /**
   * Checks the submission in a folder; if it is good, writes the archive.
   *
   * @param archive the file to write; an existing one is replaced
   */
  public HandInReport check(Path folder, Path archive) throws IOException, InterruptedException {
    stage.accept("reading the files");
    List<PackedFile> files = SubmissionFiles.of(folder, problems);
    Path root = folder.toRealPath();
    checkProgram(root);
    try (TemporaryFolder work = TemporaryFolder.create(WORK, () -> {})) {
      Path packed = work.path().resolve(team + ".tar.gz");
      HandInPacker.write(files, team, packed);
      long bytes = files.stream().mapToLong(PackedFile::size).sum();
      passed.add(String.format(Locale.ROOT, "%d files, %.1f kB", files.size(), bytes / 1e3));
      tryOut(packed, work.path().resolve("copy"));
      if (!problems.hasErrors()) {
        // Beside its final place first, so that a reader never sees half of it.
        Path half = archive.resolveSibling("." + archive.getFileName() + ".part");
        try {
          Files.copy(packed, half, StandardCopyOption.REPLACE_EXISTING);
          Files.move(half, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(half);
        }
      }
    }
    return new HandInReport(problems.list(), passed, details);
  }

  /** Checks the program's file, if the submission has it before it is built. */
  private void checkProgram(Path root) throws IOException {
    Optional<Path> program =
        programs.stream()
            .map(root::resolve)
            .filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
            .findFirst();
    if (program.isPresent()) {
      Path file = program.get();
      if (Files.isReadable(file)) {
        LauncherRules.check(file, root.relativize(file).toString(), problems);
      }
    } else if (!HandInBuild.isNeeded(root)) {
      problems.add(
          Kind.NO_PROGRAM,
          "",
          "there is neither a Makefile nor a program in the folder, expected "
              + ReplicaProgramFinder.either(programs));
    }
  }

  private void tryOut(Path packed, Path copy) throws IOException, InterruptedException {
    PreparedHandIn prepared;
    try {
      prepared = PreparedHandIn.of(new HandIn(team, packed, team, programs), copy);
    } catch (RefusedHandInException refused) {
      // Paths in the archive begin with the team's name.
      refused
          .problems()
          .forEach(
              each ->
                  problems.add(
                      each.kind(),
                      each.path().replaceFirst("^\\Q" + team + "\\E/", ""),
                      each.text()));
      return;
    }
    stage.accept("building");
    BuildResult build = HandInBuild.run(prepared.folder(), buildTimeout);
    if (!build.isGood()) {
      problems.add(Kind.BUILD, "", "does not build from clean: " + build.text());
      build.output().forEach(line -> details.add(line.replace(copy.toString(), ".")));
      return;
    }
    passed.add(build.text());
    play(prepared);
  }

  private void play(PreparedHandIn prepared) throws IOException {
    try {
      Path program = ReplicaProgramFinder.program(prepared.folder(), programs);
      if (hasProblem(Kind.LAUNCHER)) {
        return;
      }
      LauncherRules.check(program, prepared.folder().relativize(program).toString(), problems);
      if (hasProblem(Kind.LAUNCHER)) {
        return;
      }
      stage.accept("playing " + smoke.name());
      SmokeTest test =
          new SmokeTest(
              smoke, ReplicaProgramFinder.find(prepared.folder(), prepared.original(), programs));
      problems.addAll(test.play());
      if (test.passed().isEmpty()) {
        test.details()
            .forEach(line -> details.add(line.replace(prepared.folder().toString(), ".")));
      } else {
        passed.add(test.passed());
      }
    } catch (NoProgramException none) {
      if (!hasProblem(Kind.LAUNCHER) && !hasProblem(Kind.NO_PROGRAM)) {
        problems.add(
            Kind.NO_PROGRAM,
            "",
            "after the build: " + Objects.requireNonNull(none.getMessage(), "each says why"));
      }
    }
  }

  private boolean hasProblem(Kind kind) {
    return problems.list().stream().anyMatch(each -> each.kind() == kind);
  }
}
