package raftlab.bugs;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import raftlab.node.Host;
import raftlab.node.Node;
import raftlab.node.NodeFactory;
import raftlab.raft.RaftNode;
import raftlab.raft.RaftSettings;

/** Creates reference replicas with a bug of the catalogue. */
public final class BuggyNodeFactory implements NodeFactory {
  private static final Map<String, Loader> LOADERS = new ConcurrentHashMap<>();

  private final Constructor<?> constructor;
  private final Object settings;

  private BuggyNodeFactory(Constructor<?> constructor, Object settings) {
    this.constructor = constructor;
    this.settings = settings;
  }

  /** Replicas with this bug and these settings. */
  public static BuggyNodeFactory of(Bug bug, RaftSettings settings) {
    // The classes are loaded once for all settings: each copy would have to be compiled again.
    Loader loader = LOADERS.computeIfAbsent(bug.name(), Loader::new);
    try {
      Class<?> itsSettings = loader.loadClass(RaftSettings.class.getName());
      Object same = itsSettings.getMethod("of", Map.class).invoke(null, settings.changes());
      Class<?> itsNode = loader.loadClass(RaftNode.class.getName());
      return new BuggyNodeFactory(itsNode.getConstructor(Host.class, itsSettings), same);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Node create(Host host) {
    try {
      return (Node) constructor.newInstance(host, settings);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      throw new IllegalStateException(thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Loads the replica's classes again, with the changed classes that {@link BugPlanter} stored. One
   * class loader must load all classes of a package, because only then do they see each other.
   */
  private static final class Loader extends ClassLoader {
    private static final String REPLICA = RaftNode.class.getPackageName() + ".";

    /** The unchanged classes: each bug has its own copies of them. */
    private static final Map<String, byte[]> ORIGINALS = new ConcurrentHashMap<>();

    private final String bug;

    Loader(String bug) {
      super("planted-" + bug, BuggyNodeFactory.class.getClassLoader());
      this.bug = bug;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(REPLICA)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      byte[] bytes = BugCatalogue.resource(bug + "/" + name);
      if (bytes == null) {
        bytes = original(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
      byte[] known = ORIGINALS.get(name);
      if (known != null) {
        return known;
      }
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        ORIGINALS.put(name, bytes);
        return bytes;
      } catch (IOException broken) {
        throw new ClassNotFoundException(name, broken);
      }
    }
  }
}
