package raftlab.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder of the kit for one build or run: the request, the scenario, and the settings
 * in /etc that the sandbox shows instead of the system's.
 */
final class ScratchFolder implements AutoCloseable {
  private static final List<String> SETTINGS = List.of("hosts", "nsswitch.conf", "passwd", "group");

  private static final String PREFIX = "raftlab-sandbox-";

  /** Stands for the number of the user in these files. */
  private static final String USER = "USER";

  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /** Makes one, with the settings for this user; deletes those of kits that were killed. */
  static ScratchFolder create(HostUser user) throws IOException {
    Path path = Files.createTempDirectory(PREFIX + KitMark.ofThisProcess() + "-");
    deleteStale(path.toAbsolutePath().getParent());
    return in(path, user);
  }

  private static void deleteStale(@Nullable Path temporary) {
    if (temporary == null) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path each : left) {
        if (KitMark.hasEnded(each.getFileName().toString().substring(PREFIX.length()))) {
          delete(each);
        }
      }
    } catch (IOException notReadable) {
      return;
    }
  }

  /**
   * Creates one beside a folder: if the kit is killed before anything guards it, it is deleted
   * together with that.
   */
  static ScratchFolder beside(Path folder, HostUser user) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    return parent == null ? create(user) : in(Files.createTempDirectory(parent, PREFIX), user);
  }

  private static ScratchFolder in(Path created, HostUser user) throws IOException {
    Path path = created.toAbsolutePath();
    Path settings = Files.createDirectory(path.resolve("etc"));
    String number =
        user.isOther()
            ? Integer.toString(user.id())
            : Files.getAttribute(path, "unix:uid").toString();
    for (String name : SETTINGS) {
      try (InputStream in = ScratchFolder.class.getResourceAsStream("etc/" + name)) {
        String text =
            new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(settings.resolve(name), text.replace(USER, number));
      }
    }
    // The user of the hand-in reads what is in it.
    user.giveAll(path);
    return new ScratchFolder(path);
  }

  Path path() {
    return path;
  }

  Path settings() {
    return path.resolve("etc");
  }

  /** The file in which bubblewrap reports whether it could start the program. */
  Path status() {
    return path.resolve("status");
  }

  @Override
  public void close() {
    delete(path);
  }

  /** Deletes a folder with its contents, as far as possible; links are not followed. */
  static void delete(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
          all.forEach(entries::add);
        }
        entries.forEach(ScratchFolder::delete);
      }
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      return;
    }
  }
}
