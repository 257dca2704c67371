package raftlab.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import raftlab.cluster.process.UsageLimits;

class WorkerMainTest {
  @TempDir private Path root;

  @Test
  void without_a_request_it_is_a_usage_error() {
    assertThat(WorkerMain.run(List.of())).isEqualTo(2);
    assertThat(WorkerMain.run(List.of("a", "b"))).isEqualTo(2);
  }

  @Test
  void a_request_that_can_not_be_read_gives_an_error_without_a_stack_trace() throws IOException {
    String missing = root.resolve("missing").toString();
    assertThat(WorkerMain.run(List.of(missing))).isEqualTo(WorkerMain.IO_ERROR);
    Path nonsense = Files.writeString(root.resolve("nonsense"), "[1, 2");
    assertThat(WorkerMain.run(List.of(nonsense.toString()))).isEqualTo(WorkerMain.IO_ERROR);
  }

  @Test
  void a_request_survives_its_file() throws IOException {
    WorkerRequest request =
        new WorkerRequest(
            "/kit/a b.json",
            -7,
            "/program",
            "bin/kvstore",
            List.of("kv", "\"x\""),
            true,
            0,
            0,
            5000,
            UsageLimits.REPLICA,
            1,
            List.of("memory=/cgroup/0"),
            List.of("0000", "0001"),
            List.of(),
            "/results");
    Path file = root.resolve("request");
    RecordFile.write(request, file);
    assertThat(RecordFile.read(WorkerRequest.class, file)).isEqualTo(request);
  }
}
