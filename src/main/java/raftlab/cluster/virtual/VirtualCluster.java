package raftlab.cluster.virtual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import raftlab.cluster.Cluster;
import raftlab.cluster.DiskFault;
import raftlab.cluster.InitialMembership;
import raftlab.cluster.KitLinkDelay;
import raftlab.cluster.process.ProcessReaper;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.process.ReplicaLaunch;
import raftlab.cluster.process.RunFolder;
import raftlab.cluster.process.StateReports;
import raftlab.cluster.process.StoredDataFaults;
import raftlab.cluster.virtual.Supervisor.Answer;
import raftlab.replica.ReplicaEnvironment;
import raftlab.wire.Id;
import raftlab.wire.MalformedMessageException;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * Runs replicas as processes on virtual time. A supervisor runs one replica at a time, until it
 * waits or its clock reaches the next event of another. When a replica sends, all stand still until
 * the kit has handled that.
 */
final class VirtualCluster implements Cluster {
  /** Replica N sends to this port and N; the port exists for its program only. */
  private static final int FIRST_PORT = 20_000;

  /** A program starts this long after the kit starts it, at least and at most. */
  private static final int MIN_START_MICROS = 10_000;

  private static final int MAX_START_MICROS = 30_000;

  private final VirtualWorld world;
  private final InitialMembership membership;
  private final boolean durable;
  private final long seed;
  private final Observer observer;
  private final StateReports reports;
  private final RunFolder folder = new RunFolder();
  private final StoredDataFaults storedData;
  private final String token = "virtual-" + UUID.randomUUID();
  private final ProcessReaper reaper;
  private final Supervisor supervisor;
  private final Map<Id, VirtualReplica> replicas = new TreeMap<>();
  private final List<VirtualReplica> byNumber = new ArrayList<>();
  private final KitLinkDelay kitLinkDelay;
  private final Thread shutdownHook = new Thread(this::killAll, "raftlab-kill");
  private long nowMicros;
  private int starts;

  VirtualCluster(VirtualWorld world, List<Id> ids, long seed, boolean durable, Observer observer) {
    this.world = world;
    this.membership = new InitialMembership(ids);
    this.durable = durable;
    this.seed = seed;
    this.observer = observer;
    this.reports = new StateReports(observer);
    this.storedData =
        new StoredDataFaults(
            folder, durable, world.command().isReference(), VirtualWorld.NAME, seed);
    this.kitLinkDelay = new KitLinkDelay(seed, replicas::containsKey);
    this.reaper = new ProcessReaper(token, folder.path());
    this.supervisor = new Supervisor(world.supervisor());
    ids.forEach(this::add);
    try {
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    } catch (IllegalStateException shuttingDown) {
      killAll(); // the owner is about to be stopped: no replica is started any more
    }
  }

  private void add(Id id) {
    VirtualReplica replica = new VirtualReplica(id, byNumber.size(), seed);
    byNumber.add(replica);
    replicas.put(id, replica);
  }

  private VirtualReplica replica(Id id) {
    return Objects.requireNonNull(replicas.get(id), "the caller names replicas of this cluster");
  }

  @Override
  public long nowMicros() {
    return nowMicros;
  }

  @Override
  public void start(Id id) {
    VirtualReplica replica = replica(id);
    try {
      launch(replica);
    } catch (IOException cantStart) {
      kill(replica);
      observer.exited(id, 127, List.of(String.valueOf(cantStart.getMessage())));
    }
  }

  private void launch(VirtualReplica replica) throws IOException {
    Id id = replica.id();
    int port = FIRST_PORT + replica.number();
    ReplicaLaunch launch =
        new ReplicaLaunch(
            port,
            id,
            membership.othersOf(id),
            membership.hasJoined(id),
            durable ? folder.dataFolder(id) : null,
            folder.newStateReportFile(id));
    Map<String, String> environment = RuntimeEnvironment.create();
    ReplicaCommand.addMarker(environment, token);
    launch.addTo(environment);
    List<String> command = new ArrayList<>(world.command().words());
    command.addAll(launch.arguments());
    starts++;
    var out = VirtualReplica.outputFile(folder.path(), id, starts, "out");
    var err = VirtualReplica.outputFile(folder.path(), id, starts, "err");
    replica.started(
        new OutputFile(out, line -> observer.printed(id, false, repeatable(id, line))),
        new OutputFile(err, line -> observer.printed(id, true, repeatable(id, line))));
    reports.replicaStarted(id, launch.trace());
    int delay = replica.random().nextInt(MIN_START_MICROS, MAX_START_MICROS);
    Answer answer =
        supervisor.start(
            replica.number(),
            (nowMicros + delay) * 1000,
            replica.random().nextLong(),
            port,
            out,
            err,
            command,
            environment);
    if (answer.kind() != Supervisor.Kind.STARTED) {
      throw new IOException(new String(answer.bytes(), StandardCharsets.UTF_8));
    }
    reaper.watch(answer.number());
  }

  /** Replaces the names of the run's folders, which differ from run to run. */
  private String repeatable(Id id, String line) {
    String run = folder.path().toString();
    return line.contains(run)
        ? line.replace(run + "/" + id + "-data", "$" + ReplicaEnvironment.DATA_DIRECTORY)
            .replace(run, "/tmp/raftlab-run")
        : line;
  }

  @Override
  public void join(Id id) {
    membership.join(id);
    add(id);
    start(id);
  }

  @Override
  public void crash(Id id) {
    kill(replica(id));
  }

  private void kill(VirtualReplica replica) {
    if (replica.isRunning()) {
      supervisor.kill(replica.number());
      readOutput(replica, true);
      replica.ended();
      reports.replicaEnded(replica.id());
      storedData.crashed(replica.id(), () -> {});
    }
  }

  @Override
  public void crashDuringNextStep(Id id) {
    replica(id).crashAtNextMessage();
  }

  @Override
  public void pause(Id id) {
    VirtualReplica replica = replica(id);
    if (replica.isRunning() && !replica.isPaused()) {
      replica.setPaused(true);
      supervisor.setPaused(replica.number(), nowMicros * 1000, true);
    }
  }

  @Override
  public void resume(Id id) {
    VirtualReplica replica = replica(id);
    if (replica.isPaused()) {
      replica.setPaused(false);
      supervisor.setPaused(replica.number(), nowMicros * 1000, false);
    }
  }

  @Override
  public void setClockRate(Id id, double rate) {
    Cluster.requireValidClockRate(rate);
    supervisor.setClockRate(replica(id).number(), nowMicros * 1000, rate);
  }

  @Override
  public String applyDiskFault(Id id, DiskFault fault) {
    return storedData.apply(id, fault, replica(id).isRunning());
  }

  @Override
  public void deliver(Id id, Message message) {
    VirtualReplica replica = replica(id);
    if (replica.isReady()) {
      arrive(replica, kitLinkDelay.micros(message.src(), id, nowMicros), message.bytes());
    }
  }

  @Override
  public boolean hasStored(Id replica) {
    return folder.hasData(replica);
  }

  @Override
  public void deliverRaw(Id id, byte[] datagram) {
    VirtualReplica replica = replica(id);
    if (replica.isReady()) {
      arrive(replica, kitLinkDelay.micros(Id.BROADCAST, id, nowMicros), datagram);
    }
  }

  private void arrive(VirtualReplica replica, long afterMicros, byte[] datagram) {
    supervisor.deliver(replica.number(), (nowMicros + afterMicros) * 1000, datagram);
  }

  @Override
  public void advance(long untilMicros) {
    Answer answer = supervisor.advance(Math.max(nowMicros, untilMicros) * 1000);
    if (answer.kind() == Supervisor.Kind.LIMIT_REACHED) {
      nowMicros = Math.max(nowMicros, untilMicros);
      return;
    }
    nowMicros = Math.max(nowMicros, answer.nowNanos() / 1000);
    VirtualReplica replica = byNumber.get(answer.replica());
    long incarnation = replica.incarnation();
    if (answer.wrote() || answer.kind() == Supervisor.Kind.ENDED) {
      readOutput(replica, false);
    }
    answer.notes().forEach(note -> observer.printed(replica.id(), true, "raftlab: " + note));
    if (replica.incarnation() != incarnation) {
      return; // the observer crashed it
    }
    switch (answer.kind()) {
      case SENT -> sent(replica, answer);
      case WROTE -> {}
      case ENDED -> ended(replica, (int) answer.number());
      case HANGS -> hangs(replica);
      default -> throw new IllegalStateException("the supervisor answered " + answer.kind());
    }
  }

  private void sent(VirtualReplica replica, Answer answer) {
    Id id = replica.id();
    long incarnation = replica.incarnation();
    boolean isLast = replica.crashesAtNextMessage();
    if (isLast) {
      supervisor.kill(replica.number()); // before it takes a further step
    }
    if (!replica.isReady()) {
      replica.setReady();
      observer.ready(id);
    }
    if (replica.incarnation() == incarnation) {
      dispatch(id, answer.bytes());
    }
    if (replica.incarnation() == incarnation) {
      reports.datagramForwarded(id);
    }
    if (isLast && replica.incarnation() == incarnation) {
      kill(replica);
      observer.crashedDuringStep(id);
    }
  }

  private void dispatch(Id from, byte[] datagram) {
    try {
      observer.received(from, Message.parseHeader(datagram));
    } catch (MalformedMessageException bad) {
      observer.malformed(
          from,
          Objects.requireNonNull(bad.getMessage(), "each has one"),
          PrintableText.of(datagram));
    }
  }

  private void ended(VirtualReplica replica, int exitCode) {
    OutputFile err = replica.err();
    List<String> lastWords = new ArrayList<>();
    if (err != null) {
      err.end();
      err.lastLines().forEach(line -> lastWords.add(repeatable(replica.id(), line)));
    }
    kill(replica);
    observer.exited(replica.id(), exitCode, lastWords);
  }

  private void hangs(VirtualReplica replica) {
    observer.printed(
        replica.id(),
        true,
        "raftlab: it computes without a system call, for seconds of processor time; in the virtual"
            + " world it hangs from now on");
  }

  private void readOutput(VirtualReplica replica, boolean atEnd) {
    reports.datagramArrived(replica.id());
    for (OutputFile file : new OutputFile[] {replica.out(), replica.err()}) {
      if (file != null && atEnd) {
        file.end();
      } else if (file != null) {
        file.read();
      }
    }
  }

  private void killAll() {
    supervisor.close();
    reaper.close();
    folder.delete();
  }

  @Override
  public void close() {
    killAll();
    reports.close();
    replicas.values().forEach(VirtualReplica::ended);
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException shuttingDown) {
      return;
    }
  }
}
