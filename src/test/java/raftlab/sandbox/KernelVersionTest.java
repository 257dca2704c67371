package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelVersionTest {
  @ParameterizedTest
  @CsvSource({
    "6.18.44-fc-v669, true",
    "5.14.0-362.el9.x86_64, true",
    "5.10.0-28-amd64, false",
    "4.19, false",
    "unknown, false"
  })
  void processes_of_namespaces_are_counted_apart_from_5_14_on(String version, boolean counts) {
    assertThat(KernelVersion.parse(version).countsProcessesOfNamespaces()).isEqualTo(counts);
  }
}
