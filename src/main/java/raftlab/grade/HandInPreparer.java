package raftlab.grade;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.cluster.process.UsageLimits;
import raftlab.grade.HandInBuilder.BuiltHandIn;
import raftlab.grade.store.BuildRecord;
import raftlab.grade.store.Fault;
import raftlab.grade.store.FaultRecord;
import raftlab.grade.store.HandInRecord;
import raftlab.grade.store.HandInStatus;
import raftlab.handin.BuildResult;
import raftlab.handin.HandIn;
import raftlab.handin.HandInBuild;
import raftlab.handin.PreparedHandIn;
import raftlab.handin.ReplicaProgramFinder;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.RefusedHandInException;
import raftlab.sandbox.BuildEnd;
import raftlab.sandbox.Sandbox;

/** Copies and builds a hand-in, and finds its program. Always ends with a record. */
final class HandInPreparer {
  private final HandIn handIn;
  private final Path copy;
  private final Duration buildTimeout;
  private final @Nullable Sandbox sandbox;
  private final Consumer<String> stage;
  private final long fromNanos = System.nanoTime();
  private List<String> leftOut = List.of();
  private @Nullable BuildRecord build;

  /**
   * Creates a preparer.
   *
   * @param copy the folder to create for the copy
   * @param sandbox builds and plays it; null to do both in this process
   * @param stage receives what is being done
   */
  HandInPreparer(
      HandIn handIn,
      Path copy,
      Duration buildTimeout,
      @Nullable Sandbox sandbox,
      Consumer<String> stage) {
    this.handIn = handIn;
    this.copy = copy;
    this.buildTimeout = buildTimeout;
    this.sandbox = sandbox;
    this.stage = stage;
  }

  /** Prepares the hand-in. */
  BuiltHandIn prepare() throws InterruptedException {
    try {
      return copyAndBuild();
    } catch (RuntimeException | OutOfMemoryError kit) {
      Throwable cause = kit.getCause() == null ? kit : kit.getCause();
      return excused(Fault.KIT, "the kit failed, not the hand-in: " + cause);
    }
  }

  private BuiltHandIn copyAndBuild() throws InterruptedException {
    stage.accept("copying");
    PreparedHandIn prepared;
    try {
      prepared = PreparedHandIn.of(handIn, copy);
    } catch (RefusedHandInException refused) {
      leftOut = refused.problems().stream().map(HandInProblem::toString).toList();
      return failed(HandInStatus.NOT_COPIED, "refused: " + refused.getMessage());
    } catch (IOException cant) {
      Optional<String> machine = MachineFailure.of(cant);
      return machine.isPresent()
          ? excused(Fault.MACHINE, "can't copy the hand-in: " + machine.get())
          : failed(HandInStatus.NOT_COPIED, "can't copy the hand-in: " + cant.getMessage());
    }
    leftOut = prepared.notes();
    Path folder = prepared.folder();
    stage.accept("building");
    FaultRecord fault =
        sandbox == null || !HandInBuild.isNeeded(folder)
            ? buildHere(folder)
            : buildIn(sandbox, folder);
    if (fault.fault() != Fault.NONE) {
      HandInStatus status =
          fault.fault().isExcused() ? HandInStatus.NOT_GRADED : HandInStatus.NOT_BUILT;
      return new BuiltHandIn(record(status, fault, fault.text()), null);
    }
    try {
      ReplicaCommand command =
          ReplicaProgramFinder.find(folder, copy.relativize(folder), handIn.programs());
      RunPlayer player =
          sandbox == null
              ? new WorldPlayer(new ProcessWorld(command))
              : SandboxPlayer.of(sandbox, folder, copy, command);
      return new BuiltHandIn(record(HandInStatus.READY, FaultRecord.NONE, ""), player);
    } catch (ReplicaProgramFinder.NoProgramException none) {
      return failed(
          HandInStatus.NO_PROGRAM, Objects.requireNonNull(none.getMessage(), "each says why"));
    }
  }

  /** Builds it with the rights of the kit; returns what went wrong. */
  private FaultRecord buildHere(Path folder) throws InterruptedException {
    BuildResult built = HandInBuild.run(folder, buildTimeout);
    build =
        new BuildRecord(
            built.isGood(),
            built.text(),
            built.exitCode(),
            built.seconds(),
            built.output().stream().map(CopyPaths::remove).toList());
    return built.isGood()
        ? FaultRecord.NONE
        : FaultRecord.of(Fault.SUBMISSION, CopyPaths.remove(built.text()));
  }

  private FaultRecord buildIn(Sandbox own, Path folder) throws InterruptedException {
    BuildEnd end = own.build(folder, HandInBuild.command(), UsageLimits.BUILD, buildTimeout);
    String text = CopyPaths.remove(end.text());
    build =
        new BuildRecord(
            end.isGood(),
            text,
            end.exitCode(),
            end.seconds(),
            end.output().stream().map(CopyPaths::remove).toList());
    return SandboxPlayer.fault(end.fault(), end.isGood() ? "" : text, end.exitCode(), end.limit());
  }

  /** The team's feedback has no path of this machine. */
  private String withoutPaths(String text) {
    String source = handIn.source().toString();
    String absolute = handIn.source().toAbsolutePath().normalize().toString();
    return CopyPaths.remove(text).replace(absolute, ".").replace(source, ".");
  }

  private BuiltHandIn failed(HandInStatus status, String note) {
    String text = withoutPaths(note);
    return new BuiltHandIn(record(status, FaultRecord.of(Fault.SUBMISSION, text), text), null);
  }

  private BuiltHandIn excused(Fault fault, String note) {
    String text = withoutPaths(note);
    return new BuiltHandIn(
        record(HandInStatus.NOT_GRADED, FaultRecord.of(fault, text), text), null);
  }

  private HandInRecord record(HandInStatus status, FaultRecord fault, String note) {
    double seconds = (System.nanoTime() - fromNanos) / 1e9;
    return new HandInRecord(
        HandInRecord.FORMAT,
        handIn.team(),
        status,
        fault,
        note,
        leftOut,
        build,
        submitted(),
        Math.round(seconds * 1000) / 1000.0);
  }

  /** The time of the newest file; "" if there is none. */
  private String submitted() {
    NewestFile newest = new NewestFile();
    try {
      Files.walkFileTree(handIn.source(), newest);
    } catch (IOException unreadable) {
      return "";
    }
    return newest.time == null
        ? ""
        : newest.time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static final class NewestFile extends SimpleFileVisitor<Path> {
    private @Nullable FileTime time;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      FileTime its = attributes.lastModifiedTime();
      if (attributes.isRegularFile() && (time == null || its.compareTo(time) > 0)) {
        time = its;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }
  }
}
