package raftlab.handin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import raftlab.handin.archive.ArchiveFormat;
import raftlab.handin.archive.ArchiveLimits;
import raftlab.handin.archive.ArchiveUnpacker;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.RefusedHandInException;

/**
 * A hand-in that was copied or unpacked, ready to be built; the hand-in itself is not changed.
 *
 * @param folder the folder with the makefile or the program, in the copy
 * @param original the same folder in the hand-in, for commands that users type
 * @param warnings what is wrong, but no reason to refuse it
 */
public record PreparedHandIn(Path folder, Path original, List<HandInProblem> warnings) {
  /** Copies the list. */
  public PreparedHandIn {
    warnings = List.copyOf(warnings);
  }

  /**
   * Copies or unpacks a hand-in.
   *
   * @param copy a folder that doesn't exist yet; files in it remain also if an exception is thrown
   * @throws RefusedHandInException if something is wrong with it
   * @throws IOException if it can't be copied for another reason
   */
  public static PreparedHandIn of(HandIn handIn, Path copy)
      throws RefusedHandInException, IOException {
    Path given = handIn.source();
    if (Files.isSymbolicLink(given)) {
      throw new RefusedHandInException(
          List.of(
              HandInProblem.ofAll(
                  Kind.LINK_OUT, "the hand-in is a link, and links are not followed")));
    }
    Path source = SubmissionFolder.onlyArchive(given, handIn.programs()).orElse(given);
    List<HandInProblem> warnings = new ArrayList<>();
    Path original = source;
    if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      warnings.addAll(HandInCopy.of(source, copy).problems());
    } else {
      warnings.addAll(ArchiveUnpacker.unpack(source, copy, ArchiveLimits.USUAL));
      String name = source.getFileName().toString();
      original =
          source.resolveSibling(
              name.substring(0, name.length() - ArchiveFormat.suffix(name).length()));
    }
    Path folder = SubmissionFolder.of(copy, handIn.programs());
    Manifest.inOneOf(copy, folder).ifPresent(manifest -> warnings.addAll(manifest.differences()));
    return new PreparedHandIn(folder, original.resolve(copy.relativize(folder)), warnings);
  }

  /** The warnings as texts. */
  public List<String> notes() {
    return warnings.stream().map(HandInProblem::toString).toList();
  }
}
