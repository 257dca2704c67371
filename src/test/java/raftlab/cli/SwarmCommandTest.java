package raftlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import raftlab.run.swarm.RandomScenario;

/** {@code raftlab swarm} as a user sees it. */
class SwarmCommandTest {
  private static final String STALE = "reference --no-read-index --no-lease";

  @TempDir private Path folder;

  private record Result(int exitCode, String out, String err) {}

  private static Result raftlab(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int exitCode = RaftlabCommand.run(args);
      return new Result(
          exitCode,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void a_swarm_without_a_failure_prints_how_many_passed() {
    Result result = raftlab("swarm", "--seeds", "10", "--seed", "1");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("first seed: 1,", "10 of 10 passed, 0 failed");
  }

  @Test
  void a_failure_is_shown_written_and_can_be_played_again() throws Exception {
    Result result = raftlab("swarm", "--seed", "34", "-r", STALE, "-o", folder.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    Path file = folder.resolve("swarm-34.json");
    assertThat(result.out())
        .contains("FAIL  seed 34", "a stale read", "client", "To play it again:")
        .contains("--seed 34 ")
        .contains("The scenario is in " + file)
        .contains("0 of 1 passed, 1 failed");
    assertThat(Files.readString(file)).isEqualTo(RandomScenario.text(34));
    String replica = replicaToPlayAgain(result.out());
    assertThat(replica).contains("--no-read-index", "--no-lease", "--batch-entries");
    Result again = raftlab("run", "--world", "sim", "-r", replica, file.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).contains("Seed 34", "a stale read", statistics(result.out()));
  }

  /** The replica of the first command that plays a run again. */
  private static String replicaToPlayAgain(String out) {
    Matcher command = Pattern.compile("run --world sim --replica '([^']*)'").matcher(out);
    assertThat(command.find()).isTrue();
    return command.group(1);
  }

  /** The line with the number of messages: it differs in nearly any other run. */
  private static String statistics(String out) {
    return out.lines().filter(line -> line.contains("messages between")).findFirst().orElseThrow();
  }

  @Test
  void settings_are_fixed_on_demand() {
    Result result =
        raftlab(
            "swarm",
            "--seed",
            "34",
            "--seeds",
            "9",
            "--fixed-settings",
            "--shrink",
            "0",
            "-r",
            STALE,
            "-o",
            folder.toString());
    assertThat(result.out()).doesNotContain("random settings", "--snapshot");
    Result drawn = raftlab("swarm", "--seed", "34", "--seeds", "1", "--shrink", "0");
    assertThat(drawn.out()).contains("random settings");
  }

  @Test
  void all_failures_are_counted_if_it_is_to_keep_going() throws Exception {
    Path json = folder.resolve("found.json");
    Result result =
        raftlab(
            "swarm",
            "--seed",
            "34",
            "--seeds",
            "3",
            "--keep-going",
            "-r",
            STALE,
            "-o",
            folder.toString(),
            "--json",
            json.toString());
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains("of 3 passed", "1 × incorrect", "seed 34")
        .contains("swarm --seed 34 --seeds 1 --fixed-settings --replica 'reference --");
    JsonObject found = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    assertThat(found.get("played").getAsInt()).isEqualTo(3);
    assertThat(found.get("firstSeed").getAsLong()).isEqualTo(34);
    assertThat(found.getAsJsonArray("causes").get(0).getAsJsonObject().get("seeds").toString())
        .startsWith("[34");
  }

  @Test
  void the_scenario_of_a_seed_is_written_without_playing_it() throws Exception {
    Path file = folder.resolve("mine.json");
    Result result = raftlab("swarm", "--write", "42", file.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("run --world sim", "--seed 42 ", "mine.json");
    assertThat(Files.readString(file)).isEqualTo(RandomScenario.text(42));
  }

  @Test
  void it_ends_when_its_minutes_are_over() {
    Result result = raftlab("swarm", "--minutes", "0.001", "--seed", "1");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("passed, 0 failed");
  }

  @ParameterizedTest
  @CsvSource({
    "--seeds 0,found --seeds 0",
    "--minutes -1,found --minutes -1.0",
    "--jobs 0,found --jobs 0",
    "--replica ./mine,there is no replica at",
    "--world process,expected --world virtual or sim",
    "--replica reference --no-such,found",
    "--write x y.json,expected a seed",
    "--seeds many,--seeds",
    "--json no/such/folder/x.json,no/such/folder"
  })
  void wrong_use_is_explained(String args, String words) {
    String[] split = args.split(" ", args.startsWith("--write") ? 3 : 2);
    String[] all = new String[split.length + 1];
    all[0] = "swarm";
    System.arraycopy(split, 0, all, 1, split.length);
    Result result = raftlab(all);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(words).doesNotContain("\tat ", "Exception");
  }
}
