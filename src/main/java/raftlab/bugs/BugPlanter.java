package raftlab.bugs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A build step: plants each bug in a copy of the reference replica's sources, compiles the changed
 * files, and stores the classes among the project's resources, with a suffix that class loaders
 * ignore. The build fails if a bug can't be planted because the lines that it changes don't exist
 * any more.
 */
public final class BugPlanter {
  private final Path bugs;
  private final Path sources;
  private final Path classes;
  private final Path planted;

  private BugPlanter(Path bugs, Path sources, Path classes) {
    this.bugs = bugs;
    this.sources = sources;
    this.classes = classes;
    planted = classes.resolve("raftlab/bugs").resolve(BugCatalogue.FOLDER);
  }

  /**
   * Plants all bugs.
   *
   * @param args the folders of the bug files, of the replica's sources, and of the project's
   *     compiled classes
   */
  public static void main(String[] args) throws IOException {
    BugPlanter planter = new BugPlanter(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    if (!planter.isUpToDate()) {
      planter.plantAll();
    }
  }

  private boolean isUpToDate() throws IOException {
    Path index = planted.resolve(BugCatalogue.INDEX);
    if (!Files.exists(index)) {
      return false;
    }
    FileTime done = Files.getLastModifiedTime(index);
    for (Path folder : List.of(bugs, sources, classes.resolve("raftlab/raft"))) {
      try (Stream<Path> files = Stream.concat(Stream.of(folder), Files.list(folder))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (Files.getLastModifiedTime(file).compareTo(done) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private void plantAll() throws IOException {
    deleteAll();
    Files.createDirectories(planted);
    Map<String, String> files = texts(sources, ".java");
    Map<String, String> descriptions = texts(bugs, BugCatalogue.SUFFIX);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, String> description : descriptions.entrySet()) {
      String file = description.getKey();
      String name = file.substring(0, file.length() - BugCatalogue.SUFFIX.length());
      try {
        Map<String, String> changed = Bug.read(name, description.getValue()).applyTo(files);
        compile(compiler, name, changed);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalStateException(bugs.resolve(file) + ": " + wrong.getMessage(), wrong);
      }
      Files.writeString(planted.resolve(file), description.getValue());
      names.add(name);
    }
    Files.write(planted.resolve(BugCatalogue.INDEX), names);
  }

  /** Deletes earlier output: a bug may have been removed, or change other classes now. */
  private void deleteAll() throws IOException {
    if (!Files.exists(planted)) {
      return;
    }
    try (Stream<Path> all = Files.walk(planted)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Map<String, String> texts(Path folder, String suffix) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(suffix)) {
          texts.put(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    return texts;
  }

  private void compile(JavaCompiler compiler, String name, Map<String, String> changed)
      throws IOException {
    List<JavaFileObject> units = new ArrayList<>();
    changed.forEach((file, text) -> units.add(new SourceText(file, text)));
    List<String> options =
        List.of("--release", "17", "-proc:none", "-implicit:none", "-Xlint:none", "-parameters");
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      standard.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
      standard.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
      CompiledClasses compiled = new CompiledClasses(standard);
      if (!compiler.getTask(complaints, compiled, null, options, null, units).call()) {
        throw new IllegalArgumentException(complaints.toString());
      }
      Path folder = Files.createDirectories(planted.resolve(name));
      for (Map.Entry<String, ByteArrayOutputStream> one : compiled.classes.entrySet()) {
        Files.write(folder.resolve(one.getKey()), one.getValue().toByteArray());
      }
    }
  }

  /** The project's classes, and the libraries on the class path of this program. */
  private List<Path> classPath() {
    List<Path> path = new ArrayList<>(List.of(classes));
    if (BugPlanter.class.getClassLoader() instanceof java.net.URLClassLoader loader) {
      for (java.net.URL url : loader.getURLs()) {
        path.add(Path.of(URI.create(url.toString())));
      }
    }
    return path;
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(String file, String text) {
      super(URI.create("memory:///" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps the compiled classes by name. */
  private static final class CompiledClasses extends ForwardingJavaFileManager<JavaFileManager> {
    final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    CompiledClasses(JavaFileManager fileManager) {
      super(fileManager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
