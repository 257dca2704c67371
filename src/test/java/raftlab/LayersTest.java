package raftlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The order of the rooms: each may use those above it, never those below. */
class LayersTest {
  private static final List<String> ROOMS =
      List.of(
          "wire",
          "node",
          "raft",
          "storage",
          "bugs",
          "replica",
          "scenario",
          "trace",
          "dialect",
          "network",
          "workload",
          "cluster",
          "judge",
          "explain",
          "run",
          "suite",
          "report",
          "grade",
          "console",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("raftlab");

  private static String classesOf(String room) {
    return "raftlab." + room + "..";
  }

  @TestFactory
  List<DynamicTest> no_room_uses_one_below_it() {
    return ROOMS.subList(0, ROOMS.size() - 1).stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room,
                    () -> {
                      String[] below =
                          ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
                              .map(LayersTest::classesOf)
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideInAPackage(classesOf(room))
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(below)
                          .check(CLASSES);
                    }))
        .toList();
  }

  @Test
  void every_package_is_one_of_the_rooms() {
    classes()
        .that()
        .doNotHaveFullyQualifiedName("raftlab.Main")
        .should()
        .resideInAnyPackage(ROOMS.stream().map(LayersTest::classesOf).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void no_circle_runs_through_packages() {
    slices().matching("raftlab.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void protocol_code_touches_no_socket_file_clock_or_thread() {
    noClasses()
        .that()
        .resideInAnyPackage(classesOf("raft"), classesOf("node"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "java.time..",
            "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(System.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .check(CLASSES);
  }

  @Test
  void only_the_process_world_reads_the_clock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            classesOf("network"),
            classesOf("workload"),
            "raftlab.cluster.sim..",
            classesOf("judge"),
            classesOf("explain"))
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.concurrent.ThreadLocalRandom.class)
        .check(CLASSES);
  }
}
