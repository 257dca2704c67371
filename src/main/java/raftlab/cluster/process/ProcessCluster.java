package raftlab.cluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.InitialMembership;
import raftlab.cluster.ProcessorTimes;
import raftlab.cluster.WorldCapability;
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
  /** The most datagrams read from one replica in a row, since a flood must not delay others. */
  private static final int MAX_DATAGRAMS_IN_A_ROW = 32;

  private final ReplicaCommand command;
  private final ReplicaSandbox sandbox;
  private final LimitKeeper limits;
  private final InitialMembership membership;
  private final boolean durable;
  private final Observer observer;
  private final SocketDrops socketDrops;
  private final StateReports reports;
  private final RunFolder folder;
  private final StoredDataFaults storedData;
  private final StorageWatch storageWatch;
  private final long originNanos = System.nanoTime();
  private final String token = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final ReplicaSockets sockets;
  private final Map<Id, ReplicaProcess> processes = new TreeMap<>();

  /** The replicas that were killed last. */
  private final Map<Id, ReplicaProcess> previousProcesses = new TreeMap<>();

  /** The replicas that are killed when their next message arrives. */
  private final Set<Id> crashAtNextMessage = new TreeSet<>();

  private final Queue<Runnable> notifications = new ConcurrentLinkedQueue<>();
  private final ProcessReaper reaper;
  private final ReplicaProcessorMeter meter = ProcessorSampler.open(this::checkUse);
  private final Thread shutdownHook = new Thread(this::killAll, "raftlab-kill");
  private volatile boolean closed;

  ProcessCluster(
      ReplicaCommand command,
      ReplicaSandbox sandbox,
      List<Id> replicas,
      long seed,
      boolean durable,
      Observer observer) {
    this(command, sandbox, replicas, seed, durable, observer, ProcessReaper::new);
  }

  /**
   * Opens a cluster.
   *
   * @param guards opens the process reaper, for a token and a folder
   */
  ProcessCluster(
      ReplicaCommand command,
      ReplicaSandbox sandbox,
      List<Id> replicas,
      long seed,
      boolean durable,
      Observer observer,
      BiFunction<String, Path, ProcessReaper> guards) {
    this.command = command;
    this.sandbox = sandbox;
    this.limits = new LimitKeeper(sandbox);
    this.membership = new InitialMembership(replicas);
    this.durable = durable;
    this.observer = observer;
    this.reports = new StateReports(observer);
    this.folder = new RunFolder();
    this.storedData =
        new StoredDataFaults(folder, durable, command.isReference(), ProcessWorld.NAME, seed);
    this.sockets = openSockets();
    this.socketDrops = new SocketDrops(sockets.all(), observer, reports::datagramsLost);
    this.reaper = openGuardian(guards);
    storageWatch =
        new StorageWatch(
            folder.path(),
            sandbox.limits().diskBytes() / 1024,
            id -> enqueue(() -> exceeded(processes.get(id), UsageLimit.DISK)));
    if (durable) {
      storageWatch.start();
    }
    try {
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    } catch (IllegalStateException shuttingDown) {
      closed = true; // the owner is about to be stopped: no replica is started any more
    }
  }

  private ReplicaSockets openSockets() {
    try {
      return new ReplicaSockets(observer);
    } catch (UncheckedIOException noSelector) {
      meter.close();
      folder.delete();
      throw noSelector;
    }
  }

  private ProcessReaper openGuardian(BiFunction<String, Path, ProcessReaper> guards) {
    try {
      return guards.apply(token, folder.path());
    } catch (RuntimeException noGuardian) {
      meter.close();
      sockets.closeSelector();
      folder.delete();
      throw noGuardian;
    }
  }

  @Override
  public long nowMicros() {
    return (System.nanoTime() - originNanos) / 1000;
  }

  @Override
  public void start(Id replica) {
    ReplicaProcess killed = previousProcesses.remove(replica);
    if (durable && killed != null) {
      // No other process may use its storage from now on.
      killed.awaitExit();
    }
    try {
      ReplicaSocket post = sockets.open(replica);
      synchronized (processes) {
        if (!closed) {
          ReplicaLaunch launch = launch(replica, post.port());
          reports.replicaStarted(replica, launch.trace());
          ReplicaProcess process =
              new ReplicaProcess(command, sandbox, token, launch, reaper, new ProcessListener());
          processes.put(replica, process);
          meter.watch(replica, process.group());
        }
      }
    } catch (IOException cantStart) {
      killAndClose(replica);
      observer.exited(replica, 127, List.of(cantStart.getMessage()));
    }
  }

  private ReplicaLaunch launch(Id replica, int port) throws IOException {
    return new ReplicaLaunch(
        port,
        replica,
        membership.othersOf(replica),
        membership.hasJoined(replica),
        durable ? folder.dataFolder(replica) : null,
        folder.newStateReportFile(replica));
  }

  @Override
  public boolean hasStored(Id replica) {
    return folder.hasData(replica);
  }

  @Override
  public void join(Id replica) {
    membership.join(replica);
    start(replica);
  }

  @Override
  public void crash(Id replica) {
    killAndClose(replica);
  }

  @Override
  public void crashDuringNextStep(Id replica) {
    if (processes.containsKey(replica)) {
      crashAtNextMessage.add(replica);
    }
  }

  @Override
  public void pause(Id replica) {
    Optional.ofNullable(processes.get(replica)).ifPresent(ReplicaProcess::suspend);
  }

  @Override
  public void resume(Id replica) {
    Optional.ofNullable(processes.get(replica)).ifPresent(ReplicaProcess::resume);
  }

  @Override
  public void setClockRate(Id replica, double rate) {
    throw WorldCapability.CLOCK.unsupportedBy(ProcessWorld.NAME);
  }

  @Override
  public String applyDiskFault(Id replica, DiskFault fault) {
    ReplicaProcess killed = previousProcesses.get(replica);
    if (killed != null) {
      killed.awaitExit();
    }
    return storedData.apply(replica, fault, processes.containsKey(replica));
  }

  /** Kills what is left of a replica, and closes its socket. */
  private void killAndClose(Id replica) {
    crashAtNextMessage.remove(replica);
    socketDrops.pollBeforeExit(replica);
    ReplicaProcess process;
    synchronized (processes) {
      process = processes.remove(replica);
    }
    if (process != null) {
      process.kill();
      meter.remove(process.group());
      previousProcesses.put(replica, process);
      storedData.crashed(replica, process::awaitExit);
    }
    sockets.close(replica);
    reports.replicaEnded(replica);
  }

  @Override
  public void deliver(Id replica, Message message) {
    deliverRaw(replica, message.bytes());
  }

  @Override
  public void deliverRaw(Id replica, byte[] datagram) {
    sockets.send(replica, datagram);
  }

  @Override
  public void advance(long untilMicros) {
    // Reading reports may be late by the selector's resolution; a requested time may not.
    long look = Math.min(reports.nextPollMicros(), untilMicros) + ReplicaSockets.RESOLUTION_MICROS;
    long wait = Math.min(look, untilMicros) - nowMicros();
    sockets.await(notifications.isEmpty() ? wait : 0, this::receive);
    reports.poll(nowMicros());
    socketDrops.poll(nowMicros());
    for (Runnable notification = notifications.poll();
        notification != null;
        notification = notifications.poll()) {
      notification.run();
    }
  }

  private void receive(ReplicaSocket post) {
    for (int i = 0; i < MAX_DATAGRAMS_IN_A_ROW && post.isOpen(); i++) {
      boolean wasReady = post.isReady();
      byte[] datagram = sockets.receive(post);
      if (datagram == null) {
        return;
      }
      ReplicaProcess last =
          crashAtNextMessage.contains(post.id()) ? processes.get(post.id()) : null;
      if (last != null) {
        // At once, so that it takes no further step.
        last.kill();
      }
      if (!wasReady) {
        observer.ready(post.id());
      }
      // The observer may have crashed it.
      if (post.isOpen()) {
        dispatch(post, datagram);
      }
      if (last != null && post.isOpen()) {
        killAndClose(post.id());
        observer.crashedDuringStep(post.id());
      }
    }
  }

  private void dispatch(ReplicaSocket post, byte[] datagram) {
    Id from = post.id();
    reports.datagramArrived(from);
    if (!post.isOpen()) {
      return; // the observer crashed it, because of its reports, before it sent that
    }
    try {
      observer.received(from, Message.parseHeader(datagram));
    } catch (MalformedMessageException bad) {
      observer.malformed(
          from,
          Objects.requireNonNull(bad.getMessage(), "each has one"),
          PrintableText.of(datagram));
    }
    if (post.isOpen()) { // else this was its last message, or it was even restarted
      reports.datagramForwarded(from);
    }
  }

  /** Passes events from the replicas' threads to the cluster's thread. */
  private final class ProcessListener implements ReplicaProcess.ReplicaProcessListener {
    @Override
    public void printed(Id replica, boolean error, String line) {
      enqueue(() -> observer.printed(replica, error, line));
    }

    @Override
    public void exited(ReplicaProcess process, int exitCode, List<String> lastWords) {
      enqueue(
          () -> {
            // A replica that was crashed, or restarted since, is ignored.
            if (processes.get(process.id()) == process) {
              killAndClose(process.id());
              observer.exited(
                  process.id(), exitCode, limits.ended(process.id(), exitCode, lastWords));
            }
          });
    }

    @Override
    public void outputExceeded(ReplicaProcess process) {
      enqueue(() -> exceeded(process, UsageLimit.OUTPUT));
    }
  }

  private void enqueue(Runnable what) {
    notifications.add(what);
    sockets.wakeUp();
  }

  private void checkUse(Id replica, long group, long micros, long residentPages) {
    limits
        .exceeded(replica, micros, residentPages)
        .ifPresent(limit -> enqueue(() -> exceeded(runningProcess(replica, group), limit)));
  }

  private @Nullable ReplicaProcess runningProcess(Id id, long group) {
    ReplicaProcess process = processes.get(id);
    return process != null && process.group() == group ? process : null;
  }

  /** Kills a replica that used too much, unless it has ended. */
  private void exceeded(@Nullable ReplicaProcess process, UsageLimit limit) {
    if (process != null && processes.get(process.id()) == process) {
      killAndClose(process.id());
      observer.exited(process.id(), 128 + 9, limits.killed(process.id(), limit));
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
    reaper.close();
    left.forEach(ReplicaProcess::awaitExit);
    folder.delete();
  }

  @Override
  public @Nullable ProcessorTimes processorTimes() {
    return meter.latest();
  }

  /** Passes on no more events. */
  @Override
  public void close() {
    storageWatch.close();
    meter.close();
    killAll();
    reports.close();
    sockets.closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException shuttingDown) {
      // The shutdown hook has run, or is running, and does the same.
      return;
    } finally {
      sockets.closeSelector();
    }
  }
}
