package raftlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {
  @Test
  void initials_are_extended_until_they_are_unique() {
    assertThat(ColumnNames.of(List.of("mid-zero", "paper", "misapplied-zero", "random-entry")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "mid-zero", "mz", "paper", "pa", "misapplied-zero", "mze", "random-entry", "re"));
  }

  @Test
  void a_name_that_can_not_be_shortened_stays_whole() {
    assertThat(ColumnNames.of(List.of("a-b", "ac-b"))).containsEntry("ac-b", "ac-b");
  }
}
