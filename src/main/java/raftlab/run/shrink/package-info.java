/** Makes a failing run smaller, until nothing of it can be left out. */
package raftlab.run.shrink;
