/** The clients of a run and their open requests. */
package raftlab.run.traffic;
