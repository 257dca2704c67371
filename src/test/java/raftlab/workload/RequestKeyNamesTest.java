package raftlab.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import raftlab.scenario.TrafficPlan.Keys;
import raftlab.wire.Id;

class RequestKeyNamesTest {
  private static List<String> names(int client, int count, boolean own, boolean odd) {
    RequestKeyNames names = new RequestKeyNames(new Keys(count, 0, own, odd), Id.of(client));
    return IntStream.range(0, count).mapToObj(names::name).toList();
  }

  @Test
  void plain_keys_are_the_same_for_all() {
    assertThat(names(0x19, 3, false, false))
        .containsExactly("key-0", "key-1", "key-2")
        .isEqualTo(names(0x1A, 3, false, false));
  }

  @Test
  void own_keys_contain_the_client_that_owns_them() {
    assertThat(names(0x19, 2, true, false)).containsExactly("0019-key-0", "0019-key-1");
  }

  @Test
  void odd_keys_are_all_different_however_many_there_are() {
    Set<String> all = new HashSet<>(names(0x19, 1_000, false, true));
    all.addAll(names(0x19, 1_000, true, true));
    all.addAll(names(0x1A, 1_000, true, true));
    assertThat(all).hasSize(3_000).contains("", "__proto__", "null", "~0019", "~1");
  }

  @Test
  void odd_names_survive_utf_8_and_hold_no_nul() {
    assertThat(UnusualKeyNames.ALL)
        .allMatch(
            name ->
                new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                    .equals(name))
        .noneMatch(name -> name.contains("\0") || name.contains(UnusualKeyNames.SEPARATOR));
  }

  @Test
  void odd_names_are_of_all_kinds() {
    assertThat(UnusualKeyNames.ALL)
        .doesNotHaveDuplicates()
        .contains("", " ", "null", "__proto__")
        .anyMatch(name -> name.contains("\""))
        .anyMatch(name -> name.contains("\\"))
        .anyMatch(name -> name.contains("\n"))
        .anyMatch(name -> name.contains("\u0001"))
        .anyMatch(name -> name.startsWith(" l"))
        .anyMatch(name -> name.endsWith("g "))
        .anyMatch(name -> name.length() > 1_000)
        .anyMatch(name -> name.codePoints().anyMatch(point -> point > 0xFFFF))
        .anyMatch(
            name ->
                name.codePoints()
                    .anyMatch(
                        point ->
                            Character.getDirectionality(point)
                                == Character.DIRECTIONALITY_RIGHT_TO_LEFT));
  }
}
