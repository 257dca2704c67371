/** Shrinks a failing run until nothing more can be removed. */
package raftlab.run.shrink;
