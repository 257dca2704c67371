package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.sandbox.ControlGroupMounts.Place;

class ControlGroupMountsTest {
  private static Place place(String top, String own) {
    return new Place(Path.of(top), Path.of(own));
  }

  @Test
  void version_2_has_one_hierarchy() {
    ControlGroupMounts mounts =
        ControlGroupMounts.parse(
            List.of("0::/user.slice/user-1000.slice/session-3.scope"),
            List.of(
                "24 30 0:22 / /proc rw,nosuid - proc proc rw",
                "29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"));
    assertThat(mounts.unified())
        .contains(
            place("/sys/fs/cgroup", "/sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope"));
    assertThat(mounts.separate()).isEmpty();
  }

  @Test
  void version_1_has_a_hierarchy_for_each_controller_and_may_stand_beside_version_2() {
    ControlGroupMounts mounts =
        ControlGroupMounts.parse(
            List.of("8:pids:/", "4:memory:/api/7", "2:cpu,cpuacct:/x", "0::/"),
            List.of(
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory",
                "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids",
                "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw"));
    assertThat(mounts.unified())
        .contains(place("/sys/fs/cgroup/unified", "/sys/fs/cgroup/unified"));
    assertThat(mounts.separate())
        .containsEntry("memory", place("/sys/fs/cgroup/memory", "/sys/fs/cgroup/memory/api/7"))
        .containsEntry("pids", place("/sys/fs/cgroup/pids", "/sys/fs/cgroup/pids"))
        .containsEntry("cpu", place("/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup/cpu,cpuacct/x"));
  }

  @Test
  void in_a_container_the_mount_begins_at_its_own_group() {
    ControlGroupMounts mounts =
        ControlGroupMounts.parse(
            List.of("4:memory:/docker/abc"),
            List.of("35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory"));
    assertThat(mounts.separate().get("memory"))
        .isEqualTo(place("/sys/fs/cgroup/memory", "/sys/fs/cgroup/memory"));
  }

  @Test
  void lines_of_another_kind_are_passed_over() {
    ControlGroupMounts mounts =
        ControlGroupMounts.parse(List.of("", "no colons"), List.of("", "1 2 3", "a - b"));
    assertThat(mounts.unified()).isEmpty();
    assertThat(mounts.separate()).isEmpty();
  }
}
