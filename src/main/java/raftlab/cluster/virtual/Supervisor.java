package raftlab.cluster.virtual;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The supervisor's process, and the frames by which the kit commands it. Commands without a result
 * have no answer; they are sent with the next one that has.
 */
final class Supervisor implements AutoCloseable {
  /** What a replica did. */
  enum Kind {
    /** It was started; the number is its process ID. */
    STARTED('S'),
    /** It could not be started. */
    NOT_STARTED('E'),
    /** It sends a datagram, and stands still until it is run again. */
    SENT('M'),
    /** It wrote to a file, or there are notes. */
    WROTE('N'),
    /** No replica did anything until the limit. */
    LIMIT_REACHED('T'),
    /** It ended; the number is its exit code. */
    ENDED('X'),
    /** It computes without making calls. */
    HANGS('H'),
    /** It was killed. */
    KILLED('K');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(char letter) throws IOException {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IOException("found answer " + (int) letter + ", expected one of the supervisor");
    }
  }

  /**
   * An answer.
   *
   * @param replica the replica's number
   * @param wrote whether it wrote to any file since the answer before
   * @param nowNanos its time
   * @param busyNanos the time that its calls have taken
   * @param notes lines about calls that the virtual world doesn't have
   */
  record Answer(
      Kind kind,
      int replica,
      boolean wrote,
      long nowNanos,
      long busyNanos,
      long number,
      List<String> notes,
      byte[] bytes) {}

  private static final int MAX_HELD_BYTES = 1 << 16;

  /** The next supervisor's processor. */
  private static final AtomicInteger PROCESSOR = new AtomicInteger();

  private final Process process;
  private final OutputStream commands;
  private final DataInputStream answers;

  /** The frames that were not sent yet. */
  private ByteBuffer frame = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

  /** Where the last frame begins. */
  private int begin;

  Supervisor(Path program) {
    try {
      process =
          new ProcessBuilder(
                  program.toString(),
                  Integer.toString(PROCESSOR.getAndIncrement() & Integer.MAX_VALUE))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException cantStart) {
      throw new UncheckedIOException("can't start the supervisor", cantStart);
    }
    commands = process.getOutputStream();
    InputStream in = process.getInputStream();
    answers = new DataInputStream(in);
  }

  /** Starts a replica, which runs from this time on. */
  Answer start(
      int replica,
      long fromNanos,
      long seed,
      int port,
      Path out,
      Path err,
      List<String> command,
      Map<String, String> environment) {
    begin('S', replica);
    frame.putLong(fromNanos).putLong(seed).putInt(port);
    put("");
    put(out.toString());
    put(err.toString());
    frame.putInt(command.size());
    command.forEach(this::put);
    need(4);
    frame.putInt(environment.size());
    environment.forEach((name, value) -> put(name + "=" + value));
    end();
    return answer();
  }

  /** Runs replicas until one does something, or until this time. */
  Answer advance(long limitNanos) {
    begin('A', 0);
    frame.putLong(limitNanos);
    end();
    return answer();
  }

  /** Puts a datagram into the socket of a replica, at this time. */
  void deliver(int replica, long atNanos, byte[] datagram) {
    begin('D', replica);
    frame.putLong(atNanos);
    need(datagram.length);
    frame.put(datagram);
    end();
  }

  /** Stops a replica, or lets it run on. */
  void setPaused(int replica, long nowNanos, boolean paused) {
    begin('P', replica);
    frame.putLong(nowNanos).putInt(paused ? 1 : 0);
    end();
  }

  /** Changes the speed of a replica's clock. */
  void setClockRate(int replica, long nowNanos, double rate) {
    begin('C', replica);
    frame.putLong(nowNanos).putDouble(rate);
    end();
  }

  /** Kills a replica with all its processes, and waits for their end. */
  Answer kill(int replica) {
    begin('K', replica);
    end();
    return answer();
  }

  private void begin(char letter, int replica) {
    need(0);
    begin = frame.position();
    frame.putInt(0).put((byte) letter).putInt(replica);
  }

  private void need(int bytes) {
    if (frame.remaining() < bytes + 64) {
      frame =
          ByteBuffer.allocate(2 * (frame.position() + bytes + 64))
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(frame.flip());
    }
  }

  private void put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    need(bytes.length);
    frame.putInt(bytes.length).put(bytes).put((byte) 0);
  }

  private void end() {
    frame.putInt(begin, frame.position() - begin - 4);
    if (frame.position() > MAX_HELD_BYTES) {
      send();
    }
  }

  private void send() {
    try {
      commands.write(frame.array(), 0, frame.position());
      commands.flush();
      frame.clear();
    } catch (IOException ended) {
      throw new UncheckedIOException("the supervisor has ended", ended);
    }
  }

  private Answer answer() {
    send();
    try {
      int length = Integer.reverseBytes(answers.readInt());
      ByteBuffer in = ByteBuffer.wrap(answers.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
      Kind kind = Kind.of((char) in.get());
      boolean wrote = in.get() != 0;
      int replica = in.getInt();
      long now = in.getLong();
      long busy = in.getLong();
      long number = in.getLong();
      byte[] notes = new byte[in.getShort()];
      in.get(notes);
      byte[] bytes = new byte[in.remaining()];
      in.get(bytes);
      List<String> lines =
          notes.length == 0
              ? List.of()
              : new String(notes, StandardCharsets.UTF_8).lines().toList();
      return new Answer(kind, replica, wrote, now, busy, number, lines, bytes);
    } catch (IOException ended) {
      throw new UncheckedIOException("the supervisor has ended", ended);
    }
  }

  /** Ends it, and all replicas with it. */
  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException closedAnyway) {
      process.destroyForcibly();
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
