package raftlab.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.InitialMembership;
import raftlab.cluster.ProcessorTimes;
import raftlab.cluster.WorldCapability;
import raftlab.cluster.process.ReplicaProcess.Launch;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * Runs replicas as operating-system processes. One thread waits on all sockets with one selector.
 * Other threads read the output of replicas and wait for their end; they pass events on through a
 * queue.
 */
final class ProcessCluster implements Cluster {
  /**
   * The most datagrams that are read from one replica in a row, so that a flood doesn't delay the
   * others.
   */
  private static final int BATCH = 32;

  /** The selector's resolution. */
  private static final long SELECTOR_MICROS = 1_000;

  private static final long LONGEST_NAP_MICROS = 100;

  private final ReplicaCommand command;
  private final InitialMembership roster;
  private final boolean durable;
  private final Observer observer;
  private final SocketDrops overflows;
  private final StateReports reports;
  private final RunFolder folder;
  private final StoredData stored;
  private final StorageWatch storageWatch;
  private final long originNanos = System.nanoTime();
  private final String token = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final Map<Id, ReplicaSocket> posts = new TreeMap<>();
  private final UnknownSenders strangers;
  private final Map<Id, ReplicaProcess> processes = new TreeMap<>();

  /** The replicas that were killed last. */
  private final Map<Id, ReplicaProcess> former = new TreeMap<>();

  /** The replicas that are killed when their next message arrives. */
  private final Set<Id> doomed = new TreeSet<>();

  private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private final Selector selector;
  private final ProcessReaper guardian;
  private final ReplicaProcessorMeter meter = ProcessorSampler.open();
  private final Thread onExit = new Thread(this::killAll, "raftlab-kill");
  private volatile boolean closed;

  ProcessCluster(
      ReplicaCommand command, List<Id> replicas, long seed, boolean durable, Observer observer) {
    this(command, replicas, seed, durable, observer, ProcessReaper::new);
  }

  /**
   * Opens a cluster.
   *
   * @param guards opens the process reaper, for a token and a folder
   */
  ProcessCluster(
      ReplicaCommand command,
      List<Id> replicas,
      long seed,
      boolean durable,
      Observer observer,
      BiFunction<String, Path, ProcessReaper> guards) {
    this.command = command;
    this.roster = new InitialMembership(replicas);
    this.durable = durable;
    this.observer = observer;
    this.strangers = new UnknownSenders(posts.values(), observer);
    this.reports = new StateReports(observer);
    this.overflows = new SocketDrops(posts.values(), observer, reports::lost);
    this.folder = new RunFolder();
    this.stored = new StoredData(folder, durable, command.isReference(), seed);
    this.selector = openSelector();
    this.guardian = openGuardian(guards);
    storageWatch =
        new StorageWatch(
            folder.path(), StorageWatch.MOST_KILOBYTES, id -> tell(() -> storesTooMuch(id)));
    if (durable) {
      storageWatch.begin();
    }
    try {
      Runtime.getRuntime().addShutdownHook(onExit);
    } catch (IllegalStateException shuttingDown) {
      closed = true; // the owner is about to be stopped: no replica is started any more
    }
  }

  private Selector openSelector() {
    try {
      return Selector.open();
    } catch (IOException noSelector) {
      meter.close();
      folder.delete();
      throw new UncheckedIOException(noSelector);
    }
  }

  private ProcessReaper openGuardian(BiFunction<String, Path, ProcessReaper> guards) {
    try {
      return guards.apply(token, folder.path());
    } catch (RuntimeException noGuardian) {
      meter.close();
      closeSelector();
      folder.delete();
      throw noGuardian;
    }
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException closedAnyway) {
      // Its loss has no effect.
      return;
    }
  }

  @Override
  public long nowMicros() {
    return (System.nanoTime() - originNanos) / 1000;
  }

  @Override
  public void start(Id replica) {
    ReplicaProcess killed = former.remove(replica);
    if (durable && killed != null) {
      // No other process may use its storage from now on.
      killed.awaitEnd();
    }
    try {
      ReplicaSocket post = new ReplicaSocket(replica, selector, strangers);
      posts.put(replica, post);
      synchronized (processes) {
        if (!closed) {
          Launch launch = launch(replica, post.port());
          reports.begin(replica, launch.trace());
          ReplicaProcess process =
              new ReplicaProcess(command, token, launch, guardian, new Threads());
          processes.put(replica, process);
          meter.watch(replica, process.group());
        }
      }
    } catch (IOException cantStart) {
      forget(replica);
      observer.exited(replica, 127, List.of(cantStart.getMessage()));
    }
  }

  private Launch launch(Id replica, int port) throws IOException {
    return new Launch(
        port,
        replica,
        roster.othersOf(replica),
        roster.hasJoined(replica),
        durable ? folder.data(replica) : null,
        folder.trace(replica));
  }

  @Override
  public void join(Id replica) {
    roster.join(replica);
    start(replica);
  }

  @Override
  public void crash(Id replica) {
    forget(replica);
  }

  @Override
  public void crashMidway(Id replica) {
    if (processes.containsKey(replica)) {
      doomed.add(replica);
    }
  }

  @Override
  public void pause(Id replica) {
    ReplicaProcess process = processes.get(replica);
    if (process != null) {
      process.stop();
    }
  }

  @Override
  public void resume(Id replica) {
    ReplicaProcess process = processes.get(replica);
    if (process != null) {
      process.go();
    }
  }

  @Override
  public void clockRate(Id replica, double rate) {
    throw WorldCapability.CLOCK.missingIn(ProcessWorld.NAME);
  }

  @Override
  public String disk(Id replica, DiskFault fault) {
    ReplicaProcess killed = former.get(replica);
    if (killed != null) {
      killed.awaitEnd();
    }
    return stored.suffer(replica, fault, processes.containsKey(replica));
  }

  /** Kills what is left of a replica, and closes its socket. */
  private void forget(Id replica) {
    doomed.remove(replica);
    overflows.lookNow(replica);
    ReplicaProcess process;
    synchronized (processes) {
      process = processes.remove(replica);
    }
    if (process != null) {
      process.kill();
      meter.forget(process.group());
      former.put(replica, process);
      stored.crashed(replica, process);
    }
    ReplicaSocket post = posts.remove(replica);
    if (post != null) {
      post.close();
    }
    reports.end(replica);
  }

  @Override
  public void deliver(Id replica, Message message) {
    deliverRaw(replica, message.bytes());
  }

  @Override
  public void deliverRaw(Id replica, byte[] datagram) {
    ReplicaSocket post = posts.get(replica);
    if (post != null && post.isReady()) {
      post.send(datagram, out);
    }
  }

  @Override
  public void advance(long untilMicros) {
    // Reading reports may be late by the selector's resolution; a requested time may not.
    long look = Math.min(reports.nextLookMicros(), untilMicros) + SELECTOR_MICROS;
    long wait = Math.min(look, untilMicros) - nowMicros();
    try {
      if (wait >= SELECTOR_MICROS && news.isEmpty()) {
        selector.select(wait / SELECTOR_MICROS);
      } else {
        nap(wait);
        selector.selectNow();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      receive((ReplicaSocket) key.attachment());
    }
    selector.selectedKeys().clear();
    reports.look(nowMicros());
    overflows.look(nowMicros());
    for (Runnable told = news.poll(); told != null; told = news.poll()) {
      told.run();
    }
  }

  /**
   * Waits until a time that is too near for the selector. In small steps, so that datagrams are
   * noticed in between.
   */
  private void nap(long micros) {
    if (micros > 0 && news.isEmpty()) {
      LockSupport.parkNanos(Math.min(micros, LONGEST_NAP_MICROS) * 1000);
    }
  }

  private void receive(ReplicaSocket post) {
    for (int i = 0; i < BATCH && post.isOpen(); i++) {
      boolean wasReady = post.isReady();
      byte[] datagram = post.receive(in);
      if (datagram == null) {
        return;
      }
      ReplicaProcess last = doomed.contains(post.id()) ? processes.get(post.id()) : null;
      if (last != null) {
        // At once, so that it takes no further step.
        last.kill();
      }
      if (!wasReady) {
        observer.ready(post.id());
      }
      // The observer may have crashed it.
      if (post.isOpen()) {
        passOn(post, datagram);
      }
      if (last != null && post.isOpen()) {
        forget(post.id());
        observer.crashedMidway(post.id());
      }
    }
  }

  private void passOn(ReplicaSocket post, byte[] datagram) {
    Id from = post.id();
    reports.came(from);
    if (!post.isOpen()) {
      return; // the observer crashed it, because of its reports, before it sent that
    }
    try {
      observer.received(from, Message.scan(datagram));
    } catch (MalformedMessageException bad) {
      observer.malformed(from, bad.getMessage(), PrintableText.of(datagram));
    }
    if (post.isOpen()) { // else this was its last message, or it was even restarted
      reports.passedOn(from);
    }
  }

  /** Passes events from the replicas' threads to the cluster's thread. */
  private final class Threads implements ReplicaProcess.Listener {
    @Override
    public void printed(Id replica, boolean error, String line) {
      tell(() -> observer.printed(replica, error, line));
    }

    @Override
    public void exited(ReplicaProcess process, int exitCode, List<String> lastWords) {
      tell(
          () -> {
            // A replica that was crashed, or restarted since, is ignored.
            if (processes.get(process.id()) == process) {
              forget(process.id());
              observer.exited(process.id(), exitCode, lastWords);
            }
          });
    }
  }

  private void tell(Runnable what) {
    news.add(what);
    selector.wakeup();
  }

  private void storesTooMuch(Id replica) {
    if (processes.containsKey(replica)) {
      forget(replica);
      observer.exited(
          replica,
          128 + 9,
          List.of(
              "raftlab killed it because it stored more than "
                  + StorageWatch.MOST_KILOBYTES / 1024
                  + " MB in RAFTLAB_DATA_DIR"));
    }
  }

  private void killAll() {
    List<ReplicaProcess> left;
    synchronized (processes) {
      closed = true;
      left = List.copyOf(processes.values());
      processes.clear();
    }
    left.forEach(ReplicaProcess::kill);
    guardian.close();
    left.forEach(ReplicaProcess::awaitEnd);
    folder.delete();
  }

  @Override
  public ProcessorTimes processorTimes() {
    return meter.latest();
  }

  /** Passes on no more events. */
  @Override
  public void close() {
    storageWatch.close();
    meter.close();
    killAll();
    reports.close();
    posts.values().forEach(ReplicaSocket::close);
    posts.clear();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException shuttingDown) {
      // The shutdown hook has run, or is running, and does the same.
      return;
    } finally {
      closeSelector();
    }
  }
}
