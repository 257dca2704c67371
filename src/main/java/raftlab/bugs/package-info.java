/**
 * Bugs that can be planted in a replica, to see whether the suites find them.
 *
 * <p>A bug is a few changed lines: a file under {@code src/main/bugs} says which. The code of the
 * reference replica knows nothing of it. {@link raftlab.bugs.BugPlanter} compiles the changed
 * classes when the project is built, and keeps them beside the true ones; {@link
 * raftlab.bugs.PlantedNodes} loads them in their place if such a replica is asked for.
 */
package raftlab.bugs;
