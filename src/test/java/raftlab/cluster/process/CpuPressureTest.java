package raftlab.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuPressureTest {
  @Test
  void the_time_in_which_something_waited_is_read() {
    assertThat(
            CpuPressure.parseTotal(
                List.of(
                    "some avg10=98.11 avg60=92.80 avg300=88.61 total=7492259794",
                    "full avg10=0.00 avg60=0.00 avg300=0.00 total=0")))
        .isEqualTo(7_492_259_794L);
  }

  @Test
  void anything_else_is_unknown() {
    assertThat(CpuPressure.parseTotal(List.of("full avg10=0.00 total=3", "nonsense")))
        .isEqualTo(-1);
  }
}
