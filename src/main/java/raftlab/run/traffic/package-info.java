/** The clients of a run and the requests that they have open. */
package raftlab.run.traffic;
