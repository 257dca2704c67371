package raftlab.grade.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

class GradescopePackageTest {
  @TempDir private Path root;

  private static Suite course() throws ScenarioException {
    return SuiteReader.read("course", Path.of("configs"));
  }

  private static List<String> names(List<Scenario> scenarios) {
    return scenarios.stream().map(Scenario::name).toList();
  }

  @Test
  void the_plan_fits_into_its_time_and_represents_each_group() throws Exception {
    GradescopePackage.Settings settings = GradescopePackage.Settings.of(1, 10);
    assertThat(settings.gradingSeconds()).isLessThan(600);
    TimedPlan plan = TimedPlan.of(List.of(course()), settings.playSeconds());
    assertThat(plan.seconds()).isLessThanOrEqualTo(settings.playSeconds());
    Suite suite = plan.suites().get(0);
    assertThat(names(suite.scenarios()))
        .contains("simple-1", "unreliable-1", "crash-1", "partition-1", "advanced-1");
    assertThat(plan.leftOut()).isNotEmpty();
    assertThat(suite.scenarios().size() + plan.leftOut().size())
        .isEqualTo(course().scenarios().size());
    long played = suite.scenarios().stream().mapToLong(Scenario::totalMillis).sum() / 1000;
    assertThat(played).isLessThan(plan.seconds());
  }

  @Test
  void with_enough_time_nothing_is_left_out() throws Exception {
    TimedPlan plan = TimedPlan.of(List.of(course()), 3_000);
    assertThat(plan.leftOut()).isEmpty();
    assertThat(plan.suites().get(0).scenarios()).isEqualTo(course().scenarios());
  }

  @Test
  void without_time_everything_is_left_out() throws Exception {
    TimedPlan plan = TimedPlan.of(List.of(course()), 10);
    assertThat(plan.suites()).isEmpty();
    assertThat(plan.leftOut()).hasSize(17);
  }

  private FileSystem archive(int minutes) throws IOException, ScenarioException {
    Path jar = Files.writeString(root.resolve("any.jar"), "program");
    Path zip = root.resolve("made/out.zip");
    GradescopePackage.Settings settings = GradescopePackage.Settings.of(42, minutes);
    TimedPlan plan = TimedPlan.of(List.of(course()), settings.playSeconds());
    new GradescopePackage(plan, settings, "{}").write(zip, jar);
    try (var files = Files.list(root.resolve("made"))) {
      assertThat(files).containsExactly(zip);
    }
    return FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"));
  }

  @Test
  void the_scripts_are_at_the_root_and_executable() throws Exception {
    try (FileSystem archive = archive(10)) {
      for (String name : List.of("setup.sh", "run_autograder")) {
        Path script = archive.getPath("/", name);
        assertThat(Files.readString(script)).startsWith("#!/usr/bin/env bash\n");
        assertThat(Files.getPosixFilePermissions(script))
            .contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
      }
      assertThat(Files.readString(archive.getPath("/raftlab.jar"))).isEqualTo("program");
      assertThat(Files.readString(archive.getPath("/rubric.json"))).isEqualTo("{}");
      assertThat(Files.readAllLines(archive.getPath("/settings.sh")))
          .containsExactly("seed=42", "minutes=10", "grading_seconds=555", "build_seconds=60");
    }
  }

  @Test
  void the_packed_suite_can_be_read_and_says_what_is_left_out() throws Exception {
    try (FileSystem archive = archive(5)) {
      Suite suite =
          SuiteReader.read(
              archive.getPath("/suites/course").toString(), archive.getPath("/suites"));
      assertThat(suite.scenarios()).hasSizeBetween(2, 8);
      assertThat(suite.title()).contains("left out");
    }
  }

  @Test
  void the_scripts_have_no_syntax_errors() throws Exception {
    try (FileSystem archive = archive(10)) {
      for (String name : List.of("setup.sh", "run_autograder")) {
        Path copy = root.resolve(name);
        Files.copy(archive.getPath("/", name), copy);
        Process check = new ProcessBuilder("bash", "-n", copy.toString()).inheritIO().start();
        assertThat(check.waitFor()).isZero();
      }
    }
  }
}
