package raftlab.console;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import raftlab.cluster.World;
import raftlab.cluster.sim.SimWorld;
import raftlab.raft.RaftNode;
import raftlab.report.TerminalStyle;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.suite.Suite;
import raftlab.suite.SuiteReader;

/** A console whose output can be read, and waited for. */
final class TestConsole implements AutoCloseable {
  static final Path CONFIGS = Path.of("configs");

  /** The suites of this checkout. */
  private static final class CheckoutLibrary implements ScenarioLibrary {
    @Override
    public Scenario scenario(String name) throws ScenarioException {
      return ScenarioReader.read(CONFIGS.resolve("course").resolve(name + ".json"));
    }

    @Override
    public Suite suite(String name) throws ScenarioException {
      return SuiteReader.read(name, CONFIGS);
    }

    @Override
    public List<String> scenarios() {
      return List.of("simple-1", "crash-1");
    }

    @Override
    public List<String> suites() {
      return SuiteReader.names(CONFIGS);
    }
  }

  /** Output that can wait for a text. */
  private static final class AwaitableOutput extends ByteArrayOutputStream {
    private String awaited = "";
    private CountDownLatch seen = new CountDownLatch(0);

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      look();
    }

    private void look() {
      if (toString(StandardCharsets.UTF_8).contains(awaited)) {
        seen.countDown();
      }
    }

    synchronized CountDownLatch expect(String text) {
      awaited = text;
      seen = new CountDownLatch(1);
      look();
      return seen;
    }
  }

  private final AwaitableOutput out = new AwaitableOutput();
  private final AwaitableOutput errors = new AwaitableOutput();
  private final Console console;

  TestConsole(World world) {
    this(world, replica -> new SimWorld(RaftNode::new));
  }

  /** A console whose simulated world is made from a replica command. */
  TestConsole(World world, Function<String, World> simulated) {
    console =
        new Console(
            new ConsoleWorlds(world, replica -> world, simulated::apply),
            OptionalLong.of(7),
            () -> 8,
            new CheckoutLibrary(),
            new ConsoleOutput(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                new TerminalStyle(false)));
  }

  /** A console in the simulated world, with seed 7. */
  static TestConsole simulated() {
    return new TestConsole(new SimWorld(RaftNode::new));
  }

  Console console() {
    return console;
  }

  /** Obeys a line; returns what was said meanwhile, complaints last. */
  String obey(String line) {
    out.reset();
    errors.reset();
    console.execute(line, "");
    return printed() + complaints();
  }

  /** Obeys several lines; returns what the last one said. */
  String obey(String first, String... others) {
    String said = obey(first);
    for (String line : others) {
      said = obey(line);
    }
    return said;
  }

  ConsoleCommandResult play(String script) throws IOException {
    return console.play(new BufferedReader(new StringReader(script)), "script", false);
  }

  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String complaints() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  /** Waits until this was said. */
  void await(String text) throws InterruptedException {
    if (!out.expect(text).await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("never said \"" + text + "\" but:\n" + printed());
    }
  }

  @Override
  public void close() {
    console.close();
  }
}
