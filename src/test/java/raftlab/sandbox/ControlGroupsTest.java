package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.UsageLimits;

/** Control groups of both versions, in folders that look like those of the system. */
class ControlGroupsTest {
  private static final UsageLimits LIMITS =
      UsageLimits.WIDE.withMemory(1_000_000).withProcesses(50);

  @TempDir private Path root;

  private ControlGroups detect(List<String> membership, List<String> mounts) throws IOException {
    return ControlGroups.detect(
        Files.write(root.resolve("cgroup-of-process"), membership),
        Files.write(root.resolve("mounts"), mounts));
  }

  private ControlGroups version2() throws IOException {
    Path top = Files.createDirectories(root.resolve("top"));
    Files.writeString(top.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
    Files.writeString(top.resolve("cgroup.subtree_control"), "cpu memory pids\n");
    return detect(List.of("0::/"), List.of("29 23 0:26 / " + top + " rw - cgroup2 cgroup2 rw"));
  }

  private static void write(Path folder, String... files) throws IOException {
    Files.createDirectories(folder);
    for (String file : files) {
      Files.writeString(folder.resolve(file), "");
    }
  }

  @Test
  void in_version_2_a_group_has_its_controllers_and_its_parts_have_limits() throws IOException {
    ControlGroups groups = version2();
    assertThat(groups.version()).isEqualTo(2);
    assertThat(groups.controllers()).containsExactly("cpu", "memory", "pids");
    RunControlGroup group = groups.create();
    assertThat(group).isNotNull();
    Path folder = group.roots().get(0);
    assertThat(group.roots()).hasSize(1);
    assertThat(folder.resolve("cgroup.subtree_control")).hasContent("+cpu +memory +pids");
    write(folder, "cpu.weight", "cgroup.procs");
    Path part = folder.resolve("0001");
    write(part, "memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cgroup.procs");
    group.addPart("0001", LIMITS, HostUser.OF_KIT);
    group.share(6);
    assertThat(part.resolve("memory.max")).hasContent("1000000");
    assertThat(part.resolve("memory.swap.max")).hasContent("0");
    assertThat(part.resolve("memory.oom.group")).hasContent("1");
    assertThat(part.resolve("pids.max")).hasContent("50");
    assertThat(folder.resolve("cpu.weight")).hasContent("600");
    assertThat(group.membersFiles("0001")).containsExactly(part.resolve("cgroup.procs"));
    Files.writeString(part.resolve("memory.events"), "low 0\nmax 9\noom 2\noom_kill 2\n");
    assertThat(group.memoryKills("0001")).isEqualTo(2);
  }

  @Test
  void in_version_1_each_controller_has_a_folder() throws IOException {
    Path memory = Files.createDirectories(root.resolve("memory/own"));
    Path pids = Files.createDirectories(root.resolve("pids"));
    ControlGroups groups =
        detect(
            List.of("4:memory:/own", "8:pids:/"),
            List.of(
                "35 31 0:32 / " + memory.getParent() + " rw - cgroup cgroup rw,memory",
                "39 31 0:36 / " + pids + " rw - cgroup cgroup rw,pids"));
    assertThat(groups.version()).isEqualTo(1);
    assertThat(groups.controllers()).containsExactly("memory", "pids");
    RunControlGroup group = groups.create();
    assertThat(group).isNotNull();
    Map<String, Path> folders = group.folders();
    assertThat(folders.get("memory").getParent()).isEqualTo(memory);
    assertThat(folders.get("pids").getParent()).isEqualTo(pids);
    write(
        folders.get("memory").resolve("build"),
        "memory.limit_in_bytes",
        "memory.memsw.limit_in_bytes",
        "cgroup.procs");
    write(folders.get("pids").resolve("build"), "pids.max", "cgroup.procs");
    group.addPart("build", LIMITS, HostUser.OF_KIT);
    assertThat(folders.get("memory").resolve("build/memory.limit_in_bytes")).hasContent("1000000");
    assertThat(folders.get("memory").resolve("build/memory.memsw.limit_in_bytes"))
        .hasContent("1000000");
    assertThat(folders.get("pids").resolve("build/pids.max")).hasContent("50");
    Files.writeString(
        folders.get("memory").resolve("build/memory.oom_control"),
        "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
    assertThat(group.memoryKills("build")).isEqualTo(3);
  }

  @Test
  void without_groups_there_is_none_and_a_reason() throws IOException {
    ControlGroups groups = detect(List.of(), List.of());
    assertThat(groups.isUsable()).isFalse();
    assertThat(groups.problem()).isNotEmpty();
    assertThat(groups.create()).isNull();
  }

  @Test
  void groups_of_kits_that_run_no_more_are_removed() throws IOException {
    ControlGroups groups = version2();
    Path top = root.resolve("top");
    String ended = "raftlab-" + KitMark.of(999_999_999) + "-1/0001";
    Path stale = Files.createDirectories(top.resolve(ended)).getParent();
    Path ours = Files.createDirectories(top.resolve("raftlab-" + KitMark.ofThisProcess() + "-1"));
    Path other = Files.createDirectories(top.resolve("raftlab-notes"));
    groups.removeStale();
    assertThat(stale).doesNotExist();
    assertThat(ours).exists();
    assertThat(other).exists();
  }
}
