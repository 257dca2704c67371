/** The steps of a scenario, played in order, and the conditions that they wait for. */
package raftlab.run.script;
