package raftlab.handin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import raftlab.handin.archive.HandInProblem;
import raftlab.handin.archive.HandInProblem.Kind;
import raftlab.handin.archive.HandInProblems;

/**
 * The hashes of a hand-in's files at the time when it was checked and packed. {@code sha256sum -c}
 * reads the file.
 */
public final class Manifest {
  /** The name of the file. */
  public static final String NAME = "HANDIN.sha256";

  private static final int MAX_BYTES = 8 << 20;
  private static final int HASH_CHARS = 64;
  private static final String SEPARATOR = "  ";

  private final Path folder;

  private Manifest(Path folder) {
    this.folder = folder;
  }

  /** The text of a manifest with these hashes. */
  public static String text(SortedMap<String, String> hashes) {
    return hashes.entrySet().stream()
        .map(entry -> entry.getValue() + SEPARATOR + entry.getKey() + "\n")
        .collect(Collectors.joining());
  }

  /** The hash of a file. */
  public static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return hash(in);
    }
  }

  private static String hash(InputStream in) throws IOException {
    try (DigestInputStream digest =
        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The manifest in this folder, or in one between it and the folder around it. */
  static Optional<Manifest> inOneOf(Path around, Path folder) {
    for (Path each = folder; each != null && each.startsWith(around); each = each.getParent()) {
      if (Files.isRegularFile(each.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new Manifest(each));
      }
    }
    return Optional.empty();
  }

  /** Compares the files with their hashes. */
  List<HandInProblem> differences() {
    HandInProblems problems = new HandInProblems();
    try {
      Map<String, String> expected = read();
      Map<String, String> found = hashes();
      expected.forEach(
          (path, hash) -> {
            if (!found.containsKey(path)) {
              problems.add(Kind.MANIFEST, path, "is in " + NAME + ", but is missing");
            } else if (!hash.equals(found.get(path))) {
              problems.add(Kind.MANIFEST, path, "was changed after the hand-in was packed");
            }
          });
      found.forEach(
          (path, hash) -> {
            if (!expected.containsKey(path)) {
              problems.add(Kind.MANIFEST, path, "was added after the hand-in was packed");
            }
          });
    } catch (IOException unreadable) {
      problems.add(Kind.MANIFEST, NAME, "can't be compared: " + unreadable.getMessage());
    }
    return problems.list();
  }

  private Map<String, String> read() throws IOException {
    Path file = folder.resolve(NAME);
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is larger than " + (MAX_BYTES >> 20) + " MiB");
    }
    Map<String, String> hashes = new TreeMap<>();
    int number = 0;
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
      number++;
      if (line.isEmpty()) {
        continue;
      }
      if (!line.matches("[0-9a-f]{64}  .+")) {
        throw new IOException(
            "line " + number + " is \"" + line + "\", expected a hash, two spaces and a path");
      }
      hashes.put(line.substring(HASH_CHARS + SEPARATOR.length()), line.substring(0, HASH_CHARS));
    }
    return hashes;
  }

  private Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = folder.relativize(file).toString();
            if (attributes.isRegularFile() && !path.equals(NAME)) {
              hashes.put(path, hash(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return hashes;
  }
}
