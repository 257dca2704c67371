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

/** The order of the layers: each may use the earlier ones, never the later ones. */
class LayersTest {
  private static final List<String> LAYERS =
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
          "sandbox",
          "handin",
          "grade",
          "console",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("raftlab");

  private static String classesOf(String layer) {
    return "raftlab." + layer + "..";
  }

  @TestFactory
  List<DynamicTest> no_layer_uses_a_later_one() {
    return LAYERS.subList(0, LAYERS.size() - 1).stream()
        .map(
            layer ->
                DynamicTest.dynamicTest(
                    layer,
                    () -> {
                      String[] later =
                          LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).stream()
                              .map(LayersTest::classesOf)
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideInAPackage(classesOf(layer))
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(later)
                          .check(CLASSES);
                    }))
        .toList();
  }

  @Test
  void every_package_belongs_to_a_layer() {
    classes()
        .that()
        .doNotHaveFullyQualifiedName("raftlab.Main")
        .should()
        .resideInAnyPackage(LAYERS.stream().map(LayersTest::classesOf).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
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
  void only_the_rules_of_messages_depend_on_what_was_learned_of_messages() {
    noClasses()
        .that()
        .resideInAPackage(classesOf("judge"))
        .and()
        .resideOutsideOfPackage("raftlab.judge.protocol..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(classesOf("dialect"))
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
