/**
 * Bugs that can be planted in a replica, to test whether the suites catch them.
 *
 * <p>A bug is a few changed lines: a file under {@code src/main/bugs}. The code of the reference
 * replica doesn't refer to bugs. {@link raftlab.bugs.BugPlanter} compiles the changed classes when
 * the project is built, and stores them beside the original ones; {@link
 * raftlab.bugs.BuggyNodeFactory} loads them instead if a replica with a bug is requested.
 *
 * <p>{@link raftlab.bugs.StyleCatalogue} lists the styles and the bugs of a second replica, a
 * Python program that speaks in many styles.
 */
package raftlab.bugs;
