package raftlab.grade.platform;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import raftlab.scenario.Scenario;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/**
 * The package for Gradescope: {@code setup.sh} and {@code run_autograder} at its root, this
 * program, the scenarios, the rubric and the settings.
 *
 * @param plan what is played
 * @param settings the settings
 * @param rubric the text of the rubric; "" for none
 */
public record GradescopePackage(TimedPlan plan, Settings settings, String rubric) {
  /** The most that fits into the title of a suite, with what stands around it. */
  private static final int MAX_TITLE = 180;

  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  /**
   * What {@code run_autograder} reads.
   *
   * @param seed the seed, the same for all submissions
   * @param minutes the time limit of the platform
   * @param gradingSeconds after how long the grading ends by itself
   * @param buildSeconds the time limit for a build
   */
  public record Settings(long seed, int minutes, long gradingSeconds, int buildSeconds) {
    /** How long it takes until the grading begins, and to write the results. */
    private static final int RESERVE_SECONDS = 45;

    /** Returns the settings for a time limit. */
    public static Settings of(long seed, int minutes) {
      return new Settings(seed, minutes, minutes * 60L - RESERVE_SECONDS, 60);
    }

    /** Returns the time for runs, if the build takes as long as it may. */
    public long playSeconds() {
      return gradingSeconds - buildSeconds;
    }
  }

  /** Writes the archive; it is whole or absent. */
  public void write(Path zip, Path jar) throws IOException {
    Path folder = Objects.requireNonNull(zip.toAbsolutePath().getParent(), "a file's folder");
    Files.createDirectories(folder);
    Path half = folder.resolve("." + zip.getFileName() + ".part.zip");
    Files.deleteIfExists(half);
    try {
      Map<String, ?> options = Map.of("create", "true", "enablePosixFileAttributes", "true");
      try (FileSystem archive = FileSystems.newFileSystem(half, options)) {
        fill(archive.getPath("/"), jar);
      }
      Files.move(half, zip, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private void fill(Path root, Path jar) throws IOException {
    script(root, "setup.sh");
    script(root, "run_autograder");
    Files.copy(jar, root.resolve("raftlab.jar"));
    Files.writeString(root.resolve("settings.sh"), settingsFile());
    if (!rubric.isEmpty()) {
      Files.writeString(root.resolve("rubric.json"), rubric);
    }
    for (Suite suite : plan.suites()) {
      Path its = Files.createDirectories(root.resolve("suites").resolve(suite.name()));
      for (Scenario scenario : suite.scenarios()) {
        Files.writeString(its.resolve(scenario.name() + ".json"), scenario.json());
      }
      Files.writeString(its.resolve(SuiteReader.INDEX), index(suite));
    }
  }

  private static void script(Path root, String name) throws IOException {
    try (InputStream in = GradescopePackage.class.getResourceAsStream(name)) {
      Path file = root.resolve(name);
      Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
      Files.setPosixFilePermissions(file, EXECUTABLE);
    }
  }

  private String settingsFile() {
    return String.join(
            "\n",
            "seed=" + settings.seed(),
            "minutes=" + settings.minutes(),
            "grading_seconds=" + settings.gradingSeconds(),
            "build_seconds=" + settings.buildSeconds())
        + "\n";
  }

  /** The title says what is left out: the results show it. */
  private String index(Suite suite) {
    JsonArray groups = new JsonArray();
    for (Suite.Group group : suite.groups()) {
      JsonObject json = new JsonObject();
      json.addProperty("title", group.title());
      JsonArray names = new JsonArray();
      group.scenarios().forEach(each -> names.add(each.name()));
      json.add("scenarios", names);
      groups.add(json);
    }
    JsonObject json = new JsonObject();
    json.addProperty("title", title(suite));
    json.add("groups", groups);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private String title(Suite suite) {
    List<String> names = plan.leftOut().stream().map(Scenario::name).toList();
    if (names.isEmpty() || !suite.equals(plan.suites().get(0))) {
      return suite.title();
    }
    String full =
        suite.title()
            + "; left out, since they take too long here: "
            + names.stream().collect(Collectors.joining(", "));
    return full.length() <= MAX_TITLE
        ? full
        : suite.title() + "; left out, since they take too long here: " + names.size();
  }
}
